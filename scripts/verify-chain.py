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
    second = "corrects" in v or any("expires_ms" in l for l in v["lines"])  # The second format of drafts.
    heading = ["id", "fund", "currency", "business_date", "reason", "source", "maker", "checker",
               "reverses"] + ["corrects"] * second
    parts = ["account", "side", "fen", "step", "reservation"] + ["expires_ms"] * second
    content = digest(f"amends draft {1 + second}", *(v.get(k) for k in heading), len(v["lines"]),
                     *(l.get(k) for l in v["lines"] for k in parts))
    number += 1
    hash = digest("amends voucher 1", previous, number, v["recorded_ms"], content)
    sides = {s: sum(l["fen"] for l in v["lines"] if l["side"] == s) for s in ("debit", "credit")}
    if (v["number"], v["previous"], v["hash"]) != (number, previous, hash):
        sys.exit(f"voucher {v['number']} ({v['id']}): expected number {number}, previous {previous}, hash {hash}")
    if sides["debit"] != sides["credit"]:
        sys.exit(f"voucher {number} ({v['id']}): debits and credits differ: {sides}")
    previous = hash
print(f"{number} vouchers, chain sound, head {previous}")
