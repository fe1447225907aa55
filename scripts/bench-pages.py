"""Asks every main page again and again, as who may see it, with many clients; prints times, server CPU and sizes.

Usage: bench-pages.py ADDRESS PASSWORD SERVER_PID CLIENTS EACH
"""

import http.client
import os
import re
import sys
import threading
import time
import urllib.parse

ADDRESS, PASSWORD, PID, CLIENTS, EACH = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
HOST = urllib.parse.urlsplit(ADDRESS).netloc
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds():
    fields = open(f"/proc/{PID}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb():
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{PID}/status").read()).group(1)) / 1024


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
        return
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


people = {who: log_in(who) for who in ("chen", "wang", "zhou", "huang", "admin", "fu")}
_, queue, _ = get(http.client.HTTPConnection(HOST), "/queue", people["chen"])
found = re.search(rb'href="(/cases/[^"?]+)', queue)
case = found.group(1).decode() if found else "/queue"
print(f"{CLIENTS} clients, {EACH} times each")
print(f"{'page':24}{'CPU ms':>9}{'median':>9}{'p99 ms':>9}{'kB':>9}")
for name, path, who in [
    ("constant (health)", "/healthz", None), ("home", "/", None), ("a form", "/file?matter=overcharge", None),
    ("queue", "/queue", "chen"), ("case", case, "chen"), ("desk", "/desk", "chen"),
    ("desk, search", "/desk/search?q=13800138000", "chen"), ("orders", "/orders", "chen"),
    ("fund", "/fund", "zhou"), ("money", "/money", "wang"), ("statements", "/money/statements", "wang"),
    ("suspense", "/money/suspense", "wang"), ("balance", "/money/balances/1012", "zhou"), ("merchants", "/merchants", None),
    ("supervision", "/supervision", "fu"), ("figures", "/figures", "fu"), ("policies", "/policies", "huang"),
    ("people", "/people", "admin"), ("service", "/service", "admin"),
]:
    measure(name, path, people.get(who))
print(f"memory {resident_mb():.0f} MB")
