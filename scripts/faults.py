"""Does to the service what goes wrong around it, and prints what was seen. Called by scripts/faults.

Each fault begins with a copy of one small office, ends with `amends ledger verify`, and holds the service to this: it
neither ends nor lies, answers what it can, keeps what it acknowledged, and its memory stays within what is printed.
"""

import argparse
import json
import os
import pathlib
import random
import re
import resource
import shutil
import socket
import subprocess
import sys
import threading
import time

from crash import Load, Server, transfers

MEMORY_LIMIT_MB = 700
SLOW_FSYNC = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static int late(const char *name, int file) {
    usleep(50000);
    return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
}
int fsync(int file) { return late("fsync", file); }
int fdatasync(int file) { return late("fdatasync", file); }
"""


class Office:
    """A copy of the small office with a service of its own."""

    def __init__(self, arguments, name, folder=None):
        self.program, self.token, self.seed = arguments.program, arguments.token, arguments.seed
        self.home = pathlib.Path(folder or pathlib.Path(arguments.home) / name)
        self.home.mkdir(exist_ok=True)
        self.file = self.home / "office.db"
        for suffix in ("", "-wal"):
            source = pathlib.Path(arguments.home) / f"office.db{suffix}"
            if source.exists():
                shutil.copy(source, f"{self.file}{suffix}")
        self.name = name
        self.environment = os.environ | {"AMENDS_DATABASE": f"sqlite:{self.file}"}
        self.log = open(pathlib.Path(arguments.home) / f"{name}.log", "ab")
        self.server = None
        self.most_mb = 0

    def serve(self, wallet=None, environment=None):
        self.port = free_port()
        self.server = Server(self.program, self.port, wallet or f"http://127.0.0.1:{free_port()}", self.log)
        command, environment = self.server.command, self.environment | (environment or {})

        class Spawned(subprocess.Popen):
            def __init__(self, *_, **options):
                super().__init__(command, env=environment, **options)

        popen, subprocess.Popen = subprocess.Popen, Spawned
        try:
            return self.server.start()
        finally:
            subprocess.Popen = popen

    def memory_mb(self):
        text = pathlib.Path(f"/proc/{self.server.process.pid}/status").read_text()
        mb = int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024
        self.most_mb = max(self.most_mb, mb)
        return mb

    def ask(self, path="/healthz", limit=5):
        """The status and the seconds it took; None when there was no answer."""
        began = time.monotonic()
        try:
            with socket.create_connection(("127.0.0.1", self.port), limit) as connection:
                connection.settimeout(limit)
                connection.sendall(
                    f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.token}\r\nConnection: close\r\n\r\n"
                    .encode())
                head = connection.recv(4096)
                return int(head.split()[1]), time.monotonic() - began
        except (OSError, IndexError, ValueError):
            return None, time.monotonic() - began

    def load(self, clients=8):
        return Load(self.port, self.token, f"{self.seed}-{self.name}", clients)

    def is_up(self):
        return self.server.process.poll() is None and self.ask()[0] == 200

    def run(self, *words):
        return subprocess.run([self.program, *words], capture_output=True, text=True, env=self.environment)

    def close(self):
        if self.server and self.server.process.poll() is None:
            self.server.end()

    def kept(self, load):
        """Acknowledged cases that are not there."""
        missing = []
        for key, number in load.cases.items():
            if load.call("GET", f"/api/v1/cases/{number}", None, f"look-{key}")[0] != 200:
                missing.append(number)
        return missing

    def is_sound(self):
        return self.run("ledger", "verify").returncode == 0


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Findings:
    def __init__(self):
        self.passed = self.failed = 0

    def say(self, name, holds, text):
        self.passed, self.failed = self.passed + bool(holds), self.failed + (not holds)
        print(f"{'ok  ' if holds else 'FAIL'} {name}: {text}", flush=True)


def percentile(times, share):
    times = sorted(times)
    return times[min(int(len(times) * share), len(times) - 1)] * 1000 if times else float("nan")


def asked_meanwhile(office, seconds, path="/api/v1/cases?limit=5"):
    """Asks as an agent would, ten times a second; how long each answer took, and how many had none."""
    times, none, ends_at = [], 0, time.monotonic() + seconds
    while time.monotonic() < ends_at:
        status, took = office.ask(path)
        office.memory_mb()
        if status == 200:
            times.append(took)
        else:
            none += 1
        time.sleep(0.1)
    return times, none


def stale_connections(arguments, found):
    office = Office(arguments, "stale")
    office.serve()
    before = office.memory_mb()
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    wanted = min(10_000, soft - 200)
    connections = []
    for _ in range(wanted):
        try:
            connections.append(socket.create_connection(("127.0.0.1", office.port), 5))
        except OSError:
            break
    with_all = office.memory_mb()
    times, none = asked_meanwhile(office, 5)
    # An idle connection is closed after a minute.
    ends_at, closed = time.monotonic() + 90, 0
    for connection in connections:
        connection.setblocking(False)
    open_ones = set(connections)
    while open_ones and time.monotonic() < ends_at:
        for connection in list(open_ones):
            try:
                if connection.recv(1) == b"":
                    open_ones.discard(connection)
                    closed += 1
            except BlockingIOError:
                pass
            except OSError:
                open_ones.discard(connection)
                closed += 1
        time.sleep(1)
    for connection in connections:
        connection.close()
    holds = none == 0 and closed == len(connections) and office.is_up() and office.most_mb < MEMORY_LIMIT_MB
    found.say("stale connections", holds,
              f"{len(connections)} open at once ({before:.0f} → {with_all:.0f} MB); others answered meanwhile, p99 "
              f"{percentile(times, 0.99):.0f} ms, {none} not; {closed} closed by the service within 90 s")
    office.close()


def slow_loris(arguments, found):
    office = Office(arguments, "loris")
    office.serve()
    connections = [socket.create_connection(("127.0.0.1", office.port), 5) for _ in range(500)]
    for connection in connections:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        connection.setblocking(False)
    began, lives = time.monotonic(), {}
    times, none = [], 0
    while len(lives) < len(connections) and time.monotonic() - began < 120:
        for index, connection in enumerate(connections):
            if index in lives:
                continue
            try:
                connection.send(b"X-A: b\r\n")
                if connection.recv(4096) == b"":
                    lives[index] = time.monotonic() - began
            except BlockingIOError:
                pass
            except OSError:
                lives[index] = time.monotonic() - began
        more, failed = asked_meanwhile(office, 1)
        times, none = times + more, none + failed
    longest = max(lives.values(), default=float("inf"))
    for connection in connections:
        connection.close()
    found.say("slow-loris", none == 0 and len(lives) == len(connections) and office.is_up(),
              f"500 heads that never end, a line a second: {len(lives)} cut off, the longest after {longest:.0f} s; others "
              f"answered meanwhile, p99 {percentile(times, 0.99):.0f} ms, {none} not; at most {office.most_mb:.0f} MB")
    office.close()


def endless(arguments, found):
    office = Office(arguments, "endless")
    office.serve()
    before = office.memory_mb()
    for name, head, piece, limit in [
        ("a header of 1 MB", b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ", b"a" * 65_536, 16),
        ("1 MB of headers", b"GET / HTTP/1.1\r\nHost: x\r\n", b"".join(b"X-%d: %s\r\n" % (n, b"b" * 90) for n in range(640)), 16),
        ("a path of 1 MB", b"GET /", b"a" * 65_536, 16),
        ("a body without end", b"POST /api/v1/cases HTTP/1.1\r\nHost: x\r\nIdempotency-Key: endless\r\nContent-Type: application/json\r\n"
         b"Authorization: Bearer " + office.token.encode() + b"\r\nTransfer-Encoding: chunked\r\n\r\n",
         b"10000\r\n" + b" " * 65_536 + b"\r\n", 4_096),
    ]:
        sent, status = 0, None
        with socket.create_connection(("127.0.0.1", office.port), 5) as connection:
            connection.settimeout(5)
            try:
                connection.sendall(head)
                for _ in range(limit):
                    connection.sendall(piece)
                    sent += len(piece)
                connection.sendall(b"\r\n\r\n")
            except OSError:
                pass
            try:
                status = int(connection.recv(4096).split()[1])
            except (OSError, IndexError, ValueError):
                pass
        office.memory_mb()
        refused = (status is not None and 400 <= status < 500) or (status is None and sent < limit * len(piece))
        found.say(name, refused and office.is_up(),
                  f"answered {status or 'by closing'} after at most {sent / 1e6:.1f} MB; {before:.0f} → {office.most_mb:.0f} MB")
    office.close()


def flood(arguments, found):
    """Filings without an account from one address, as fast as 64 clients send them, while an agent works."""
    office = Office(arguments, "flood")
    office.serve()
    stop, counts, lock = threading.Event(), {}, threading.Lock()

    def client(number):
        own = {}
        turn = 0
        while not stop.is_set():
            turn += 1
            body = json.dumps({"channel": "web", "story": "x" * 2_000}).encode()
            try:
                with socket.create_connection(("127.0.0.1", office.port), 5) as connection:
                    connection.settimeout(5)
                    connection.sendall(
                        f"POST /api/v1/cases HTTP/1.1\r\nHost: x\r\nIdempotency-Key: f{number}-{turn}\r\n"
                        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
                        .encode() + body)
                    status = int(connection.recv(4096).split()[1])
            except (OSError, IndexError, ValueError):
                status = None
            own[status] = own.get(status, 0) + 1
        with lock:
            for status, count in own.items():
                counts[status] = counts.get(status, 0) + count

    threads = [threading.Thread(target=client, args=(n,)) for n in range(64)]
    for thread in threads:
        thread.start()
    times, none = asked_meanwhile(office, 15)
    stop.set()
    for thread in threads:
        thread.join()
    total = sum(counts.values())
    limited = counts.get(429, 0)
    found.say("a flood of filings", none == 0 and limited > total * 0.9 and office.is_up() and office.most_mb < MEMORY_LIMIT_MB,
              f"{total} in 15 s, {limited} refused by the limit of an address ({counts}); an agent was answered meanwhile, "
              f"p99 {percentile(times, 0.99):.0f} ms, {none} not; at most {office.most_mb:.0f} MB")
    office.close()


def dead_wallet(arguments, found):
    office = Office(arguments, "wallet")
    hole = socket.socket()
    hole.bind(("127.0.0.1", 0))
    hole.listen(512)  # Takes connections and never answers.
    office.serve(wallet=f"http://127.0.0.1:{hole.getsockname()[1]}")
    load = office.load()
    times, none = asked_meanwhile(office, 12)
    load.end()
    missing = office.kept(load)
    quiet = not load.faults and not missing and none == 0 and load.count > 0
    found.say("a wallet that never answers", quiet and office.is_up(),
              f"{load.count} cases acknowledged in 12 s, reads p99 {percentile(times, 0.99):.0f} ms; faults {load.faults[:2]}")
    office.close()
    hole.close()
    # It comes back: what waited is paid, each once.
    journal, port = office.home / "wallet.jsonl", free_port()
    wallet = subprocess.Popen([office.program, "wallet-simulator", "--port", str(port), "--time-scale", "60",
                               "--seed", "1", "--journal", str(journal)], stdout=subprocess.DEVNULL, stderr=office.log)
    time.sleep(1)
    subprocess.run(["curl", "-fsS", "-o", "/dev/null", f"http://127.0.0.1:{port}/v1/topups", "-H",
                    "Content-Type: application/json", "-d", '{"amount_fen": 1000000000, "reference": "opening"}'], check=True)
    office.serve(wallet=f"http://127.0.0.1:{port}")
    waited, since, ends_at = 0, time.monotonic(), time.monotonic() + 90
    while time.monotonic() < ends_at and (not waited or time.monotonic() - since < 8):
        known = len(transfers(journal)) if journal.exists() else 0
        if known > waited:
            waited, since = known, time.monotonic()
        time.sleep(0.5)
    twice = [n for n, orders in (transfers(journal) if journal.exists() else {}).items() if len(orders) > 1]
    found.say("the wallet comes back", waited > 0 and not twice and office.is_sound(),
              f"{waited} transfers that had waited, {len(twice)} of them ordered in two ways, books sound")
    office.close()
    wallet.terminate()
    wallet.wait()


def full_disk(arguments, found):
    small = pathlib.Path(arguments.home) / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", small], capture_output=True).returncode:
        print("left out: a full disk (no tmpfs may be mounted here)")
        return
    office = Office(arguments, "full", small)
    started = office.serve()
    # Something else takes the disk: only 2 MB are left.
    free = shutil.disk_usage(small).free
    (small / "ballast").write_bytes(b"\0" * max(free - 2_000_000, 0))
    load = office.load()
    ends_at = time.monotonic() + 40
    while time.monotonic() < ends_at and not load.answers.get(503) and not load.answers.get(507):
        time.sleep(0.2)
    acknowledged_before = load.count
    read = office.ask("/api/v1/cases?limit=5")[0]
    time.sleep(3)
    refusals = {status: count for status, count in load.answers.items() if status >= 500}
    alive = office.server.process.poll() is None
    (small / "ballast").unlink()
    time.sleep(8)
    after = load.count - acknowledged_before
    load.end()
    missing = office.kept(load)
    faults = [fault for fault in load.faults if "no answer" not in fault]
    found.say("a full disk", alive and read == 200 and refusals and after > 0 and not missing and not faults and office.is_sound(),
              f"{acknowledged_before} cases acknowledged, then refused with {refusals}; reads answered {read}; room made, "
              f"{after} more without a restart; {len(missing)} acknowledged are missing; books sound; faults {faults[:2]}")
    office.close()
    subprocess.run(["umount", small], check=False)


def slow_disk(arguments, found):
    source = pathlib.Path(arguments.home) / "slow.c"
    source.write_text(SLOW_FSYNC)
    library = source.with_suffix(".so")
    if subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], capture_output=True).returncode:
        print("left out: a slow disk (no C compiler)")
        return
    rates, reads = [], []
    for slow in (False, True):
        office = Office(arguments, f"disk-{slow}")
        office.serve(environment={"LD_PRELOAD": str(library)} if slow else None)
        load = office.load(32)
        times, none = asked_meanwhile(office, 10)
        load.end()
        rates.append(load.count / 10)
        reads.append((percentile(times, 0.99), none))
        kept = not office.kept(load) and not load.faults
        office.close()
    found.say("a slow disk", kept and reads[1][1] == 0 and rates[1] > 0,
              f"every fsync takes 50 ms more: {rates[1]:.0f} cases a second instead of {rates[0]:.0f} (32 clients, commits "
              f"shared), reads p99 {reads[1][0]:.0f} ms instead of {reads[0][0]:.0f}")


def torn_files(arguments, found):
    chance = random.Random(arguments.seed)
    office = Office(arguments, "torn")
    office.serve()
    load = office.load()
    time.sleep(4)
    office.server.kill()
    load.stop.set()
    for thread in load.threads:
        thread.join(30)
    # What a crash may leave after the last whole commit of the log: half a frame of rubbish.
    with open(f"{office.file}-wal", "ab") as log:
        log.write(chance.randbytes(3_000))
    office.serve()
    load.port = office.port
    missing = office.kept(load)
    found.say("a torn log", not missing and office.is_sound(),
              f"{load.count} cases acknowledged before kill -9, rubbish after the log's end: {len(missing)} missing, books sound")
    office.close()

    office.run("ledger", "verify")
    whole = office.file.read_bytes()
    for suffix in ("-wal", "-shm"):
        pathlib.Path(f"{office.file}{suffix}").unlink(missing_ok=True)
    ends, silent, differs = {}, 0, 0
    rounds = 60
    proof = office.run("ledger", "verify").stdout
    for _ in range(rounds):
        broken = bytearray(whole)
        place = chance.randrange(4_096, len(broken) - 64)
        broken[place:place + 32] = chance.randbytes(32)
        office.file.write_bytes(broken)
        for suffix in ("-wal", "-shm"):
            pathlib.Path(f"{office.file}{suffix}").unlink(missing_ok=True)
        ended = office.run("ledger", "verify")
        ends[ended.returncode] = ends.get(ended.returncode, 0) + 1
        if ended.returncode == 0:
            # Sound: then the books must say what they said before; the flip was in something else.
            silent += 1
            differs += ended.stdout != proof
    crashed = sum(count for code, count in ends.items() if code < 0)
    found.say("corrupt pages", crashed == 0 and differs == 0,
              f"{rounds} times 32 bytes at random: {rounds - silent} refused by `ledger verify` with words, {silent} outside the "
              f"books, which then gave the same proof; {crashed} ended by a signal")

    refused = []
    for name, bytes_ in [("half a file", whole[:len(whole) // 2]), ("an empty head", b"\0" * 4_096 + whole[4_096:]),
                         ("another file", b"PK\x03\x04" + chance.randbytes(100_000))]:
        office.file.write_bytes(bytes_)
        for suffix in ("-wal", "-shm"):
            pathlib.Path(f"{office.file}{suffix}").unlink(missing_ok=True)
        ended = office.run("ledger", "verify")
        words = (ended.stderr or ended.stdout).strip().splitlines()
        refused.append((name, ended.returncode, words[0][:160] if words else ""))
    found.say("a file that is no office", all(code > 0 and words for _, code, words in refused), f"{refused}")


FAULTS = {"endless": endless, "loris": slow_loris, "flood": flood, "wallet": dead_wallet, "full": full_disk,
          "slow": slow_disk, "torn": torn_files, "stale": stale_connections}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in "program", "home", "token":
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("faults", nargs="*", choices=[[], *FAULTS])
    arguments = parser.parse_args()
    found = Findings()
    began = time.monotonic()
    for name in arguments.faults or FAULTS:
        FAULTS[name](arguments, found)
    print(f"seed {arguments.seed}, {time.monotonic() - began:.0f} s")
    print(f"{found.passed} passed, {found.failed} failed")
    sys.exit(1 if found.failed else 0)
