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
# The office lives by China's calendar.
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date().isoformat()
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


def open_window(browser, size, script, locale="zh-CN"):
    page = browser.new_context(viewport=size, locale=locale, java_script_enabled=script).new_page()
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


def fits(page, what):
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    check(f"{what} fits the window", not wide)


def tourist(browser, script, person="王小明", phone="13800138000", identity="110101199003071234", order="T",
            merchant="海棠湾百货"):
    way = "with script" if script else "without script"
    page = open_window(browser, PHONE, script)
    page.goto(BASE)
    page.click("a.choice >> nth=0")
    page.click("a.choice:has-text('多收价款')")
    today = TODAY
    for name, value in {
        "merchant_name": merchant, "order": f"{order}-{way}", "occurred_on": today, "paid_fen": "1200",
        "claimed_fen": "500", "facts.affectedAmount": "500", "story": f"多收了钱 {way}", "wanted": "退还500元",
        "claimant.name": person, "claimant.phone": phone, "claimant.identity": identity,
        "payee.account": f"wx-{phone}",
    }.items():
        page.fill(f'[name="{name}"]', value)
    for number, field in enumerate(page.query_selector_all("input[type=file]")):
        field.set_input_files({"name": "r.png", "mimeType": "image/png",
                               "buffer": PNG + f"{order} {way} {person}".encode() + bytes([number])})
    shoot(page, f"filing-{script}")
    page.click("form.command button")
    page.wait_for_url("**/track/SY-*")
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
    return number, code


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


def whole(browser):
    """One loss from the tourist's telephone to the auditor, by pages alone."""
    merchant = log_in(browser, "merchant")
    merchant.goto(f"{BASE}/own")
    name = merchant.inner_text("h1").strip()
    number, code = tourist(browser, True, "周七", "13500135000", "110101199003076666", "W", name)
    page = open_window(browser, PHONE, True)
    page.goto(f"{BASE}/track")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.click("form.command button")
    for _ in range(60):
        if "已到账" in page.inner_text("main"):
            break
        page.wait_for_timeout(1000)
        page.reload()
    shoot(page, "paid")
    check("the tourist is told that the money has arrived", "已到账" in page.inner_text("main"), page)
    accountant = log_in(browser, "wang")
    accountant.goto(f"{BASE}/cases/{number}")
    accountant.click(".offers a:has-text('登记追偿通知书的送达')")
    accountant.fill("[name=served_on]", TODAY)
    accountant.fill("[name=proof]", "电子送达回执")
    accountant.click("form.command button")
    accountant.wait_for_load_state()
    check("the accountant serves the notice", accountant.locator(".outcome").count() == 1, accountant)
    merchant.goto(f"{BASE}/own/{number}")
    shoot(merchant, "own-case")
    merchant.click("main a:has-text('答复')")
    merchant.select_option("[name=response]", index=1)
    shoot(merchant, "own-answer")
    merchant.click("form.command button")
    merchant.wait_for_load_state()
    check("the merchant answers for itself", merchant.locator(".outcome").count() == 1, merchant)
    auditor = log_in(browser, "zhou")
    auditor.goto(f"{BASE}/cases/{number}")
    auditor.click("a[href^='/money/vouchers/'] >> nth=0")
    auditor.wait_for_load_state()
    check("the auditor goes from the case to its voucher", number in auditor.inner_text("main"), auditor)
    auditor.goto(f"{BASE}/proof")
    check("and the books are sound", "账目完好" in auditor.inner_text("h1"), auditor)


def languages(browser):
    for locale, word in (("ru-RU", "Подать жалобу"), ("ko-KR", "불만 신고하기")):
        page = open_window(browser, PHONE, True, locale)
        page.goto(BASE)
        check(f"a browser in {locale} is spoken to in its language", word in page.inner_text("main"), page)
        page.click("a.choice >> nth=0")
        page.click("a.choice >> nth=0")
        kept = page.get_attribute("html", "lang")
        check(f"{locale} is kept on the form", kept == locale[:2] and f"lang={kept}" in page.url, page)
        shoot(page, f"form-{kept}")
        page.click("a.language[lang=en]")
        check("the other languages are a link away", "matter=" in page.url and "Your account" in page.inner_text("main"),
              page)


