"""Runs scripts/deploy/amends.service under a systemd of its own, in a container. Called by container.py.

systemd-analyze reads a unit and says what it forbids; whether the program can live with that, only a run shows.
"""

import os
import re
import shutil
import time

#: systemd's own measure, 0 (nothing is allowed) to 10, as docs/OPERATIONS.md gives it.
EXPOSURE = 1.2
#: More than the starts in ten seconds after which systemd gives up, unless the unit says otherwise.
KILLS = 8
STOP_SECONDS = 30
WAIT_SECONDS = 60
#: Kills the service as soon as it runs; from inside, for podman takes too long between two.
KILLER = f"""
for kill in $(seq {KILLS}); do
    while process=$(systemctl show -P MainPID amends); [ "$process" = 0 ] || [ "$process" = "$former" ]; do sleep 0.02; done
    former=$process
    kill -KILL "$process"
done
"""
ENVIRONMENT = """AMENDS_DATABASE=sqlite:/var/lib/amends/office.db
AMENDS_POLICIES=/usr/local/share/amends/policies/sanya
"""


class Machine:
    """A container in which systemd is the first process: all capabilities, no filter, but the kernel's settings read-only."""

    def __init__(self, trial, keys):
        self.trial = trial
        settings, self.state = trial.home / "settings", trial.home / "state"
        settings.mkdir(mode=0o700)
        self.state.mkdir()
        for key in keys.iterdir():
            shutil.copy(key, settings)
            os.chown(settings / key.name, 0, 0)
        (settings / "environment").write_text(ENVIRONMENT)
        (settings / "environment").chmod(0o600)
        trial.must("run", "-d", "--name=machine", "--no-healthcheck", "--systemd=always", "--network=host",
                   "--image-volume=ignore", "--cap-add=ALL", "--security-opt=seccomp=unconfined",
                   "--security-opt=apparmor=unconfined", "--ulimit=nofile=16384:16384", "--ulimit=nproc=4096:4096",
                   "-v", f"{self.state}:/var/lib", "-v", f"{settings}:/etc/amends:ro", "localhost/machine")

    def tell(self, *words):
        return self.trial.pod("exec", "machine", *words)

    def shows(self, name):
        return self.tell("systemctl", "show", "-P", name, "amends").stdout.strip()

    def log(self):
        return self.tell("journalctl", "--no-pager", "-o", "cat", "-u", "amends").stdout

    def process(self):
        """The service's number in the container and outside."""
        inside = self.shows("MainPID")
        for line in self.trial.must("top", "machine", "pid", "hpid").splitlines()[1:]:
            if line.split()[0] == inside:
                return inside, line.split()[1]
        return inside, None


def analyze(trial):
    unit = "scripts/deploy/amends.service"
    rated = trial.run("systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={EXPOSURE * 10:.0f}", unit)
    score = re.search(r"exposure level for amends.service: ([0-9.]+)", rated.stdout)
    trial.check("the unit is exposed as little as is written", rated.returncode == 0 and score
                and float(score.group(1)) == EXPOSURE, rated.stdout[-300:] + rated.stderr[-300:])
    return [re.sub(r"\s{2,}.*", "", line[2:]) for line in rated.stdout.splitlines() if line.startswith("✗")]


def look_at_limits(trial, machine):
    inside, outside = machine.process()
    resident = trial.refuses(outside)
    user = machine.tell("stat", "-c", "%u", f"/proc/{inside}").stdout.strip()
    known = machine.tell("getent", "-s", "files", "passwd", user).stdout
    trial.check("its user is one that only lives with it", user not in ("", "0") and known == "", f"{user} {known}")
    for path in ("/etc/x", "/usr/x", "/usr/local/bin/x"):
        trial.check(f"not even root could write {path} in its place", trial.is_read_only(outside, path))
    for path in ("/root", "/home"):
        done = trial.run("nsenter", f"--mount=/proc/{outside}/ns/mnt", "stat", "-c", "%a", path)
        trial.check(f"{path} is closed to it", done.stdout.strip() == "0", done.stdout + done.stderr)
    done = machine.tell("stat", "-c", "%a %u", "/var/lib/private/amends", "/var/lib/private/amends/office.db")
    trial.check("its folder and its office are its own alone", done.stdout.split() == ["700", user, "600", user], done.stdout)
    return resident


def kill_and_look(trial, machine):
    filed = trial.file("UNIT-1")
    before = trial.follow(filed)
    trial.check("the tourist follows it", before[0] == 200, before[1])
    machine.tell("timeout", str(WAIT_SECONDS), "sh", "-c", KILLER)
    killed = time.monotonic()
    ready = trial.wait_ready(killed, WAIT_SECONDS)
    trial.check(f"killed {KILLS} times as soon as it runs, it is started each time",
                ready is not None and machine.shows("NRestarts") == str(KILLS), f"{ready} {machine.shows('NRestarts')}")
    trial.check("the complaint reads as before", trial.follow(filed) == before)
    return ready or 0


def try_unit(trial, keys):
    open_to = analyze(trial)
    machine = Machine(trial, keys)
    ready = trial.wait_ready(time.monotonic(), WAIT_SECONDS)
    trial.check("systemd starts it, and it is ready", ready is not None, machine.log()[-1500:])
    if ready is None:
        return
    verified = machine.tell("systemd-analyze", "verify", "amends.service")
    trial.check("systemd-analyze verify finds nothing", verified.returncode == 0 and verified.stderr + verified.stdout == "",
                verified.stderr + verified.stdout)
    resident = look_at_limits(trial, machine)
    again = kill_and_look(trial, machine)
    begun = time.monotonic()
    machine.tell("systemctl", "stop", "amends")
    stopped = time.monotonic() - begun
    ended = f"{machine.shows('Result')} {machine.shows('ExecMainStatus')} {machine.shows('ActiveState')}"
    trial.check("SIGTERM ends it, with 0 and in its time", ended == "success 0 inactive" and stopped < STOP_SECONDS, ended)
    trial.check("no call of its was answered with the end", "status=31/SYS" not in machine.log())
    trial.must("stop", "-t", "20", "machine")
    print(f"      unit: exposure {EXPOSURE} (open: {', '.join(open_to)}); ready {again:.2f} s after a kill, a "
          f"second of which systemd waits; {resident:.0f} MB resident; SIGTERM took {stopped:.2f} s")
