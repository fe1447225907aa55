"""Restores an office to a moment and holds it to what was there at that moment, and to nothing else.

Called by scripts/point-in-time. `archive` makes a cluster archive its log; `restore` does the rest. The moment is the
database's own clock, read while clients file complaints. What must be there is known in three ways: what was acknowledged
before the moment was asked for, what was first sent after it was answered (must not be there), and, for all between, which
rows the server itself says were committed by then (track_commit_timestamp).
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from crash import Load, Server, hold, transfers

ARCHIVE_TIMEOUT_SECONDS = 5
WAIT_SECONDS = 90
PAUSE_SECONDS = 2
SKIPPED_NUMBERS = 10_000
#: Tables whose rows are written once and never changed.
LASTING = {"case_event": "case_id, position", "voucher": "fund, number"}


class Cluster:
    """A private cluster of scripts/postgres, with an archive and a base back-up beside it."""

    def __init__(self, folder, port):
        self.folder, self.port = pathlib.Path(folder), port
        self.data, self.archive, self.base = (self.folder / name for name in ("cluster", "archive", "base"))
        self.programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))[-1]
        owner = self.folder.stat()
        self.owner, self.group = owner.st_uid, owner.st_gid
        self.url = f"postgresql://amends@127.0.0.1:{port}/postgres"

    def as_owner(self, program, *words):
        own = []
        if os.getuid() == 0:
            own = ["setpriv", f"--reuid={self.owner}", f"--regid={self.group}", "--clear-groups", "env",
                   f"HOME={self.folder}"]
        done = subprocess.run(own + [str(self.programs / program), *words], capture_output=True, text=True, cwd=self.folder,
                              timeout=300)
        if done.returncode != 0:
            raise SystemExit(f"{program} failed: {done.stderr[-600:]}")

    def control(self, word):
        done = subprocess.run([str(pathlib.Path(__file__).with_name("postgres")), word, str(self.folder)]
                              + ([str(self.port)] if word == "start" else []), capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise SystemExit(f"the cluster did not {word}: {done.stderr[-600:]}")

    def configure(self, lines):
        with open(self.data / "postgresql.conf", "a") as file:
            file.write("\n".join(lines) + "\n")

    def sql(self, text):
        done = subprocess.run([str(self.programs / "psql"), "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-c", text,
                               self.url], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise SystemExit(f"{text}: {done.stderr[-400:]}")
        return done.stdout.strip()

    def digests(self, by=None):
        """Rows and a digest of each lasting table, as far as they were committed by then."""
        when = f"where pg_xact_commit_timestamp(xmin) <= '{by}'" if by else ""
        return {table: self.sql(f"select count(*), md5(coalesce(string_agg(md5(cast(t.* as text)), '' order by {order}), '')) "
                                f"from {table} t {when}") for table, order in LASTING.items()}

    def archived_bytes(self):
        return sum(file.stat().st_size for file in self.archive.iterdir())


def archive(cluster):
    cluster.archive.mkdir()
    os.chown(cluster.archive, cluster.owner, cluster.group)
    cluster.control("stop")
    cluster.configure([
        "archive_mode = on", f"archive_command = 'test ! -f {cluster.archive}/%f && cp %p {cluster.archive}/%f'",
        # How much of the last minutes the loss of the disk may cost. 60 s is usual; the trial has less time.
        f"archive_timeout = {ARCHIVE_TIMEOUT_SECONDS}", "track_commit_timestamp = on"])
    cluster.control("start")


class TimedLoad(Load):
    """Knows of each key when it was first sent and when it was first acknowledged.

    Files no faster than a wallet that loses answers can be asked: it must have paid some of what will be lost.
    """

    def __init__(self, *arguments):
        self.sent, self.acknowledged = {}, {}
        super().__init__(*arguments)

    def until_answered(self, path, body, key, content="application/json"):
        if path == "/api/v1/cases":
            time.sleep(PAUSE_SECONDS)
        self.sent.setdefault(key, time.monotonic())
        answer = super().until_answered(path, body, key, content)
        if answer is not None:
            self.acknowledged.setdefault(key, time.monotonic())
        return answer


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def say(self, name, holds, text):
        self.passed, self.failed = self.passed + bool(holds), self.failed + (not holds)
        print(f"{'ok  ' if holds else 'FAIL'} {name}: {text}", flush=True)


def run(program, *words):
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=300)


def take_base(cluster):
    began = time.monotonic()
    cluster.as_owner("pg_basebackup", "-d", cluster.url, "-D", str(cluster.base), "-X", "none", "-c", "fast")
    size = sum(file.stat().st_size for file in cluster.base.rglob("*") if file.is_file())
    print(f"base back-up: {size >> 20} MB in {time.monotonic() - began:.1f} s")


def recover(cluster, moment, checks):
    """Puts the base back, replays to the moment, looks while the server still only reads, and opens it."""
    began = time.monotonic()
    shutil.copytree(cluster.base, cluster.data)
    for path in [cluster.data, *cluster.data.rglob("*")]:
        os.chown(path, cluster.owner, cluster.group)
    os.chmod(cluster.data, 0o700)
    cluster.configure([f"restore_command = 'cp {cluster.archive}/%f %p'", f"recovery_target_time = '{moment}'",
                       "recovery_target_action = pause"])
    (cluster.data / "recovery.signal").touch()
    os.chown(cluster.data / "recovery.signal", cluster.owner, cluster.group)
    cluster.control("start")
    ends_at = time.monotonic() + WAIT_SECONDS
    while cluster.sql("select pg_get_wal_replay_pause_state()") != "paused":
        if time.monotonic() > ends_at:
            raise SystemExit("the log was not replayed to the moment")
        time.sleep(0.1)
    replayed = time.monotonic() - began
    last = cluster.sql("select pg_last_xact_replay_timestamp()")
    checks.say("replayed", last <= moment, f"to {last}, the moment is {moment}; {replayed:.1f} s with the copy of the base")
    cluster.sql("select pg_wal_replay_resume()")
    while cluster.sql("select cast(pg_is_in_recovery() as int)") != "0":
        if time.monotonic() > ends_at:
            raise SystemExit("the server did not open for writing")
        time.sleep(0.1)
    print(f"open for writing {time.monotonic() - began:.1f} s after the restore began")


def compare(cluster, load, expected, asked, answered, checks):
    found = cluster.digests()
    for table in LASTING:
        checks.say(f"rows of {table}", found[table] == expected[table],
                   f"{found[table].split('|')[0]}, committed by the moment {expected[table].split('|')[0]}")
    there = set(cluster.sql("select distinct case_id from case_event").splitlines())
    before = {key for key, at in load.acknowledged.items() if at < asked and key in load.cases}
    after = {key for key, at in load.sent.items() if at > answered and key in load.cases}
    lost = [key for key in before if load.cases[key] not in there]
    extra = [key for key in after if load.cases[key] in there]
    checks.say("acknowledged before", before and not lost, f"{len(before)} cases, {len(lost)} of them missing")
    checks.say("sent after", after and not extra, f"{len(after)} cases, {len(extra)} of them there")
    print(f"between: {len(load.cases) - len(before) - len(after)} cases were under way at the moment")
    return there


def go_on(arguments, server, load, there, checks):
    """The office as it was then, in a world that went on: what it does not know was paid meanwhile."""
    paid_before = transfers(arguments.journal)
    took = server.start()
    print(f"the service is ready {took:.2f} s after its start")
    later = TimedLoad(arguments.port, arguments.token, arguments.seed + 1_000, arguments.clients)
    time.sleep(arguments.seconds / 2)
    later.end()
    reused = set(later.cases.values()) & set(load.cases.values())
    checks.say("numbers", later.cases and not reused, f"{len(later.cases)} cases filed since, {len(reused)} under a number "
               "that another had")
    later.cases.update({key: number for key, number in load.cases.items() if number in there})
    for key, number in load.receipts.items():
        if number in there and has_evidence(later, number, key.rsplit("-", 1)[1]):
            later.receipts[key] = number
    faults = hold(arguments.program, later, arguments.journal)
    checks.say("nobody is paid twice, nobody too much, all that is there is whole", not faults, "; ".join(faults[:5]) or "0 faults")
    known, orders = 0, transfers(arguments.journal)
    for key, number in later.cases.items():
        account = f"wx-{key}"
        own = [each for each, order in orders.items() if any(account in text for text in order)]
        known += any(each in paid_before for each in own)
    unknown = [each for each in paid_before if not any(each.startswith(number.replace("-", "")) for number in there)]
    print(f"the wallet had {len(paid_before)} transfers at the restore: {len(paid_before) - len(unknown)} of cases that are "
          f"there (each ordered again under its number at most), {len(unknown)} the office knows nothing of: its bill shows them")
    checks.say("the world went on", unknown, f"{len(unknown)} transfers are of cases that were lost")
    checks.say("transfers that were made already", known > 0, f"{known} cases were paid in the time that was lost, and once")
    checks.say("lines of the wallet", *once_each(arguments.journal))


def has_evidence(load, number, kind):
    status, case = load.call("GET", f"/api/v1/cases/{number}", None, f"look-{number}")
    return status == 200 and kind in {each["kind"] for each in case.get("evidence", [])}


def once_each(journal):
    """Whether the wallet accepted each number once."""
    orders = [json.loads(line).get("order") for line in pathlib.Path(journal).read_text().splitlines()]
    numbers = [order.get("_0", order)["out_bill_no"] for order in orders if order]
    return len(numbers) == len(set(numbers)), f"{len(numbers)} orders accepted, {len(set(numbers))} numbers"


def await_payments(arguments, load, answered):
    """Until the wallet paid many of the cases that will be lost, or the time is up: payouts go out in their order."""
    lost = {load.cases[key].replace("-", "") for key, at in load.sent.items() if at > answered and key in load.cases}
    ends_at = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < ends_at:
        paid = lost & {number.rsplit("P", 1)[0] for number in transfers(arguments.journal)}
        if 4 * len(paid) >= len(lost):
            return
        time.sleep(0.5)


def restore(arguments, cluster):
    checks = Checks()
    log = open(arguments.log, "ab")
    take_base(cluster)
    server = Server(arguments.program, arguments.port, arguments.wallet, log)
    server.start()
    load = TimedLoad(arguments.port, arguments.token, arguments.seed, arguments.clients)
    time.sleep(arguments.seconds)
    asked = time.monotonic()
    moment, file = cluster.sql("select clock_timestamp(), pg_walfile_name(pg_current_wal_lsn())").split("|")
    answered = time.monotonic()
    time.sleep(arguments.seconds)
    load.end()
    await_payments(arguments, load, answered)
    ends_at = time.monotonic() + WAIT_SECONDS
    while not (cluster.archive / file).exists():
        if time.monotonic() > ends_at:
            raise SystemExit("the log of the moment was not archived")
        time.sleep(0.1)
    # One commit behind the moment must be in the archive as well, or recovery cannot tell that it is over.
    last = cluster.sql("select pg_walfile_name(pg_current_wal_lsn())")
    while not (cluster.archive / last).exists() and time.monotonic() < ends_at:
        time.sleep(0.1)
    expected, all_rows = cluster.digests(moment), cluster.digests()
    written = cluster.archived_bytes()
    print(f"load: {len(load.cases)} cases, {len(load.receipts)} receipts in {2 * arguments.seconds} s; archive: "
          f"{len(list(cluster.archive.iterdir()))} files, {written >> 20} MB; "
          f"{all_rows['case_event'].split('|')[0]} events and {all_rows['voucher'].split('|')[0]} vouchers at the end")
    server.kill()
    cluster.as_owner("pg_ctl", "stop", "-D", str(cluster.data), "-m", "immediate")
    shutil.rmtree(cluster.data)
    recover(cluster, moment, checks)
    there = compare(cluster, load, expected, asked, answered, checks)
    verified = run(arguments.program, "ledger", "verify")
    checks.say("the books", verified.returncode == 0, (verified.stdout + verified.stderr).strip().splitlines()[-1])
    skipped = run(arguments.program, "skip-numbers", str(SKIPPED_NUMBERS))
    checks.say("numbers are skipped", skipped.returncode == 0, (skipped.stdout + skipped.stderr).strip())
    go_on(arguments, server, load, there, checks)
    verified = run(arguments.program, "ledger", "verify")
    checks.say("the books, afterwards", verified.returncode == 0, (verified.stdout + verified.stderr).strip().splitlines()[-1])
    doctor = run(arguments.program, "doctor", "--wallet", arguments.wallet, "--json")
    late = [each["name"] + ": " + each["says"] for each in json.loads(doctor.stdout)
            if each["grade"] == "fault" and each["name"] in ("limits", "outbox", "vouchers", "clock", "schema", "archive")]
    checks.say("clocks and outbox", not late, "; ".join(late) or "the doctor finds nothing late")
    server.end()
    print(f"seed {arguments.seed}: {checks.passed + checks.failed} checks, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["archive", "restore"])
    parser.add_argument("folder")
    parser.add_argument("cluster_port", type=int)
    for name in "program", "token", "wallet", "journal", "log":
        parser.add_argument("--" + name)
    for name, usual in ("port", 18080), ("seconds", 20), ("seed", 1), ("clients", 8):
        parser.add_argument("--" + name, type=int, default=usual)
    arguments = parser.parse_args()
    cluster = Cluster(arguments.folder, arguments.cluster_port)
    if arguments.what == "archive":
        archive(cluster)
    else:
        sys.exit(restore(arguments, cluster))
