"""Takes the README's four pictures of a demonstration that is being served.

Usage: screenshots.py ADDRESS PASSWORD FOLDER
"""

import datetime
import sys

from playwright.sync_api import sync_playwright

BASE, PASSWORD, FOLDER = sys.argv[1:4]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


def window(browser, size, who=None):
    page = browser.new_context(viewport=size, locale="zh-CN").new_page()
    if who:
        page.goto(f"{BASE}/log-in")
        page.fill("[name=name]", who)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        page.wait_for_load_state()
    return page


def shoot(page, name):
    page.wait_for_timeout(600)
    page.screenshot(path=f"{FOLDER}/{name}.png")


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])

    page = window(browser, DESK, "merchant")
    page.goto(f"{BASE}/own")
    name_of_merchant = page.inner_text("h1").strip()
    page = window(browser, DESK, "chen")
    page.goto(f"{BASE}/desk?matter=overcharge")
    for name, value in {
        "merchant_name": name_of_merchant, "occurred_on": datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date().isoformat(), "paid_fen": "1200", "claimed_fen": "500", "facts.affectedAmount": "500",
        "claimant.name": "王小明", "claimant.identity": "110101199003071234",
    }.items():
        page.fill(f'[name="{name}"]', value)
    page.wait_for_selector("#preview .hero")
    page.wait_for_timeout(1500)
    page.evaluate("document.activeElement.blur(); for (const each of document.querySelectorAll('*')) each.scrollTop = 0")
    shoot(page, "desk")

    page.goto(f"{BASE}/queue")
    page.click("a.case-number >> nth=0")
    page.wait_for_load_state()
    shoot(page, "case")

    page = window(browser, DESK, "zhou")
    page.goto(f"{BASE}/fund")
    shoot(page, "fund")

    page = window(browser, PHONE)
    page.goto(f"{BASE}/file")
    shoot(page, "tourist")
    browser.close()
