"""Asks every main page again and again, as who may see it, with many clients; prints times, server CPU and sizes.

Then the same clients file complaints with their evidence, and the times of each step are printed. With the office's own file
at the end, three reads are set beside the bare query that has the same rows: CPU of one thread against the server's.

Usage: bench-pages.py ADDRESS PASSWORD SERVER_PID CLIENTS EACH TOKEN [FILE]
"""

import datetime
import http.client
import json
import os
import random
import re
import sqlite3
import sys
import threading
import time
import urllib.parse

ADDRESS, PASSWORD, PID, CLIENTS, EACH = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
TOKEN = sys.argv[6]
HOST = urllib.parse.urlsplit(ADDRESS).netloc
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds():
    fields = open(f"/proc/{PID}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory():
    """What is the server's own, and the pages of files that it has mapped: the database's, which the system takes back."""
    status = open(f"/proc/{PID}/status").read()
    own, mapped = (int(re.search(name + r":\s+(\d+)", status).group(1)) / 1024 for name in ("RssAnon", "RssFile"))
    return f"memory {own:.0f} MB, and {mapped:.0f} MB of mapped files"


def get(connection, path, cookie):
    connection.request("GET", path, headers={"Accept": "text/html", "Cookie": cookie or ""})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers


def log_in(name):
    connection = http.client.HTTPConnection(HOST)
    _, page, headers = get(connection, "/log-in", None)
    cookie = (headers["Set-Cookie"] or "").split(";")[0]
    csrf = re.search(rb'name="csrf" value="([0-9a-f]+)"', page)
    form = {"name": name, "password": PASSWORD, "next": "", "csrf": csrf.group(1).decode() if csrf else ""}
    connection.request("POST", "/log-in", urllib.parse.urlencode(form), {
        "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    return answer.headers["Set-Cookie"].split(";")[0]


def measure(name, path, cookie):
    status, page, _ = get(http.client.HTTPConnection(HOST), path, cookie)
    if status != 200:
        print(f"{name:24}{path:40} {status}")
        return None
    times, lock = [], threading.Lock()

    def client():
        connection = http.client.HTTPConnection(HOST)
        own = []
        for _ in range(EACH):
            began = time.perf_counter()
            get(connection, path, cookie)
            own.append(time.perf_counter() - began)
        with lock:
            times.extend(own)

    before = cpu_seconds()
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = (cpu_seconds() - before) / len(times) * 1000
    times.sort()
    print(f"{name:24}{spent:9.2f}{times[len(times) // 2] * 1000:9.1f}{times[int(len(times) * 0.99)] * 1000:9.1f}"
          f"{len(page) / 1024:9.1f}", flush=True)
    return spent


def bare(database, statement, *values):
    """CPU of one thread for the rows and nothing else, in ms; the mean of many."""
    database.execute(statement, values).fetchall()
    began, count = time.thread_time(), 200
    for _ in range(count):
        database.execute(statement, values).fetchall()
    return (time.thread_time() - began) / count * 1000


def answered(path, count):
    """The server's CPU for an answer in JSON, in ms, and its kB; one client after another."""
    connection = http.client.HTTPConnection(HOST)

    def ask():
        connection.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {text[:300]}")
        return len(text) / 1024

    ask()
    began = cpu_seconds()
    for _ in range(count):
        size = ask()
    return (cpu_seconds() - began) / count * 1000, size


def beside_queries(file, case, spent):
    """Three reads beside the bare query that has the same rows: the page of it, and its JSON."""
    database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    number = urllib.parse.unquote(case.rsplit("/", 1)[1])
    month = database.execute("select max(period) from report_tally where grain = 'month' and scope = '' and facet = 'total'").fetchone()[0]
    print(f"{'read':24}{'bare ms':>9}{'page ms':>9}{'ratio':>9}{'JSON ms':>9}{'ratio':>9}{'kB':>9}")
    for name, path, count, statement, values in [
        ("queue", "/api/v1/cases?limit=60", 500,
         "select * from case_row where is_open = 1 and due_ms is not null order by due_ms, case_id limit 60", ()),
        ("case", f"/api/v1{case}", 500,
         "select position, payload, actor, at_ms, recorded_ms from case_event where case_id = ? order by position", (number,)),
        ("month's bulletin", f"/api/v1/bulletins/{month[:7]}", 100,
         "select facet, slice, is_other, cells from report_tally where scope = '' and grain = 'month' and period = ?", (month,)),
    ]:
        query, page = bare(database, statement, *values), spent.get(name)
        ours, size = answered(path, count)
        print(f"{name:24}{query:9.3f}" + (f"{page:9.2f}{page / query:9.1f}" if page else f"{'-':>9}{'-':>9}")
              + f"{ours:9.2f}{ours / query:9.1f}{size:9.1f}")


def command(connection, path, body, content="application/json"):
    connection.request("POST", path, body, {
        "Authorization": f"Bearer {TOKEN}", "Idempotency-Key": f"b{random.getrandbits(96):024x}", "Content-Type": content})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status not in (200, 201):
        raise SystemExit(f"{path}: {answer.status} {text[:300]}")
    return json.loads(text)


def file_cases(merchants):
    """Each client files as many complaints as it asked for a page, with a receipt and a photo: three durable steps each."""
    steps, lock = {"file": [], "receipt": [], "photo": []}, threading.Lock()
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date().isoformat()

    def client():
        connection, own = http.client.HTTPConnection(HOST), {name: [] for name in steps}
        for _ in range(EACH):
            key, fen = f"{random.getrandbits(64):016x}", random.randrange(1_000, 3_000, 100)
            merchant = random.choice(merchants)
            began = time.perf_counter()
            case = command(connection, "/api/v1/cases", json.dumps({
                "channel": "phone", "merchant": merchant["id"], "merchant_name": merchant["name"], "order": key,
                "matter": "overcharge", "occurred_on": today, "paid_fen": 2 * fen, "claimed_fen": fen,
                "story": f"多收了钱 {key}", "wanted": "退还多收的钱",
                "claimant": {"name": f"游客{key[:6]}", "identity": f"11010119{random.randrange(10**10):010}",
                             "phone": f"138{random.randrange(10**8):08}"},
                "facts": {"affectedAmount": f"{fen / 100:.2f}"}, "payee": {"account": f"wx-{key}", "name": "游客"}}))
            own["file"].append(time.perf_counter() - began)
            for kind in ("receipt", "photo"):
                began = time.perf_counter()
                command(connection, f"/api/v1/cases/{case['number']}/evidence?kind={kind}&name={kind}.png",
                        b"\x89PNG\r\n\x1a\n" + key.encode() + kind.encode(), "image/png")
                own[kind].append(time.perf_counter() - began)
        with lock:
            for name, times in own.items():
                steps[name] += times

    before, began = cpu_seconds(), time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    count, took = len(steps["file"]), time.perf_counter() - began
    for name, times in steps.items():
        times.sort()
        print(f"{name:24}{'':9}{times[len(times) // 2] * 1000:9.1f}{times[int(len(times) * 0.99)] * 1000:9.1f}")
    print(f"{count} cases of three steps: {count / took:.0f} a second, {(cpu_seconds() - before) / count * 1000:.1f} ms CPU each")


people = {who: log_in(who) for who in ("chen", "wang", "zhou", "huang", "admin", "fu")}
_, queue, _ = get(http.client.HTTPConnection(HOST), "/queue", people["chen"])
found = re.search(rb'href="(/cases/[^"?]+)', queue)
case = found.group(1).decode() if found else "/queue"
print(f"{CLIENTS} clients, {EACH} times each; before: {memory()}")
print(f"{'page':24}{'CPU ms':>9}{'median':>9}{'p99 ms':>9}{'kB':>9}")
spent = {}
for name, path, who in [
    ("constant (health)", "/healthz", None), ("home", "/", None), ("a form", "/file?matter=overcharge", None),
    ("queue", "/queue", "chen"), ("case", case, "chen"), ("desk", "/desk", "chen"),
    ("desk, search", "/desk/search?q=13800138000", "chen"), ("orders", "/orders", "chen"),
    ("fund", "/fund", "zhou"), ("money", "/money", "wang"), ("statements", "/money/statements", "wang"),
    ("suspense", "/money/suspense", "wang"), ("balance", "/money/balances/1012", "zhou"), ("merchants", "/merchants", None),
    ("supervision", "/supervision", "fu"), ("figures", "/figures", "fu"), ("policies", "/policies", "huang"),
    ("people", "/people", "admin"), ("service", "/service", "admin"),
]:
    spent[name] = measure(name, path, people.get(who))
if len(sys.argv) > 7:
    beside_queries(sys.argv[7], case, spent)
connection = http.client.HTTPConnection(HOST)
connection.request("GET", "/api/v1/merchants?limit=200", headers={"Authorization": f"Bearer {TOKEN}"})
file_cases([each for each in json.loads(connection.getresponse().read())["merchants"] if each["is_covered"]])
print(memory())
