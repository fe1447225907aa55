"""Goes through the pages as each role does, with script and without, on a telephone and at a desk.

Usage: journeys.py ADDRESS PASSWORD FOLDER: screenshots go to the folder. Prints a line a journey; exits with 1 when
one failed. Every page that is looked at with script is also held to WCAG 2.2 AA by axe, in light and dark, and to the
limits of size and width.
"""

import datetime
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

BASE, PASSWORD, FOLDER = sys.argv[1:4]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
PNG = bytes.fromhex("89504E470D0A1A0A0000000000000000")
FAILED = []
AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LARGEST_KB = 100


def check(what, holds, page=None):
    print(("ok   " if holds else "FAIL ") + what)
    if not holds:
        FAILED.append(what)
        if page:
            print(page.inner_text("body")[:600])


def shoot(page, name):
    """Keeps a picture of `page`, and holds it to what every page is held to."""
    page.screenshot(path=f"{FOLDER}/{name}.png", full_page=True)
    if not page.has_script:
        return
    for scheme in "light", "dark":
        page.emulate_media(color_scheme=scheme)
        found = AXE.run(page, options=RULES).response["violations"]
        check(f"{name} is accessible ({scheme})", not found)
        for each in found:
            for node in each["nodes"][:4]:
                print(f"     {each['id']}: {node['html'][:150]} {node['failureSummary'][:300]!r}")
    page.emulate_media(color_scheme="light")
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    check(f"{name} fits the window", not wide)
    size = page.evaluate("document.documentElement.outerHTML.length") / 1024
    check(f"{name} has at most {LARGEST_KB} kB", size <= LARGEST_KB)


def open_window(browser, size, script):
    page = browser.new_context(viewport=size, locale="zh-CN", java_script_enabled=script).new_page()
    page.has_script = script
    page.errors = []
    page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
    return page


