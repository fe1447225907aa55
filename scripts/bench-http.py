"""Whole cases over HTTP with the real service: one server or several on one database, 64 clients in all.

Beside it the same clients ask for a constant (`/healthz`), and the service's and the database's CPU are read. At the end
the servers are stopped and the books proved.

Usage: bench-http.py AMENDS DATABASE_URL SERVERS SECONDS CLIENTS [POSTMASTER_PID]
AMENDS_SERVE: more options of `amends serve`, with PORT in the place of a free port.
"""

import datetime
import json
import os
import re
import subprocess
import sys
import time
import urllib.request

AMENDS, DATABASE, SERVERS, SECONDS, CLIENTS = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
POSTMASTER = int(sys.argv[6]) if len(sys.argv) > 6 else None
TICKS = os.sysconf("SC_CLK_TCK")
FOLDER = os.path.dirname(os.path.abspath(__file__))
os.environ.update(AMENDS_DATABASE=DATABASE, AMENDS_SECOND_FACTOR="off")


def seconds_of(pid):
    try:
        fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(int(each) for each in fields[11:15]) / TICKS


def database_seconds():
    """Of the postmaster with its processes, those that ended included (the parent's sums of its children)."""
    if POSTMASTER is None:
        return 0.0
    children = open(f"/proc/{POSTMASTER}/task/{POSTMASTER}/children").read().split()
    return seconds_of(POSTMASTER) + sum(seconds_of(each) for each in children)


def own(*arguments):
    return subprocess.run([AMENDS, *arguments], check=True, capture_output=True, text=True).stdout.strip()


def wrk(port, clients, seconds, *more):
    return subprocess.Popen(["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", *more, f"http://127.0.0.1:{port}/healthz"],
                            stdout=subprocess.PIPE, text=True)


def resident_mb(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read()).group(1)) / 1024


own("demo", "--count", "300", "--live", "0")
token = own("token", "issue", "bench", "--roles", "agent")
# Below those that the system gives to clients.
first = 20_000 + os.getpid() % 6_000
ports = [first + number for number in range(SERVERS)]
more = os.environ.pop("AMENDS_SERVE", "")
servers = [subprocess.Popen([AMENDS, "serve", "--port", str(port), *more.replace("PORT", str(port + 6_000)).split()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for port in ports]
try:
    for port in ports:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz").read()
                break
            except OSError:
                time.sleep(0.1)
    request = urllib.request.Request(f"http://127.0.0.1:{ports[0]}/api/v1/merchants?limit=200", headers={"Authorization": f"Bearer {token}"})
    merchants = [each for each in json.load(urllib.request.urlopen(request))["merchants"] if each["is_covered"]]
    os.environ.update(
        TOKEN=token, MERCHANTS=",".join(f"{each['id']}={each['name']}" for each in merchants),
        TODAY=datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date().isoformat())
    constant = 0.0
    for job in [wrk(port, CLIENTS // SERVERS, 4) for port in ports]:
        constant += float(re.search(r"Requests/sec:\s+([\d.]+)", job.communicate()[0]).group(1))
    print(f"a constant: {constant:.0f} a second from {SERVERS} server(s), {CLIENTS} clients")
    before, database_before = sum(seconds_of(each.pid) for each in servers), database_seconds()
    cases, rate, errors, p99, median, faults = 0, 0.0, 0, 0.0, 0.0, []
    for job in [wrk(port, CLIENTS // SERVERS, SECONDS, "-s", f"{FOLDER}/bench-http.lua") for port in ports]:
        text = job.communicate()[0]
        found = re.search(r"cases (\d+) .* persecond ([\d.]+) .* median_ms ([\d.]+) p99_ms ([\d.]+) errors (\d+)", text)
        if not found:
            raise SystemExit(text)
        cases, rate, errors = cases + int(found[1]), rate + float(found[2]), errors + int(found[5])
        median, p99 = max(median, float(found[3])), max(p99, float(found[4]))
        faults += re.findall(r"first fault: .*", text)
    spent, database = sum(seconds_of(each.pid) for each in servers) - before, database_seconds() - database_before
    print(f"whole cases: {rate:.0f} a second, {cases} in all; a step {median:.0f} ms at the median, {p99:.0f} ms at p99; {errors} errors")
    print(f"CPU a case: {spent / max(1, cases) * 1000:.2f} ms of the service" + (f", {database / max(1, cases) * 1000:.2f} ms of PostgreSQL" if POSTMASTER else "")
          + f"; {constant / max(0.1, rate * 3):.1f} constants for one step; memory {', '.join(f'{resident_mb(each.pid):.0f}' for each in servers)} MB")
    for fault in faults:
        print(fault)
finally:
    for server in servers:
        server.terminate()
    for server in servers:
        server.wait(30)
print(own("ledger", "verify").splitlines()[-1])
if errors:
    sys.exit(1)
