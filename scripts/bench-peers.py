#!/usr/bin/env python3
"""Other engines on the same rules and facts, for `amends bench decisions`.

    bench-peers.py INPUT.json > RESULT.json

Reads the twenty rules, the facts and the expressions; for each engine that is installed answers all
of them once (the answers go into the result, to be compared) and then times the answering alone, on
the process's CPU time (some engines use several threads), the least of several rounds. Conversions are outside the timed part.
"""
import json
import sys
import time

ROUNDS = 5


def best(count, body):
    """Nanoseconds for each of `count` answers, and the last answers."""
    least, answers = None, None
    for _ in range(ROUNDS):
        start = time.process_time_ns()
        answers = body()
        taken = time.process_time_ns() - start
        least = taken if least is None else min(least, taken)
    return least / count, answers


def cells(rule, given):
    return list(zip(given["inputs"], rule["cells"]))


# ---- GoRules ZEN: its own table format, the whole batch in one call ----

def zen_table(given):
    import zen

    rules = []
    for number, rule in enumerate(given["rules"]):
        row = {"_id": str(number)}
        for index, cell in enumerate(rule["cells"]):
            row["i%d" % index] = "" if cell == "-" else cell
        for index, result in enumerate(rule["results"]):
            row["o%d" % index] = result
        rules.append(row)
    content = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
            {
                "id": "t", "name": "t", "type": "decisionTableNode", "position": {"x": 1, "y": 0},
                "content": {
                    "hitPolicy": "first",
                    "inputs": [
                        {"id": "i%d" % i, "name": n, "field": n, "type": "expression"}
                        for i, n in enumerate(given["inputs"])
                    ],
                    "outputs": [
                        {"id": "o%d" % i, "name": n, "field": n, "type": "expression"}
                        for i, n in enumerate(given["outputs"])
                    ],
                    "rules": rules,
                },
            },
            {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "t", "type": "edge"},
            {"id": "b", "sourceId": "t", "targetId": "out", "type": "edge"},
        ],
    }
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"t": content}}})
    facts = given["facts"]
    requests = [{"key": "t", "context": fact} for fact in facts]
    decision = engine.create_decision(json.dumps(content))

    def one_by_one():
        return [decision.evaluate(fact)["result"] for fact in facts]

    def batch():
        return engine.evaluate_batch(requests)

    single, answers = best(len(facts), one_by_one)
    answers = [answer["code"] for answer in answers]
    together, results = best(len(facts), batch)
    core = [microseconds(result["data"]["performance"]) for result in results]
    return [
        {"engine": "zen-engine, one call each", "ns": single, "answers": answers},
        {"engine": "zen-engine, one call for all", "ns": together, "answers": answers},
        # What the engine says of itself, without Python: the middle one of all.
        {"engine": "zen-engine, its core", "ns": sorted(core)[len(core) // 2] * 1000,
         "answers": answers},
    ]


def microseconds(text):
    for unit, factor in (("ns", 1e-3), ("µs", 1.0), ("μs", 1.0), ("us", 1.0), ("ms", 1e3), ("s", 1e6)):
        if text.endswith(unit):
            return float(text[: -len(unit)]) * factor
    raise ValueError(text)


# ---- CEL: an expression for each rule, asked until one holds (it allows 32 levels in one) ----

def cel_test(name, cell):
    if cell == "-":
        return None
    if cell.startswith('"') and '","' in cell:
        return "(%s)" % " || ".join("%s == %s" % (name, part) for part in cell.split(","))
    if cell.startswith('"') or cell in ("true", "false"):
        return "%s == %s" % (name, cell)
    if cell[0] in "[(":
        low, high = cell[1:-1].split("..")
        return "%s %s %s.0 && %s %s %s.0" % (
            name, ">=" if cell[0] == "[" else ">", low, name, "<=" if cell[-1] == "]" else "<", high)
    sign, number = cell.split(" ")
    return "%s %s %s.0" % (name, sign, number)


def cel_table(given):
    environment = cel_environment(given)
    rules = []
    for rule in given["rules"]:
        tests = [cel_test(name, cell) for name, cell in cells(rule, given)]
        text = " && ".join(test for test in tests if test) or "true"
        rules.append((environment.compile(text), rule["results"]))
    facts = [{name: float(value) if name in ("amount", "days") else value
              for name, value in fact.items()} for fact in given["facts"]]

    def answer(fact):
        for test, results in rules:
            if test.eval(data=fact).value():
                return results

    ns, answers = best(len(facts), lambda: [answer(fact) for fact in facts])
    return [{"engine": "cel-expr-python", "ns": ns,
             "answers": [json.loads(results[2]) for results in answers]}]


def cel_environment(given):
    from cel_expr_python import cel

    kinds = {"category": cel.Type.STRING, "amount": cel.Type.DOUBLE, "days": cel.Type.DOUBLE,
             "channel": cel.Type.STRING, "enrolled": cel.Type.BOOL}
    return cel.NewEnv(variables={name: kinds.get(name, cel.Type.DYN) for name in
                                 list(kinds) + ["price", "used", "loss", "name", "checkIn",
                                                "cancelled", "items"]})


# ---- SpiffWorkflow: its DMN engine, whose cells are Python's expressions ----

def spiff_cell(cell):
    if cell == "-":
        return ""
    if cell in ("true", "false"):
        return cell.capitalize()
    if cell.startswith('"') and '","' in cell:
        return "? in [%s]" % cell
    if cell[0] in "[(":
        low, high = cell[1:-1].split("..")
        return "%s %s ? %s %s" % (low, "<=" if cell[0] == "[" else "<", "<=" if cell[-1] == "]" else "<", high)
    return cell


def spiff_table(given):
    from lxml import etree
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
    from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
    from SpiffWorkflow.dmn.parser.DMNParser import DMNParser

    space = "https://www.omg.org/spec/DMN/20191111/MODEL/"
    root = etree.Element("{%s}definitions" % space, id="m", name="m", nsmap={None: space})

    def add(parent, tag, text=None, **attributes):
        element = etree.SubElement(parent, "{%s}%s" % (space, tag), **attributes)
        if text is not None:
            etree.SubElement(element, "{%s}text" % space).text = text or None
        return element

    table = add(add(root, "decision", id="d", name="Answer"), "decisionTable", id="t", hitPolicy="UNIQUE")
    for name in given["inputs"]:
        column = add(table, "input", id="i" + name, label=name)
        add(column, "inputExpression", name, id="e" + name, typeRef="string")
    for name in given["outputs"]:
        add(table, "output", id="o" + name, name=name, label=name, typeRef="string")
    for number, rule in enumerate(given["rules"]):
        row = add(table, "rule", id="r%d" % number)
        for index, cell in enumerate(rule["cells"]):
            add(row, "inputEntry", spiff_cell(cell), id="c%d-%d" % (number, index))
        for index, result in enumerate(rule["results"]):
            add(row, "outputEntry", result, id="v%d-%d" % (number, index))

    parser = DMNParser(None, root, {"dmn": space}, filename="twenty.dmn")
    parser.parse()
    # UNIQUE stops at the first rule that matches, which is what the table means.
    engine, script = DMNEngine(parser.decision.decisionTables[0]), PythonScriptEngine()

    class Workflow:
        script_engine = script

    class Task:
        workflow = Workflow()
        task_spec = None

        def __init__(self, data):
            self.data = dict(data)

    tasks = [Task(fact) for fact in given["facts"][:200]]
    ns, answers = best(len(tasks), lambda: [engine.result(task) for task in tasks])
    return [{"engine": "SpiffWorkflow", "ns": ns, "answers": [answer["code"] for answer in answers]}]


# ---- Expressions ----

def expressions(given):
    results = []
    for item in given["expressions"]:
        facts = item["facts"]
        for engine, run in (("zen-engine", zen_expression), ("cel-expr-python", cel_expression),
                            ("bkflow-feel", feel_expression)):
            try:
                ns, answers = run(given, item, facts)
                results.append({"engine": engine, "name": item["name"], "ns": ns, "answers": answers})
            except Exception as problem:  # said in the table, not hidden
                results.append({"engine": engine, "name": item["name"], "error": repr(problem)[:200]})
    return results


def zen_expression(given, item, facts):
    import zen

    compiled = zen.compile_expression(item["zen"])
    return best(len(facts), lambda: [compiled.evaluate(fact) for fact in facts])


def cel_expression(given, item, facts):
    compiled = cel_environment(given).compile(item["cel"])
    ns, answers = best(len(facts), lambda: [compiled.eval(data=fact) for fact in facts])
    return ns, [answer.value() for answer in answers]


def feel_expression(given, item, facts):
    from bkflow_feel.api import parse_expression

    few = facts[:50]
    return best(len(few), lambda: [parse_expression(item["feel"], fact) for fact in few])


def main():
    given = json.load(open(sys.argv[1]))
    tables = []
    for run in (zen_table, cel_table, spiff_table):
        try:
            tables += run(given)
        except Exception as problem:  # an engine that is not installed, or refuses the table
            tables.append({"engine": run.__name__.split("_")[0], "error": repr(problem)[:300]})
    json.dump({"tables": tables, "expressions": expressions(given)}, sys.stdout, default=str)


main()