def desk(browser):
    page = log_in(browser, "chen")
    page.goto(f"{BASE}/desk")
    page.keyboard.press("?")
    check("the desk's keys are shown when asked for", page.locator("dialog#keys[open]").count() == 1, page)
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("13800138000")
    page.wait_for_selector("#found a.case-number")
    check("a caller's cases are found while one types", True, page)
    page.select_option("#matter", label="多收价款")
    page.wait_for_url("**matter=overcharge**")
    for name, value in {
        "merchant_name": "海棠湾百货", "occurred_on": TODAY, "paid_fen": "1200",
        "claimed_fen": "500", "facts.affectedAmount": "500", "claimant.identity": "110101199003079999",
    }.items():
        page.fill(f'[name="{name}"]', value)
    page.wait_for_selector("#preview .hero")
    shoot(page, "desk")
    check("the policy answers while one types", page.locator("#preview ol.ruling li").count() > 3, page)
    page.set_viewport_size(PHONE)
    shoot(page, "desk-phone")


def live(browser, number):
    page = log_in(browser, "chen")
    page.goto(f"{BASE}/queue")
    first = page.inner_text("#queue .pace[data-due] >> nth=0")
    page.wait_for_function("(first) => document.querySelector('#queue .pace[data-due]').innerText !== first", arg=first,
                           timeout=75_000)  # a clock that counts hours moves once a minute
    check("the queue's clocks go on", True, page)
    tourist(browser, True, "赵六", "13600136000", "110101199003077777", order="L")
    page.wait_for_selector("#arrived:not(:empty)")
    check("the queue says that a case is new", page.inner_text("#arrived").startswith("1 "), page)
    shoot(page, "queue-live")
    page.goto(f"{BASE}/cases/{number}")
    other = log_in(browser, "lin")
    other.goto(f"{BASE}/cases/{number}")
    page.wait_for_selector(".present")
    other.wait_for_selector(".present")
    check("two on one case see each other", True, page)
    shoot(page, "case-present")


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


def books(browser):
    page = log_in(browser, "wang", script=False)
    page.goto(f"{BASE}/money/suspense")
    page.click("a[href^='/suspense/'] >> nth=0")
    page.select_option("[name=as]", "grant")
    page.fill("[name=reason]", "区里的补助")
    page.click("form.command button")
    page.wait_for_load_state()
    shoot(page, "suspense")
    check("the accountant proposes whose money it is", page.locator(".outcome").count() == 1, page)
    other = log_in(browser, "fu", PHONE, script=False)
    other.goto(f"{BASE}/money/suspense")
    other.click("a[href*='/confirmation']")
    other.click("form.command button")
    other.wait_for_load_state()
    check("another person confirms it", other.locator(".outcome").count() == 1, other)
    fits(other, "the page of suspense")
    page = log_in(browser, "zhou")
    page.goto(f"{BASE}/fund")
    shoot(page, "fund")
    check("the fund is drawn", page.locator(".fund-chart svg[role=img]").count() == 2, page)
    page.goto(f"{BASE}/money/balances")
    page.click("a[href^='/money/balances/1122']")
    shoot(page, "balance")
    page.click("a[href^='/money/vouchers/'] >> nth=0")
    page.wait_for_load_state()
    page.click("a[href*='#event-']")
    page.wait_for_load_state()
    check("a balance leads to its voucher, its case and the event",
          "/cases/SY-" in page.url and page.locator("li:target").count() == 1, page)
    page = log_in(browser, "huang")
    page.goto(f"{BASE}/policies")
    page.click("table a >> nth=-1")
    page.click("a[href*='/models/']  >> nth=0")
    shoot(page, "policy")
    check("the policy officer reads a table", page.locator("table.rules tr").count() > 1, page)
    page = log_in(browser, "admin", PHONE)
    page.goto(f"{BASE}/service")
    shoot(page, "service")
    check("the administrator sees what waits", page.locator("#deliveries").count() == 1, page)
    fits(page, "the page of the service")
    check("no page had an error", page.errors == [])


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
    first, _ = tourist(browser, True)
    tourist(browser, False, "李雷", "13900139000", "110101199203075678")
    # The same person about the same loss: joined with the first, and its receipts with that one's.
    tourist(browser, False)
    office(browser, first)
    whole(browser)
    languages(browser)
    desk(browser)
    live(browser, first)
    money(browser)
    books(browser)
    line(browser)
    browser.close()

print(f"{len(FAILED)} failed")
sys.exit(1 if FAILED else 0)
