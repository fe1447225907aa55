import Foundation
import Randomness

/// Random expressions and damaged models, put through reading, compiling and deciding in both modes.
///
/// Every case follows from its seed and index alone, so a case that ends the process, or takes too
/// long, is found again by these two numbers.
public enum Fuzz {
    /// One case: an expression, unary tests, or a model.
    public enum Case: Sendable {
        case expression(String)
        case unaryTests(String)
        case model([UInt8])
    }

    /// One case in this many is a model, where models are given.
    private static let modelShare = 200

    /// The case `index` of `seed`.
    ///
    /// - Parameter models: DMN files to damage; without them all cases are expressions.
    public static func `case`(seed: UInt64, index: Int, models: [[UInt8]] = []) -> Case {
        var random = SeededRandom(seed: seed, index: index)
        if !models.isEmpty, random.isOne(in: modelShare) {
            var mutation = ModelMutation(random)
            return .model(mutation.damaged(models))
        }
        var grammar = ExpressionGrammar(random)
        return index % 5 == 0
            ? .unaryTests(grammar.unaryTests()) : .expression(grammar.expression())
    }

    /// Runs the cases `first ..< first + count`.
    ///
    /// - Parameter progress: told the index of every case before it runs.
    public static func run(
        seed: UInt64, first: Int = 0, count: Int, models: [[UInt8]] = [],
        progress: (Int) -> Void = { _ in }
    ) -> FuzzReport {
        var report = FuzzReport()
        for index in first..<first + count {
            progress(index)
            let one = Self.case(seed: seed, index: index, models: models)
            let start = clock()
            run(one, &report)
            report.finish(index, Double(clock() - start) * 1000 / Double(CLOCKS_PER_SEC))
        }
        return report
    }

    /// Runs one case of the caller's making.
    public static func run(_ one: Case) -> FuzzReport {
        var report = FuzzReport()
        run(one, &report)
        return report
    }

    private static func run(_ one: Case, _ report: inout FuzzReport) {
        switch one {
        case .expression(let text):
            report.expressions += 1
            evaluate(text, &report) { parser throws(SyntaxError) in
                let node = try parser.expression()
                try parser.finish()
                return node
            }
        case .unaryTests(let text):
            report.expressions += 1
            evaluate(text, &report) { parser throws(SyntaxError) in
                try parser.unaryTests(0)
            }
        case .model(let bytes):
            report.models += 1
            decideAll(bytes, &report)
        }
    }

    private static func evaluate(
        _ text: String, _ report: inout FuzzReport,
        _ read: (inout Parser) throws(SyntaxError) -> Node
    ) {
        var scope = Scope()
        scope.open()
        let facts = ExpressionGrammar.facts
        for (name, _) in facts { _ = scope.declare(name) }
        for name in ["a", "b", "full name"] { scope.declareMember(name) }
        guard let parsed = parse(text, scope, read) else {
            report.refused += 1
            return
        }
        for mode in [Model.Mode.strict, .lenient] {
            var machine = Machine(program: .empty, mode: mode)
            machine.now = DateAndTime("2026-01-01T12:00:00Z")
            machine.slots = [Value](repeating: .null, count: parsed.slots)
            for (slot, fact) in facts.enumerated() { machine.slots[slot] = fact.value }
            let value = machine.evaluate(parsed.node)
            report.note(value, machine.notes.isEmpty)
        }
    }

    private static func parse(
        _ text: String, _ scope: Scope, _ read: (inout Parser) throws(SyntaxError) -> Node
    ) -> (node: Node, slots: Int)? {
        do throws(SyntaxError) {
            var parser = try Parser(text, scope: scope)
            let node = try read(&parser)
            return (node, parser.scope.slotCount)
        } catch {
            return nil
        }
    }

    private static func decideAll(_ bytes: [UInt8], _ report: inout FuzzReport) {
        do throws(ModelError) {
            let model = try Model(
                xml: bytes, file: "fuzz.dmn", natives: .compatibilityKit)
            _ = model.problems.map(\.description)
            var facts: [String: Value] = [:]
            for (index, input) in model.inputs.enumerated() {
                let all = ExpressionGrammar.facts
                facts[input.name] = all[index % all.count].value
            }
            for name in model.decisions.map(\.name) + model.invocables {
                for mode in [Model.Mode.strict, .lenient] {
                    let evaluation = model.evaluate(name, given: facts, mode: mode)
                    report.note(evaluation.value, evaluation.notes.isEmpty)
                }
            }
        } catch {
            _ = error.description
            report.refused += 1
        }
    }
}

/// What came of a run.
public struct FuzzReport: Hashable, Sendable, CustomStringConvertible {
    public internal(set) var expressions = 0
    public internal(set) var models = 0
    /// Texts that are no FEEL, files that are no model.
    public internal(set) var refused = 0
    public private(set) var evaluations = 0
    public private(set) var nulls = 0
    /// Nulls that come with a note; FEEL has some that need none, `null` itself among them.
    public private(set) var explainedNulls = 0
    public private(set) var slowestIndex = 0
    public private(set) var slowestMilliseconds = 0
    /// Indices of cases that took longer than `patience`.
    public private(set) var slow: [Int] = []
    public private(set) var milliseconds = 0.0

    /// Longest that a case should take, in milliseconds of the processor.
    public static let patience = 2000

    mutating func note(_ value: Value, _ isSilent: Bool) {
        evaluations += 1
        _ = value.brief
        guard value.isNull else { return }
        nulls += 1
        if !isSilent { explainedNulls += 1 }
    }

    mutating func finish(_ index: Int, _ taken: Double) {
        milliseconds += taken
        if Int(taken) > slowestMilliseconds {
            slowestMilliseconds = Int(taken)
            slowestIndex = index
        }
        if Int(taken) > Self.patience { slow.append(index) }
    }

    public static func + (a: FuzzReport, b: FuzzReport) -> FuzzReport {
        var sum = a
        sum.expressions += b.expressions
        sum.models += b.models
        sum.refused += b.refused
        sum.evaluations += b.evaluations
        sum.nulls += b.nulls
        sum.explainedNulls += b.explainedNulls
        sum.slow += b.slow
        sum.milliseconds += b.milliseconds
        if b.slowestMilliseconds > a.slowestMilliseconds {
            sum.slowestMilliseconds = b.slowestMilliseconds
            sum.slowestIndex = b.slowestIndex
        }
        return sum
    }

    public var description: String {
        let rate = Int(Double(expressions + models) / max(milliseconds / 1000, 0.001))
        return """
            \(expressions) expressions and \(models) models, \(refused) refused, \
            \(evaluations) evaluations, \(nulls) null (\(explainedNulls) with a note), \
            \(rate) cases a second; slowest \(slowestMilliseconds) ms at index \(slowestIndex); \
            \(slow.count) over \(Self.patience) ms\(slow.isEmpty ? "" : ": \(slow)")
            """
    }
}
