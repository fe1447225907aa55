"""Kills the service at random under load and holds it to what it had acknowledged.

Called by scripts/crash and scripts/failover. Clients file complaints and their evidence, keep what was answered, and send
again what was not, under the same key. Afterwards: every acknowledged case and receipt is there, one for each key; no
transfer number was paid to two, no case was paid more than it was owed; `amends ledger verify` finds the books sound.
"""

import argparse
import collections
import datetime
import http.client
import json
import pathlib
import random
import signal
import subprocess
import sys
import threading
import time

CHINA = datetime.timezone(datetime.timedelta(hours=8))
REQUEST_SECONDS = 10
STEP_LIMIT_SECONDS = 90
PAYOUT_LIMIT_SECONDS = 120
PAYOUT_PAUSE_SECONDS = 20
READY_SECONDS = 2
STOP_SECONDS = 30
LIFE_SECONDS = (0.05, 1.5)


def be_patient(times):
    """Everything takes so many times as long: for a program built to be watched, not to be fast."""
    names = "REQUEST", "STEP_LIMIT", "PAYOUT_LIMIT", "PAYOUT_PAUSE", "READY", "STOP"
    for name in names:
        globals()[name + "_SECONDS"] *= times
    globals()["LIFE_SECONDS"] = tuple(each * times for each in LIFE_SECONDS)


