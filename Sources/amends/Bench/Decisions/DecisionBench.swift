import Decisions
import Foundation

/// How fast decisions are made here, and beside it a function written by hand and other engines.
struct DecisionBench {
    struct Row {
        let what: String
        let engine: String
        let nanoseconds: Double
        /// Of the row it is compared with, in the same run.
        let ratio: String
    }

    enum Trouble: Error, CustomStringConvertible {
        case answersDiffer(engine: String, what: String, ours: String, theirs: String)
        case noAnswer(String)

        var description: String {
            switch self {
            case .answersDiffer(let engine, let what, let ours, let theirs):
                "\(engine) answers \(what) with \(theirs), Amends with \(ours): nothing is timed"
            case .noAnswer(let what): "no answer to \(what): nothing is timed"
            }
        }
    }

    /// Where the policies are, and the interpreter that has the other engines; nil: none are run.
    let policies: String
    let python: String?
    let script: String

    func run() throws -> [Row] {
        let facts = TwentyRules.facts(count: 10_000, seed: 20_230_427)
        let peers = try python.map {
            try Peers.run(python: $0, script: script, facts: Array(facts.prefix(2_000)))
        }
        var rows = try twenty(facts, peers?.tables ?? [])
        rows += try many(facts)
        rows += try expressions(peers?.expressions ?? [])
        rows += try policySet()
        return rows
    }

    // MARK: Tables

    private func twenty(_ facts: [TwentyRules.Facts], _ peers: [Peers.Figure]) throws -> [Row] {
        let model = try Model(xml: TwentyRules.xml, file: "twenty.dmn")
        let named = facts.map(TwentyRules.named)
        guard var query = Query("Answer", of: model) else { throw Trouble.noAnswer("the table") }
        let inputs = TwentyRules.inputs.compactMap { query.input($0) }
        var codes: [String] = []
        for (fact, names) in zip(facts, named) {
            let code = Self.ask(&query, names)
            guard code == Self.askGiving(&query, names),
                code == Self.ask(&query, names.map(\.value), as: inputs)
            else { throw Trouble.noAnswer("\(fact) in one of the ways to ask") }
            let byHand = TwentyRules.byHand(fact)
            guard code == byHand.code, query.isSound else {
                throw Trouble.answersDiffer(
                    engine: "the function", what: "\(fact)", ours: code, theirs: byHand.code)
            }
            codes.append(code)
        }
        var sum = 0
        let hand = Stopwatch.nanoseconds(for: facts.count, rounds: 15) {
            for fact in facts { sum &+= Int(TwentyRules.byHand(fact).limit_fen) }
        }
        let asked = Stopwatch.nanoseconds(for: facts.count, rounds: 15) {
            for names in named { sum &+= Self.ask(&query, names).utf8.count }
        }
        let values = named.map { $0.map(\.value) }
        let resolved = Stopwatch.nanoseconds(for: facts.count, rounds: 15) {
            for values in values { sum &+= Self.ask(&query, values, as: inputs).utf8.count }
        }
        let given = Stopwatch.nanoseconds(for: facts.count, rounds: 15) {
            for names in named { sum &+= Self.askGiving(&query, names).utf8.count }
        }
        let dictionaries = named.map {
            Dictionary($0.map { ($0.name, $0.value) }) { first, _ in first }
        }
        let once = Stopwatch.nanoseconds(for: facts.count) {
            for facts in dictionaries {
                sum &+= model.evaluate("Answer", given: facts).hits.count
            }
        }
        let what = "20 rules × 5"
        var rows = [
            Row(
                what: what, engine: "by hand, in Swift", nanoseconds: hand,
                ratio: times(hand, asked)),
            Row(
                what: what, engine: "Amends, asked again and again, facts by name",
                nanoseconds: asked, ratio: "1"),
            Row(
                what: what, engine: "Amends, the same, names looked up once",
                nanoseconds: resolved, ratio: times(resolved, asked)),
            Row(
                what: what, engine: "Amends, the same, a call for each fact",
                nanoseconds: given, ratio: times(given, asked)),
            Row(
                what: what, engine: "Amends, asked once, with its evidence", nanoseconds: once,
                ratio: times(once, asked)),
        ]
        for peer in peers {
            guard let ns = peer.ns, let answers = peer.answers else {
                rows.append(failed(what, peer))
                continue
            }
            for (ours, theirs) in zip(codes, answers) where ours != theirs.text {
                throw Trouble.answersDiffer(
                    engine: peer.engine, what: what, ours: ours, theirs: theirs.text)
            }
            rows.append(
                Row(what: what, engine: peer.engine, nanoseconds: ns, ratio: times(ns, asked)))
        }
        // Nobody reads the sum; the optimizer must not know.
        if sum == .min { print(sum) }
        return rows
    }

    private func many(_ facts: [TwentyRules.Facts]) throws -> [Row] {
        let named = facts.map(TwentyRules.named)
        var first: Double?
        var rows: [Row] = []
        for count in [20, 1_000, 3_000] {
            let xml = ManyRules.xml(count: count, seed: 7)
            let start = Stopwatch.now()
            let model = try Model(xml: xml, file: "many.dmn")
            let load = Stopwatch.now() - start
            guard var query = Query("Answer", of: model) else {
                throw Trouble.noAnswer("the table of \(count) rules")
            }
            var sum = 0
            let ns = Stopwatch.nanoseconds(for: facts.count, rounds: 15) {
                for names in named { sum &+= Self.ask(&query, names).utf8.count }
            }
            if sum == .min { print(sum) }
            rows.append(
                Row(
                    what: "\(count) rules × 5", engine: "Amends", nanoseconds: ns,
                    ratio: first.map { times(ns, $0) } ?? "1"))
            rows.append(
                Row(
                    what: "\(count) rules × 5", engine: "Amends, loading, per rule",
                    nanoseconds: load / Double(count), ratio: ""))
            first = first ?? ns
        }
        return rows
    }

