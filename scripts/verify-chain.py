#!/usr/bin/env python3
"""Recomputes the hash chain of `amends ledger export --format jsonl` without Amends (docs/LEDGER.md), and
holds it against signed checkpoints: verify-chain.py JOURNAL [CHECKPOINT…]. Without files it reads stdin.
The signatures' keys are printed: compare them with the one you were given by hand."""
import base64, collections, datetime, hashlib, json, sys


def canonical(*fields):
    return b"".join(b"-\n" if f is None else b"%d:%s\n" % (len(f), f)
                    for f in (None if f is None else str(f).encode() for f in fields))


def digest(*fields):
    return hashlib.sha256(canonical(*fields)).hexdigest()


def accept(path, v, balances):
    """Ends the program unless the checkpoint says what the books were after voucher `v`, and is signed."""
    lines = open(path, encoding="utf-8").read().split("\n")
    said = dict(line.split(": ", 1) for line in lines[1:] if line.strip())
    totals = sorted(t.split() for t in said["totals"].split(",") if t)
    totals = [(code, int(amount.replace(".", ""))) for code, amount in totals]
    rows = sorted(((a, b) for a, b in balances.items() if b), key=lambda row: row[0].encode())
    sums = collections.Counter()
    for account, balance in rows:
        sums[account[:4]] += balance
    found = [v["fund"], v["currency"], str(v["number"]), v["hash"], v["recorded_ms"],
             digest("amends balances 1", len(rows), *(f for row in rows for f in row)),
             sorted((code, total) for code, total in sums.items() if total)]
    ms = round(datetime.datetime.fromisoformat(said["recorded"].strip()).timestamp() * 1000)
    if found != [said["fund"], said["currency"], said["number"], said["hash"], ms, said["balances"], totals]:
        sys.exit(f"voucher {v['number']} ({v['id']}): not as the checkpoint {path} says: {found}")
    content = canonical("amends checkpoint 1", said["fund"], said["currency"], said["number"], said["hash"],
                        ms, said.get("closes"), said["balances"], len(totals), *(f for t in totals for f in t))
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return print(f"checkpoint {said['number']} agrees; its signature was skipped (no `cryptography` here)")
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(said["key"])).verify(
            base64.b64decode(said["signature"]), content)
    except Exception:
        sys.exit(f"the checkpoint {path} is not signed by {said['key']}")
    print(f"checkpoint {said['number']} agrees, signed by {said['key']}")


previous, number, balances, marks = "0" * 64, 0, collections.Counter(), collections.defaultdict(list)
for path in sys.argv[2:]:
    text = open(path, encoding="utf-8").read()
    if not text.startswith("amends checkpoint 1\n") or "\nnumber: " not in text:
        sys.exit(f"{path} holds no checkpoint")
    marks[int(text.split("\nnumber: ", 1)[1].split("\n")[0])].append(path)
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
    for line in v["lines"]:
        balances[line["account"]] += line["fen"] if line["side"] == "debit" else -line["fen"]
    previous = hash
    for path in marks.pop(number, []):
        accept(path, v, balances)
if marks:
    sys.exit(f"{number} vouchers, but checkpoints of {', '.join(map(str, sorted(marks)))}: the end is missing")
print(f"{number} vouchers, chain sound, head {previous}")
