"""Reads what the service shows of itself, by other people's programs. Started by scripts/watch."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2
from prometheus_client.parser import text_string_to_metric_families

home, token = os.environ["AMENDS_HOME"], os.environ["AMENDS_TOKEN"]
service = f"http://127.0.0.1:{os.environ['AMENDS_PORT']}"
monitor = f"http://127.0.0.1:{os.environ['AMENDS_MONITOR']}"
trace = "4bf92f3577b34da6a3ce929d0e0e4736"
PHONE, IDENTITY, ACCOUNT, NAME = "13912345678", "110101199003071234", "wx-secret-account", "欧阳不具名"
results = []


def check(name, holds, detail=""):
    results.append(bool(holds))
    print(("ok    " if holds else "FAIL  ") + name + (f": {detail}" if detail and not holds else ""), flush=True)


def ask(url, body=None, **headers):
    request = urllib.request.Request(url, data=None if body is None else json.dumps(body).encode(), headers={
        "Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


filing = {
    "channel": "phone", "claimant": {"name": NAME, "identity": IDENTITY, "phone": PHONE},
    "merchant_name": "海棠湾百货", "order": "WATCH-1", "matter": "overcharge", "occurred_on": time.strftime("%Y-%m-%d"),
    "paid_fen": 120000, "claimed_fen": 50000, "story": f"电话{PHONE}", "wanted": "退还",
    "facts": {"affectedAmount": "500.00"}, "payee": {"account": ACCOUNT, "name": NAME},
}
status, text = ask(service + "/api/v1/cases", filing, **{
    "Idempotency-Key": "watch-1", "traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
check("a complaint is filed in a trace of the caller's", status == 201, text[:300])
ask(service + f"/nowhere/{PHONE}?q={PHONE}")
ask(service + "/api/v1/cases?limit=5")
check("the service's own listener shows no metrics", ask(service + "/metrics")[0] == 404)

status, metrics = ask(monitor + "/metrics")
check("metrics are shown to monitors", status == 200)
families = {family.name: family for family in text_string_to_metric_families(metrics)}
check("Prometheus' client reads them", len(families) > 20, f"{len(families)} families")
wanted = ["amends_http_requests", "amends_http_request_duration_seconds", "amends_database_commits",
          "amends_database_group_size", "amends_database_wait_seconds", "amends_outbox_messages",
          "amends_outbox_oldest_age_seconds", "amends_clock_lag_seconds", "amends_cases_open",
          "amends_fund_spendable_fen", "amends_sessions", "amends_rounds", "process_resident_memory_bytes",
          "process_start_time_seconds", "amends_ready", "amends_build_info"]
missing = [name for name in wanted if name not in families]
check("every metric that is promised is there", not missing, missing)
check("none names a person or a case", not any(secret in metrics for secret in (PHONE, IDENTITY, ACCOUNT, NAME, "SY-")))
memory = families["process_resident_memory_bytes"].samples[0].value
print(f"      {len(metrics)} bytes, {sum(len(f.samples) for f in families.values())} samples, "
      f"{memory / 1e6:.0f} MB resident")
if os.environ.get("AMENDS_PROMTOOL"):
    lint = subprocess.run([os.environ["AMENDS_PROMTOOL"], "check", "metrics"], input=metrics.encode(),
                          capture_output=True, timeout=60)
    check("promtool finds nothing to say", lint.returncode == 0, lint.stderr.decode() + lint.stdout.decode())
else:
    print("skipped: promtool (Debian's package prometheus could not be fetched)")

os.kill(int(os.environ["AMENDS_SERVICE"]), signal.SIGTERM)
for _ in range(200):
    if subprocess.run(["kill", "-0", os.environ["AMENDS_SERVICE"]], capture_output=True).returncode:
        break
    time.sleep(0.05)

spans = []
for line in open(f"{home}/traces.jsonl", encoding="utf-8"):
    request = json_format.Parse(line, trace_service_pb2.ExportTraceServiceRequest())
    for resource in request.resource_spans:
        for scope in resource.scope_spans:
            spans += scope.spans
check("OpenTelemetry's protocol reads the traces", len(spans) > 2, f"{len(spans)} spans")
raw = open(f"{home}/traces.jsonl", encoding="utf-8").read()
own = [span for document in raw.splitlines() for span in
       json.loads(document)["resourceSpans"][0]["scopeSpans"][0]["spans"] if span["traceId"] == trace]
check("the caller's trace goes on from request to transaction",
      {"POST /api/v1/cases", "transaction"} <= {span["name"] for span in own}, [span["name"] for span in own])
ids = {span["spanId"] for span in own} | {"00f067aa0ba902b7"}
check("each span hangs on another of its trace", all(span.get("parentSpanId") in ids for span in own))
check("traces name no person", not any(secret in raw for secret in (PHONE, IDENTITY, ACCOUNT, NAME)))

lines = [line for line in open(f"{home}/service.log", encoding="utf-8") if not line.startswith("amends: ")]
objects = [json.loads(line) for line in lines]
check("each line of the log is one JSON object", all({"time", "level", "message"} <= set(each) for each in objects))
check("the change of a case names its request",
      any(each["message"] == "case changed" and each.get("request_id") for each in objects))
check("requests are logged by their pattern",
      any(each.get("route") == "/api/v1/cases" and each.get("method") == "POST" for each in objects))
log = "".join(lines)
check("the log names no person", not any(secret in log for secret in (PHONE, IDENTITY, ACCOUNT, NAME)))

print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
raise SystemExit(0 if all(results) else 1)