    /// From named facts to named outputs.
    @inline(never)
    private static func ask(_ query: inout Query, _ facts: [(name: String, value: Value)]) -> String
    {
        code(of: query.answer(given: facts))
    }

    /// From facts to named outputs.
    @inline(never)
    private static func ask(
        _ query: inout Query, _ values: [Value], as inputs: [Query.Input]
    ) -> String {
        code(of: query.answer(given: values, as: inputs))
    }

    /// From named facts to named outputs, fact by fact.
    @inline(never)
    private static func askGiving(
        _ query: inout Query, _ facts: [(name: String, value: Value)]
    ) -> String {
        query.clear()
        for (name, value) in facts { query.give(value, as: name) }
        return code(of: query.answer())
    }

    /// Takes all three outputs by name.
    @inline(__always)
    private static func code(of answer: Value) -> String {
        guard case .context(let outputs) = answer, case .string? = outputs["path"],
            case .number? = outputs["limit"], case .string(let code)? = outputs["code"]
        else { return "" }
        return code
    }

    // MARK: Expressions

    private func expressions(_ peers: [Peers.Figure]) throws -> [Row] {
        var rows: [Row] = []
        for expression in BenchExpression.all {
            let names = expression.facts[0].keys.sorted()
            let model = try Model(
                xml: BenchModel.xml(inputs: names, expression: expression.feel),
                file: "\(expression.name).dmn")
            guard model.problems.isEmpty, var query = Query("Answer", of: model) else {
                throw Trouble.noAnswer(expression.feel)
            }
            let facts = expression.facts.map { fact in
                names.map { (name: $0, value: fact[$0]?.value ?? .null) }
            }
            let answers = facts.map { Self.text(query.answer(given: $0)) }
            let ns = Stopwatch.nanoseconds(for: facts.count, rounds: 15) {
                for fact in facts { _ = query.answer(given: fact) }
            }
            let what = "\(expression.name): \(expression.feel)"
            rows.append(Row(what: what, engine: "Amends", nanoseconds: ns, ratio: "1"))
            for peer in peers where peer.name == expression.name {
                guard let theirs = peer.ns, let given = peer.answers else {
                    rows.append(failed(what, peer))
                    continue
                }
                for (ours, other) in zip(answers, given) where ours != other {
                    throw Trouble.answersDiffer(
                        engine: peer.engine, what: what, ours: ours.text, theirs: other.text)
                }
                rows.append(
                    Row(
                        what: what, engine: peer.engine, nanoseconds: theirs,
                        ratio: times(theirs, ns)))
            }
        }
        return rows
    }

    private static func text(_ value: Value) -> Peers.Answer {
        if case .number(let number) = value {
            return Peers.Answer(number: Double("\(number)") ?? 0)
        }
        return Peers.Answer("\(value)")
    }

    // MARK: The scheme's own policies

    /// Every case of every model: the facts of a complaint, decided with all its evidence.
    private func policySet() throws -> [Row] {
        var rows: [Row] = []
        for edition in try Self.entries(of: policies) where Self.isFolder(edition) {
            for name in try Self.entries(of: edition) where name.hasSuffix(".dmn") {
                let file = URL(filePath: name)
                let cases = URL(filePath: edition).appending(
                    path: "cases/\(file.deletingPathExtension().lastPathComponent).xml")
                guard FileManager.default.fileExists(atPath: cases.path()) else { continue }
                let model = try Model(
                    xml: [UInt8](Data(contentsOf: file)), file: file.lastPathComponent)
                let tests = try TestCases(
                    xml: [UInt8](Data(contentsOf: cases)), file: cases.lastPathComponent)
                guard !tests.cases.isEmpty else { continue }
                let ns = Stopwatch.nanoseconds(for: tests.cases.count) {
                    for test in tests.cases {
                        _ = model.evaluate(test.decision, given: test.inputs)
                    }
                }
                rows.append(
                    Row(
                        what: "Sanya: \(file.deletingPathExtension().lastPathComponent)",
                        engine: "Amends, with its evidence", nanoseconds: ns, ratio: ""))
            }
        }
        let total = rows.reduce(0) { $0 + $1.nanoseconds }
        rows.append(
            Row(
                what: "Sanya: one of each", engine: "Amends, with its evidence",
                nanoseconds: total, ratio: ""))
        return rows
    }

    /// Beside the editions lies the chart of accounts.
    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }

    private static func entries(of folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
            "\(folder)/\($0)"
        }
    }

    private func failed(_ what: String, _ peer: Peers.Figure) -> Row {
        Row(
            what: what, engine: "\(peer.engine): \(peer.error ?? "no figure")",
            nanoseconds: .nan, ratio: "")
    }

    private func times(_ ns: Double, _ base: Double) -> String {
        let ratio = ns / base
        return String(format: ratio < 0.1 ? "%.3f" : ratio < 10 ? "%.2f" : "%.0f", ratio)
    }
}
