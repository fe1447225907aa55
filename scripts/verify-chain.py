#!/usr/bin/env python3
"""Recomputes the hash chain of `amends ledger export --format jsonl` without Amends (docs/LEDGER.md)."""
import hashlib, json, sys


def digest(*fields):
    parts = (b"-\n" if f is None else b"%d:%s\n" % (len(f), f)
             for f in (None if f is None else str(f).encode() for f in fields))
    return hashlib.sha256(b"".join(parts)).hexdigest()


previous, number, balance = "0" * 64, 0, 0
for text in sys.stdin.buffer if len(sys.argv) < 2 else open(sys.argv[1], "rb"):
    v = json.loads(text)
    lines = [l[k] for l in v["lines"] for k in ("account", "side", "fen", "step", "reservation")]
    content = digest("amends draft 1", *(v[k] for k in (
        "id", "fund", "currency", "business_date", "reason", "source", "maker", "checker",
        "reverses")), len(v["lines"]), *lines)
    number += 1
    hash = digest("amends voucher 1", previous, number, v["recorded_ms"], content)
    sides = {s: sum(l["fen"] for l in v["lines"] if l["side"] == s) for s in ("debit", "credit")}
    if (v["number"], v["previous"], v["hash"]) != (number, previous, hash):
        sys.exit(f"voucher {v['number']} ({v['id']}): expected number {number}, previous {previous}, hash {hash}")
    if sides["debit"] != sides["credit"]:
        sys.exit(f"voucher {number} ({v['id']}): debits and credits differ: {sides}")
    previous = hash
print(f"{number} vouchers, chain sound, head {previous}")