def log_in(browser, name, size=DESK, script=True):
    page = open_window(browser, size, script)
    page.goto(f"{BASE}/log-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_load_state()
    check(f"{name} logs in", "/log-in" not in page.url, page)
    return page


def tourist(browser, script, person="王小明", phone="13800138000", identity="110101199003071234"):
    way = "with script" if script else "without script"
    page = open_window(browser, PHONE, script)
    page.goto(BASE)
    page.click("a.choice >> nth=0")
    page.click("a.choice:has-text('多收价款')")
    today = datetime.date.today().isoformat()
    for name, value in {
        "merchant_name": "海棠湾百货", "order": f"T-{way}", "occurred_on": today, "paid_fen": "1200",
        "claimed_fen": "500", "facts.affectedAmount": "500", "story": f"多收了钱 {way}", "wanted": "退还500元",
        "claimant.name": person, "claimant.phone": phone, "claimant.identity": identity,
        "payee.account": "wx-openid-1",
    }.items():
        page.fill(f'[name="{name}"]', value)
    for number, field in enumerate(page.query_selector_all("input[type=file]")):
        field.set_input_files({"name": "r.png", "mimeType": "image/png",
                               "buffer": PNG + way.encode() + bytes([number])})
    shoot(page, f"filing-{script}")
    page.click("form.command button")
    page.wait_for_load_state()
    check(f"a tourist files on a telephone {way}", "/track/SY-" in page.url, page)
    shoot(page, f"tracking-{script}")
    if script:
        check("no page had an error", page.errors == [])
    number = page.inner_text("h1").strip()
    code = page.inner_text(".keep code").strip()
    other = open_window(browser, PHONE, script)
    other.goto(f"{BASE}/track")
    other.fill("[name=number]", number)
    other.fill("[name=code]", "00000000")
    other.click("form.command button")
    check("a wrong code opens nothing", other.locator(".problem").count() == 1, other)
    other.fill("[name=number]", number)
    other.fill("[name=code]", code)
    other.click("form.command button")
    check(f"number and code open the case {way}", f"/track/{number}" in other.url, other)
    return number


def office(browser, number):
    page = log_in(browser, "chen")
    page.goto(f"{BASE}/queue")
    shoot(page, "queue")
    check("the agent's queue names cases", page.locator("a.case-number").count() > 3, page)
    page.goto(f"{BASE}/cases/{number}")
    shoot(page, "case")
    check("the agent reads the case", number in page.inner_text("h1"), page)
    page.click(".offers a >> nth=0")
    check("an offer opens its form", page.locator("form.command").count() == 1, page)
    bureau = log_in(browser, "market")
    bureau.goto(f"{BASE}/cases/{number}")
    check("the bureau in charge reads the case", number in bureau.inner_text("h1"), bureau)
    bureau.click("a:has-text('调解不成')")
    bureau.fill("[name=reason]", "商家不同意退款")
    bureau.click("form.command button")
    bureau.wait_for_load_state()
    shoot(bureau, "bureau")
    check("the bureau records that mediation failed", bureau.locator(".outcome").count() == 1, bureau)


def money(browser):
    page = log_in(browser, "wang")
    page.goto(f"{BASE}/money")
    shoot(page, "money")
    check("the accountant sees what may be spent", "¥" in page.inner_text(".hero"), page)
    page = log_in(browser, "zhou")
    page.goto(f"{BASE}/proof")
    shoot(page, "proof")
    check("the auditor proves the books", "账目完好" in page.inner_text("h1"), page)
    page = log_in(browser, "merchant")
    page.goto(f"{BASE}/own")
    shoot(page, "own")
    check("the merchant finds a case", page.locator("a.case-number").count() > 0, page)
    page.click("a.case-number >> nth=0")
    check("the merchant opens it", "SY-" in page.inner_text("h1"), page)
    page.goto(f"{BASE}/queue")
    check("the merchant sees no queue", page.locator("table").count() == 0, page)
    page = log_in(browser, "admin")
    page.goto(f"{BASE}/people")
    shoot(page, "people")
    check("the administrator sees people", "chen" in page.inner_text("main"), page)


def line(browser):
    """The hotline of the same office: a call, its order, and those who watch over it."""
    page = log_in(browser, "chen")
    page.goto(f"{BASE}/orders/new")
    page.click("a.choice >> nth=0")
    for select in page.query_selector_all("form.command select"):
        if select.get_attribute("required") is not None and not select.input_value():
            select.select_option(index=1)
    page.fill("[name=text]", "景区门口积水，行人无法通过")
    page.fill('[name="caller.phone"]', "13700137000")
    shoot(page, "intake")
    page.click("form.command button")
    page.wait_for_load_state()
    check("an agent registers a call", page.locator(".keep code").count() == 1, page)
    shoot(page, "registered")
    number = page.inner_text(".hero").strip()
    page.goto(f"{BASE}/orders?q=13700137000")
    shoot(page, "orders")
    check("the order is found by the caller's telephone", number in page.inner_text("table"), page)
    page.goto(f"{BASE}/orders/{number}")
    shoot(page, "order")
    page.goto(f"{BASE}/orders/{number}/dispatch")
    page.select_option("[name=lead]", index=1)
    shoot(page, "dispatch")
    page.click("form.command button")
    page.wait_for_load_state()
    check("the agent sends it to a bureau", page.locator(".outcome").count() == 1, page)
    page = log_in(browser, "fu")
    for path in ["supervision", "notices", "roster", "knowledge", "knowledge/new", "figures", "staff"]:
        page.goto(f"{BASE}/{path}")
        shoot(page, path.replace("/", "-"))
        check(f"the supervisor opens /{path}", page.locator("h1").count() == 1, page)


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    first = tourist(browser, True)
    tourist(browser, False, "李雷", "13900139000", "110101199203075678")
    # The same person about the same loss: joined with the first, and its receipts with that one's.
    tourist(browser, False)
    office(browser, first)
    money(browser)
    line(browser)
    browser.close()

print(f"{len(FAILED)} failed")
sys.exit(1 if FAILED else 0)