class Load:
    """What clients have sent, what was answered, and what is still to be sent again."""

    def __init__(self, port, token, seed, clients):
        self.port, self.token, self.seed = port, token, seed
        self.lock = threading.Lock()
        self.stop = threading.Event()
        self.cases = {}  # key -> number, as first acknowledged
        self.receipts = {}  # key of the receipt -> number of its case
        self.faults = []
        self.answers = {}  # status -> how many
        self.last_good = time.monotonic()
        self.longest_outage = 0.0
        self.count = 0
        # Only what happened at a merchant on the list is paid in advance.
        _, found = self.call("GET", "/api/v1/merchants?limit=200", None, "merchants")
        self.merchants = [(each["id"], each["name"]) for each in found["merchants"] if each["is_covered"]]
        self.threads = [threading.Thread(target=self.client, args=(n,), daemon=True) for n in range(clients)]
        for thread in self.threads:
            thread.start()

    def call(self, method, path, body, key, content="application/json"):
        """The answer's status and JSON; None when there was none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=REQUEST_SECONDS)
        try:
            connection.request(method, path, body, {
                "Authorization": f"Bearer {self.token}", "Idempotency-Key": key, "Content-Type": content})
            answer = connection.getresponse()
            text = answer.read()
            with self.lock:
                self.answers[answer.status] = self.answers.get(answer.status, 0) + 1
                if answer.status < 300 and not self.stop.is_set():
                    self.longest_outage = max(self.longest_outage, time.monotonic() - self.last_good)
                    self.last_good = time.monotonic()
            return answer.status, json.loads(text) if text else {}
        except (OSError, http.client.HTTPException, ValueError):
            return None, {}
        finally:
            connection.close()

    def until_answered(self, path, body, key, content="application/json"):
        """Sends again, under the same key, until it is done or the load ends; the answer, or None."""
        began = time.monotonic()
        while True:
            status, answer = self.call("POST", path, body, key, content)
            if status in (200, 201):
                return answer
            if status is not None and status not in (409, 429, 500, 503):
                with self.lock:
                    self.faults.append(f"{path} {key}: {status} {answer}")
                return None
            if self.stop.is_set() and time.monotonic() - began > 5:
                return None
            if time.monotonic() - began > STEP_LIMIT_SECONDS:
                with self.lock:
                    self.faults.append(f"{path} {key}: no answer in {STEP_LIMIT_SECONDS} s, last {status} {answer}")
                return None
            time.sleep(0.05)

    def client(self, number):
        chance = random.Random(f"{self.seed}-{number}")
        turn = 0
        while not self.stop.is_set():
            turn += 1
            key = f"c{self.seed}-{number}-{turn}"
            filing = self.filing(key, chance)
            answer = self.until_answered("/api/v1/cases", filing, key)
            if answer is None:
                continue
            with self.lock:
                earlier = self.cases.setdefault(key, answer["number"])
                self.count += 1
            if earlier != answer["number"]:
                self.fault(f"{key} was filed as {earlier} and as {answer['number']}")
            if chance.random() < 0.2:
                # What was answered is sent once more: the same case, not another.
                again = self.until_answered("/api/v1/cases", filing, key)
                if again is not None and again["number"] != answer["number"]:
                    self.fault(f"{key} was filed as {answer['number']} and, sent again, as {again['number']}")
            for kind in ("receipt", "photo"):
                picture = b"\x89PNG\r\n\x1a\n" + f"{kind} {key}".encode()
                path = f"/api/v1/cases/{answer['number']}/evidence?kind={kind}&name={kind}.png"
                if self.until_answered(path, picture, f"{key}-{kind}", "image/png") is not None:
                    with self.lock:
                        self.receipts[f"{key}-{kind}"] = answer["number"]

    def filing(self, key, chance):
        fen = chance.randrange(1_000, 3_000, 100)
        merchant, name = chance.choice(self.merchants)
        today = datetime.datetime.now(CHINA).date().isoformat()
        digits = f"{chance.randrange(10**8):08}"
        return json.dumps({
            "channel": "phone", "merchant": merchant, "merchant_name": name, "order": key, "matter": "overcharge",
            "occurred_on": today, "paid_fen": 2 * fen, "claimed_fen": fen,
            "story": f"多收了钱 {key} {digits}", "wanted": "退还多收的钱",
            "claimant": {"name": f"游客{digits}", "identity": f"11010119{chance.randrange(10**10):010}",
                         "phone": f"138{digits}"},
            "facts": {"affectedAmount": f"{fen / 100:.2f}"},
            "payee": {"account": f"wx-{key}", "name": f"游客{digits}"},
        })

    def fault(self, text):
        with self.lock:
            self.faults.append(text)

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join(STEP_LIMIT_SECONDS + REQUEST_SECONDS)


class Server:
    """One `amends serve`, started and killed again and again."""

    def __init__(self, program, port, wallet, log):
        self.command = [program, "serve", "--port", str(port), "--wallet", wallet]
        self.port, self.log, self.process = port, log, None

    def start(self):
        """Seconds until it answered."""
        began = time.monotonic()
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=self.log)
        while time.monotonic() - began < STEP_LIMIT_SECONDS:
            if self.process.poll() is not None:
                raise SystemExit(f"the service ended with {self.process.returncode}; its log tells why")
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=READY_SECONDS)
            try:
                # Ready, not only alive: the database answers, and the rounds go.
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return time.monotonic() - began
                time.sleep(0.01)
            except OSError:
                time.sleep(0.01)
            finally:
                connection.close()
        raise SystemExit(f"the service did not answer within {STEP_LIMIT_SECONDS} s")

    def kill(self):
        """What it had ended with by itself, which it must not; None when it was there to be killed."""
        ended = self.process.poll()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return ended

    def end(self):
        """What it ended with when it was asked to."""
        self.process.terminate()
        return self.process.wait(STOP_SECONDS)


def transfers(journal):
    """What the wallet accepted: number -> orders of it that differ."""
    orders = {}
    for line in pathlib.Path(journal).read_text().splitlines():
        entry = json.loads(line).get("order")
        if entry:
            order = entry.get("_0", entry)
            orders.setdefault(order["out_bill_no"], set()).add(json.dumps(
                [order["amount_fen"], order["payee"]["account"]]))
    return orders


def wait_for_payouts(load, journal):
    """Until the wallet has an order for every case whose evidence is there, or the time is up.

    A wallet that loses answers is asked again later and later, so some may still be under way: that is said, and each
    must then have a payout that is open (see `hold`).
    """
    counts = collections.Counter(load.receipts.values())
    # A payout's number is its case's without hyphens, P, and the attempt.
    wanted = {number.replace("-", "") for number, count in counts.items() if count == 2}
    ends_at = time.monotonic() + PAYOUT_LIMIT_SECONDS
    known, since, there = 0, time.monotonic(), set()
    while time.monotonic() < ends_at:
        there = {number.rsplit("P", 1)[0] for number in transfers(journal)}
        if wanted <= there:
            return
        if len(there) > known:
            known, since = len(there), time.monotonic()
        if time.monotonic() - since > PAYOUT_PAUSE_SECONDS:
            break
        time.sleep(1)
    print(f"{len(wanted - there)} cases with their evidence have no transfer yet: held back, or the wallet is being asked")


def hold(program, load, journal):
    """Compares what was acknowledged with what is there. Returns the faults."""
    wait_for_payouts(load, journal)
    faults = list(load.faults)
    numbers = list(load.cases.values())
    if len(set(numbers)) != len(numbers):
        faults.append("two keys were answered with one case")
    receipts = {}
    for key, number in load.receipts.items():
        receipts.setdefault(number, set()).add(key.rsplit("-", 1)[1])
    owed, stages = {}, collections.Counter()
    for key, number in load.cases.items():
        status, case = load.call("GET", f"/api/v1/cases/{number}", None, f"look-{key}")
        if status != 200:
            faults.append(f"{number} was acknowledged and is not there: {status}")
            continue
        kinds = {each["kind"] for each in case.get("evidence", [])}
        if not receipts.get(number, set()) <= kinds:
            faults.append(f"{number} lacks evidence that was acknowledged: has {kinds}")
        open_or_paid = [p for p in case.get("payouts", []) if p["state"] not in ("failed", "lapsed", "returned")]
        owed[number] = (sum(int(p["amount_fen"]) for p in open_or_paid),
                        int((case.get("advance") or {}).get("amount_fen") or 0))
        # What a cap or a sign holds back waits for a person; what is being paid has a payout.
        stage = (case.get("stage") or {}).get("name")
        stages[stage] += 1
        if stage == "awaitingEvidence" and len(receipts.get(number, set())) == 2:
            faults.append(f"{number} has its evidence and still waits for it")
        if stage == "paying" and not case.get("payouts"):
            faults.append(f"{number} is being paid and has no payout")
        if owed[number][0] > owed[number][1]:
            faults.append(f"{number} is paid {owed[number][0]} fen and is owed {owed[number][1]}")
    paid = transfers(journal)
    for number, orders in paid.items():
        if len(orders) > 1:
            faults.append(f"transfer {number} was ordered in {len(orders)} ways: {orders}")
    accounts = {}
    for number, orders in paid.items():
        for order in orders:
            accounts.setdefault(json.loads(order)[1], set()).add(number.rsplit("P", 1)[0])
    for account, cases in accounts.items():
        if account.startswith("wx-c") and len(cases) > 1:
            faults.append(f"the person {account} was paid for {len(cases)} cases: {cases}")
    verified = subprocess.run([program, "ledger", "verify"], capture_output=True, text=True)
    if verified.returncode != 0:
        faults.append("the books are not sound: " + verified.stdout[-800:] + verified.stderr[-400:])
    print(f"acknowledged: {len(numbers)} cases, {len(load.receipts)} receipts; transfers: {len(paid)}; "
          f"stages: {dict(stages)}; answers: {dict(sorted(load.answers.items()))}")
    return faults


def report(faults):
    for fault in faults[:10]:
        print(f"FAULT {fault[:300]}")
    print(f"{len(faults)} faults")
    return 1 if faults else 0


def crash(arguments):
    chance = random.Random(arguments.seed)
    log = open(arguments.log, "ab")
    server = Server(arguments.program, arguments.port, arguments.wallet, log)
    starts = [server.start()]
    load = Load(arguments.port, arguments.token, arguments.seed, arguments.clients)
    ends_at = time.monotonic() + arguments.seconds
    kills = 0
    while kills < arguments.kills and time.monotonic() < ends_at:
        time.sleep(chance.uniform(*LIFE_SECONDS))
        ended = server.kill()
        if ended is not None:
            load.fault(f"the service ended by itself with {ended}")
        kills += 1
        starts.append(server.start())
        if kills % 20 == 0:
            print(f"{kills} kills, {load.count} cases acknowledged", file=sys.stderr)
    time.sleep(2)
    load.end()
    faults = hold(arguments.program, load, arguments.journal)
    ended = server.end()
    if ended != 0:
        faults.append(f"asked to end, the service ended with {ended}")
    starts.sort()
    print(f"seed {arguments.seed}: {kills} kills; start to first answer: median {starts[len(starts) // 2]:.2f} s, "
          f"longest {starts[-1]:.2f} s; longest time without an acknowledged step {load.longest_outage:.2f} s")
    if kills < arguments.kills:
        print(f"only {kills} of {arguments.kills} kills in {arguments.seconds} s")
    return report(faults)


def failover(arguments):
    """The same load while the leader of the database is lost, again and again."""
    log = open(arguments.log, "ab")
    server = Server(arguments.program, arguments.port, arguments.wallet, log)
    server.start()
    load = Load(arguments.port, arguments.token, arguments.seed, arguments.clients)
    cluster = [str(pathlib.Path(__file__).with_name("cluster"))]

    def ask(*words):
        return subprocess.run(cluster + list(words), capture_output=True, text=True, timeout=120).stdout.strip()

    outages = []
    ends_at = time.monotonic() + arguments.seconds
    while len(outages) < arguments.kills and time.monotonic() < ends_at:
        time.sleep(5)
        leader = ask("leader", arguments.cluster)
        if not leader:
            continue
        with load.lock:
            load.longest_outage = 0.0
        ask("kill", arguments.cluster, leader)
        lost_at = time.monotonic()
        while time.monotonic() < lost_at + 60 and ask("leader", arguments.cluster) in ("", leader):
            time.sleep(0.2)
        # Over when a step is acknowledged that began after another node led.
        led_at = time.monotonic()
        while time.monotonic() < led_at + 60 and load.last_good < led_at + 1:
            time.sleep(0.1)
        outages.append(load.longest_outage)
        print(f"{len(outages)}: node {leader} lost, node {ask('leader', arguments.cluster)} leads; "
              f"{outages[-1]:.1f} s without an acknowledged step", flush=True)
        if server.process.poll() is not None:
            load.fault(f"the service ended with {server.process.returncode}")
            break
        ask("revive", arguments.cluster, leader)
        # Only with two that keep up may another be lost: it is a cluster of three.
        for _ in range(60):
            if ask("status", arguments.cluster).count("running") == 3:
                break
            time.sleep(1)
    load.end()
    faults = hold(arguments.program, load, arguments.journal)
    if server.process.poll() is None:
        server.end()
    if outages:
        print(f"seed {arguments.seed}: {len(outages)} leaders lost; outage mean {sum(outages) / len(outages):.1f} s, "
              f"longest {max(outages):.1f} s")
    if len(outages) < arguments.kills:
        print(f"only {len(outages)} of {arguments.kills} in {arguments.seconds} s")
    return report(faults)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["crash", "failover"])
    for name in "program", "token", "wallet", "journal", "log":
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--cluster")
    for name, usual in ("port", 18080), ("kills", 200), ("seconds", 1200), ("seed", 1), ("clients", 8):
        parser.add_argument("--" + name, type=int, default=usual)
    parser.add_argument("--patience", type=float, default=1)
    arguments = parser.parse_args()
    be_patient(arguments.patience)
    sys.exit(crash(arguments) if arguments.what == "crash" else failover(arguments))
