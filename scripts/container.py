"""Runs the service's image with next to nothing allowed, kills it, and looks whether all is there again.

Started by scripts/container, in a network of its own, once the images `localhost/amends` and `localhost/machine` are made.
The second half, the unit under a systemd, is in container_unit.py.
"""

import json
import os
import pathlib
import statistics
import subprocess
import time
import urllib.error
import urllib.request

from container_unit import try_unit

USER = 10001
MEMORY_MB = 512
STOP_SECONDS = 30
STARTS = 5
#: An address of this machine that is not loopback's (RFC 5737: nobody has it).
OUTSIDE = "192.0.2.1"
#: As docs/OPERATIONS.md says. The limits on files and processes are below what a root without CAP_SYS_RESOURCE may give.
HARDENED = ["--read-only", "--read-only-tmpfs=false", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--ipc=none",
            "--umask=0077", "--pids-limit=256", f"--memory={MEMORY_MB}m", "--ulimit=nofile=16384:16384",
            "--ulimit=nproc=1024:1024"]
PHONE, IDENTITY, ACCOUNT, NAME = "13912345678", "110101199003071234", "wx-secret-account", "欧阳不具名"
FILING = {
    "channel": "phone", "claimant": {"name": NAME, "identity": IDENTITY, "phone": PHONE},
    "merchant_name": "海棠湾百货", "order": "BOX-1", "matter": "overcharge", "occurred_on": time.strftime("%Y-%m-%d"),
    "paid_fen": 120000, "claimed_fen": 50000, "story": f"电话{PHONE}", "wanted": "退还",
    "facts": {"affectedAmount": "500.00"}, "payee": {"account": ACCOUNT, "name": NAME},
}


