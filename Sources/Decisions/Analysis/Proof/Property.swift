/// What can be asked of a model, for all facts at once.
public enum Property: Hashable, Sendable {
    /// Every table the decision asks gives exactly one result (as its hit policy means it).
    case onePath(decision: String)
    /// A FEEL condition over inputs and decisions holds, such as `advance.amount <= claimed`.
    case always(String)
    /// An amount, as FEEL, is at most another: `atMost("advance.amount", "caseCap")`.
    case atMost(_ amount: String, _ bound: String)
    /// The outcome never gets less when an input gets more: a number grows, false becomes true.
    ///
    /// - Parameters:
    ///   - outcome: FEEL over inputs and decisions.
    ///   - ranking: where the outcome is a text, its values from the least to the most.
    case monotone(_ outcome: String, inInput: String, ranking: [String] = [])
    /// No part of the decision's outcome is null.
    case notNull(decision: String)

    /// As a FEEL-like sentence.
    public var text: String {
        switch self {
        case .onePath(let decision): "exactly one path: \(decision)"
        case .always(let condition): "always: \(condition)"
        case .atMost(let amount, let bound): "always: \(amount) <= \(bound)"
        case .monotone(let outcome, let input, _): "\(outcome) never falls when \(input) grows"
        case .notNull(let decision): "never null: \(decision)"
        }
    }
}

/// The answer to a property.
public enum Verdict: Sendable {
    /// It holds for all facts the options allow: `paths` ways through the model were looked at, each
    /// for all its facts.
    case proved(paths: Int)
    /// It fails for these facts; the model was run on them and failed.
    case refuted(Refutation)
    /// It may hold. `tried` facts at the boundaries were run, and none refuted it.
    case undecided(reasons: [String], tried: Int)

    public struct Refutation: Sendable {
        public let witness: [String: Value]
        /// For ``Property/monotone(_:inInput:ranking:)``: the same with the input changed.
        public var changed: [String: Value]?
        public let english: String
        public let chinese: String
    }

    public var english: String {
        switch self {
        case .proved(let paths): "proved, on all \(paths) paths"
        case .refuted(let refutation): "refuted: \(refutation.english)"
        case .undecided(let reasons, let tried):
            "not refuted on \(tried) boundary facts, not proved: \(reasons.joined(separator: "; "))"
        }
    }

    public var chinese: String {
        switch self {
        case .proved(let paths): "已证明（全部 \(paths) 条路径）"
        case .refuted(let refutation): "不成立：\(refutation.chinese)"
        case .undecided(let reasons, let tried):
            "在 \(tried) 组边界事实上未被推翻，但未能证明：\(reasons.joined(separator: "；"))"
        }
    }
}