class Trial:
    def __init__(self):
        self.home = pathlib.Path(os.environ["AMENDS_HOME"])
        self.podman = os.environ["AMENDS_PODMAN"].split(" ")
        self.results = []

    def check(self, name, holds, detail=""):
        self.results.append(bool(holds))
        print(("ok    " if holds else "FAIL  ") + name + (f": {detail}" if detail and not holds else ""), flush=True)

    def run(self, *words, **options):
        return subprocess.run(words, capture_output=True, text=True, timeout=180, **options)

    def pod(self, *words):
        """What podman did; not every refusal is a fault here, so the caller looks at the code."""
        return self.run(*self.podman, *words)

    def must(self, *words):
        done = self.pod(*words)
        if done.returncode != 0:
            raise SystemExit(f"podman {words[0]} failed: {done.stderr[-1500:]}")
        return done.stdout.strip()

    def ask(self, path, body=None, host="127.0.0.1", **headers):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://{host}:8080{path}", data=data, headers={
            "Content-Type": "application/json", **{key.replace("_", "-"): value for key, value in headers.items()}})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.loads(answer.read() or "null")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()[:400]
        except OSError as error:
            return 0, str(error)

    def wait_ready(self, begun, seconds=30):
        """Seconds from `begun` until /readyz said yes; none if it did not in time."""
        while time.monotonic() < begun + seconds:
            if self.ask("/readyz")[0] == 200:
                return time.monotonic() - begun
            time.sleep(0.01)
        return None

    def refuses(self, process):
        """Looks at what the kernel lets the process be, and returns the megabytes it has resident."""
        lines = pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
        status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        self.check("it is not root, in none of the four ways", "0" not in status["Uid"].split(), status["Uid"])
        held = {name: status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")}
        self.check("it has no capability and can gain none", all(int(each, 16) == 0 for each in held.values()), held)
        self.check("no new privileges, and calls are filtered", status["NoNewPrivs"] == "1" and status["Seccomp"] == "2")
        return int(status["VmRSS"].split()[0]) * 1024 / 1e6

    def is_read_only(self, process, path):
        """Whether root, with all it may, is refused a file where the process lives, for the mount's sake."""
        done = self.run("nsenter", f"--mount=/proc/{process}/ns/mnt", "sh", "-c", f": >>{path}")
        return done.returncode != 0 and "Read-only file system" in done.stderr

    def file(self, order):
        """As a tourist does, without a token."""
        status, filed = self.ask("/api/v1/cases", {**FILING, "order": order}, Idempotency_Key=order)
        self.check(f"a complaint is filed ({order})", status == 201, filed)
        return filed if status == 201 else {"number": "-", "tracking_code": "-"}

    def follow(self, filed):
        return self.ask(f"/api/v1/cases/{filed['number']}/tracking", Tracking_Code=filed["tracking_code"])


def megabytes(trial, image):
    return int(trial.must("image", "inspect", "-f", "{{.Size}}", image)) / 1e6


def look_at_image(trial):
    user = trial.must("image", "inspect", "-f", "{{.Config.User}}", "localhost/amends")
    trial.check("the image names a user by number, not root", user == f"{USER}:{USER}", user)
    once = ["run", "--rm", "--no-healthcheck", "--network=none", *HARDENED]
    libraries = trial.must(*once, "--entrypoint=ldd", "localhost/amends", "/usr/local/bin/amends")
    wanted = ["libcurl.so.4", "libpq.so.5", "libsqlite3.so.0", "libFoundation.so", "_FoundationICU"]
    missing = [name for name in wanted if f"{name}" not in libraries]
    trial.check("curl, libpq, SQLite, Foundation and ICU are there", not missing and "not found" not in libraries, libraries)
    done = trial.pod(*once, "localhost/amends", "policy", "check", "/usr/local/share/amends/policies/sanya")
    trial.check("policies are there and pass their check", done.returncode == 0, done.stdout[-300:] + done.stderr[-300:])
    done = trial.pod(*once, "localhost/amends", "doctor", "--wallet", "", "--database", "postgres://127.0.0.1:9/none")
    trial.check("PostgreSQL is spoken to (nobody listens)", "refused" in done.stdout + done.stderr, done.stdout + done.stderr)


def begin_office(trial):
    """Keys and a demonstration, each made by the image itself; and then the service."""
    keys = trial.home / "keys"
    keys.mkdir(mode=0o700)
    os.chown(keys, USER, USER)
    once = ["run", "--rm", "--no-healthcheck", "--network=none", *HARDENED]
    trial.must(*once, "-v", f"{keys}:/etc/amends", "localhost/amends", "privacy", "key", "/etc/amends/data.key")
    trial.must(*once, "-v", f"{keys}:/etc/amends", "localhost/amends", "ledger", "key", "/etc/amends/signing.key")
    office = ["-v", "amends:/var/lib/amends:nosuid,nodev,noexec", "-v", f"{keys}:/etc/amends:ro",
              "-e", "AMENDS_DATA_KEY=/etc/amends/data.key", "-e", "AMENDS_SIGNING_KEY=/etc/amends/signing.key"]
    trial.must(*once, *office, "localhost/amends", "demo", "--count", "20")
    begun = time.monotonic()
    trial.must("run", "-d", "--name=amends", *HARDENED, *office, "-p", "127.0.0.1:8080:8080", "localhost/amends")
    seconds = trial.wait_ready(begun)
    trial.check("the service is ready", seconds is not None, trial.pod("logs", "amends").stderr[-800:])
    return keys, seconds


def look_at_service(trial):
    process = trial.must("inspect", "-f", "{{.State.Pid}}", "amends")
    trial.refuses(process)
    mounts = [line.split() for line in pathlib.Path(f"/proc/{process}/mountinfo").read_text().splitlines()]
    root = [fields for fields in mounts if fields[4] == "/"]
    trial.check("its root can only be read", root and "ro" in root[-1][5].split(","), root)
    # Folders that it may not even enter are told as errors. Message queues are no folder: they end with the container.
    found = trial.pod("exec", "amends", "find", "/", "(", "-path", "/proc", "-o", "-path", "/dev/mqueue", ")", "-prune",
                      "-o", "-type", "d", "-writable", "-print")
    trial.check("the volume is the one folder it can write to", found.stdout.split() == ["/var/lib/amends"], found.stdout)
    for path in ("/etc/amends/x", "/etc/x", "/tmp/x", "/usr/local/bin/x"):
        trial.check(f"not even root could write {path} in its place", trial.is_read_only(process, path))
    modes = trial.must("exec", "amends", "find", "/var/lib/amends", "-perm", "/077", "-print")
    trial.check("nobody else can read the office's files", modes == "", modes)
    trial.check("no other address of the machine answers", trial.ask("/readyz", host=OUTSIDE)[0] == 0)
    done = trial.pod("healthcheck", "run", "amends")
    trial.check("the health check finds it well", done.returncode == 0, done.stdout + done.stderr)


def memory(trial):
    """Megabytes that are resident."""
    limit = json.loads(trial.must("stats", "--no-stream", "--format=json", "amends"))[0]["mem_usage"].split(" / ")[1]
    trial.check(f"its memory is held to {MEMORY_MB} MB", limit == f"{MEMORY_MB * 1048576 / 1e6:.1f}MB", limit)
    process = trial.must("inspect", "-f", "{{.State.Pid}}", "amends")
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024 / 1e6


def kill_and_look(trial):
    filed = trial.file("BOX-1")
    before = trial.follow(filed)
    trial.check("the tourist follows it", before[0] == 200, before[1])
    seconds = []
    for _ in range(STARTS):
        trial.must("kill", "-s", "KILL", "amends")
        code = trial.must("wait", "amends")
        begun = time.monotonic()
        trial.must("start", "amends")
        seconds.append(trial.wait_ready(begun))
    trial.check(f"killed {STARTS} times, it is ready again each time", code == "137" and None not in seconds, seconds)
    trial.check("the complaint reads as before", trial.follow(filed) == before)
    trial.file("BOX-2")
    done = trial.pod("exec", "amends", "amends", "ledger", "verify")
    trial.check("the books verify", done.returncode == 0, done.stdout + done.stderr)
    return [each for each in seconds if each is not None]


def end_service(trial, keys):
    begun = time.monotonic()
    trial.must("stop", "-t", str(STOP_SECONDS), "amends")
    seconds = time.monotonic() - begun
    code = trial.must("inspect", "-f", "{{.State.ExitCode}} {{.State.OOMKilled}}", "amends")
    trial.check("SIGTERM ends it, with 0 and in its time", code == "0 false" and seconds < STOP_SECONDS, f"{code} {seconds}")
    log = trial.pod("logs", "amends")
    office = pathlib.Path(trial.must("volume", "inspect", "-f", "{{.Mountpoint}}", "amends"))
    held = b"".join(file.read_bytes() for file in sorted(office.iterdir()))
    secrets = [text for text in (PHONE, IDENTITY, ACCOUNT, NAME) if text.encode() in held or text in log.stdout + log.stderr]
    trial.check("neither volume nor log names a person", len(held) > 1_000_000 and not secrets, secrets)
    settings = trial.must("inspect", "amends") + trial.must("image", "inspect", "localhost/amends")
    told = [file.name for file in keys.iterdir() if file.read_text().strip().split()[-1] in settings]
    trial.check("neither image nor container tells a key", not told, told)
    return seconds


def main():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["ip", "address", "add", f"{OUTSIDE}/32", "dev", "lo"], check=True)
    trial = Trial()
    try:
        look_at_image(trial)
        keys, first = begin_office(trial)
        look_at_service(trial)
        again = kill_and_look(trial)
        resident = memory(trial)
        stopped = end_service(trial, keys)
        trial.must("rm", "-f", "amends")
        parts = {name: megabytes(trial, name) for name in os.environ["AMENDS_IMAGES"].split(" ")}
        print("      image " + ", of which base ".join(f"{size:.0f} MB" for size in parts.values())
              + f"; ready {first:.2f} s after `podman run`, {statistics.median(again):.2f} s (longest {max(again):.2f}) after "
              + f"`podman start`; {resident:.0f} MB resident; SIGTERM took {stopped:.2f} s")
        try_unit(trial, keys)
    finally:
        trial.pod("rm", "-f", "-a", "-t", "5")
    print(f"{sum(trial.results)} passed, {len(trial.results) - sum(trial.results)} failed")
    raise SystemExit(0 if all(trial.results) else 1)


if __name__ == "__main__":
    main()
