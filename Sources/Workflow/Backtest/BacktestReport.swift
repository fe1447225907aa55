package import Casework
package import Ledger
import Store

/// What an edition would have made of the past cases.
package struct BacktestReport: Sendable {
    /// `sanya/2026-03-08`.
    package let edition: String
    package let editionHash: String
    /// Cases read, decided or not.
    package internal(set) var cases = 0
    /// Cases on which the policy has not had its say: stopped, or withdrawn before.
    package internal(set) var undecided = 0
    package internal(set) var changes: [Change: Line] = [:]
    /// From which path to which, as `Verdict.path` names them.
    package internal(set) var moves: [Move: Line] = [:]
    /// Decided by the same amount on the same path, but other people would have to agree.
    package internal(set) var otherAuthority = 0
    /// Cases the edition cannot decide with what was recorded.
    package internal(set) var open = Line()
    /// Which facts those lack, and in how many cases; a case may lack several.
    package internal(set) var lacking: [String: Gap] = [:]
    /// Which kinds of evidence it would ask for that are not there.
    package internal(set) var evidence: [String: Gap] = [:]
    /// What else kept it from answering, as the policy says it.
    package internal(set) var failures: [String: Gap] = [:]
    /// Those with the largest difference, the largest first.
    package internal(set) var top: [Difference] = []
    /// Wall time, in seconds.
    package internal(set) var seconds = 0.0

    /// How many cases, and what the fund put up for them then and would now.
    package struct Line: Hashable, Sendable {
        package internal(set) var count = 0
        package internal(set) var before = Money.zero
        package internal(set) var after = Money.zero

        package var difference: Money { after.subtracting(before) ?? .zero }

        mutating func add(_ before: Money, _ after: Money) {
            count += 1
            self.before = self.before.adding(before) ?? Money(fen: .max)
            self.after = self.after.adding(after) ?? Money(fen: .max)
        }

        static func + (a: Line, b: Line) -> Line {
            var sum = a
            sum.add(b.before, b.after)
            sum.count = a.count + b.count
            return sum
        }
    }

    package struct Move: Hashable, Sendable {
        package let from: String
        package let to: String
    }

    package struct Gap: Hashable, Sendable {
        package internal(set) var count = 0
        /// One of the cases: the first by number.
        package internal(set) var example: ID<Case>

        static func + (a: Gap, b: Gap) -> Gap {
            Gap(
                count: a.count + b.count,
                example: b.example.text < a.example.text ? b.example : a.example)
        }
    }

    package struct Difference: Sendable {
        package let id: ID<Case>
        package let change: Change
        package let before: Verdict
        package let after: Verdict
        /// What was decided, and what would be, each by rule and clause.
        package internal(set) var reasonsBefore: [CitedRule] = []
        package internal(set) var reasonsAfter: [CitedRule] = []
        let record: StoredRecord

        package var difference: Money { after.amount.subtracting(before.amount) ?? .zero }
    }

    /// All that was compared: what the fund put up, and would put up.
    ///
    /// Cases for which evidence would be asked first are left out: what they end with is not known.
    package var total: Line {
        Change.allCases.filter { $0 != .moreEvidence }
            .reduce(Line()) { $0 + (changes[$1] ?? Line()) }
    }

    init(edition: Edition) {
        self.edition = edition.name
        editionHash = edition.hash
    }
}

extension BacktestReport {
    /// - Parameter limit: How many differences are kept.
    mutating func add(_ part: BacktestReport, keeping limit: Int) {
        cases += part.cases
        undecided += part.undecided
        otherAuthority += part.otherAuthority
        open = open + part.open
        changes.merge(part.changes, uniquingKeysWith: +)
        moves.merge(part.moves, uniquingKeysWith: +)
        lacking.merge(part.lacking, uniquingKeysWith: +)
        evidence.merge(part.evidence, uniquingKeysWith: +)
        failures.merge(part.failures, uniquingKeysWith: +)
        top += part.top
        keepTop(limit)
    }

    mutating func add(_ difference: Difference, keeping limit: Int) {
        let (before, after) = (difference.before, difference.after)
        changes[difference.change, default: Line()].add(before.amount, after.amount)
        moves[Move(from: before.path, to: after.path), default: Line()]
            .add(before.amount, after.amount)
        switch difference.change {
        case .same:
            if before.people != after.people { otherAuthority += 1 }
            return
        case .moreEvidence:
            if case .awaitingEvidence(let kinds) = after {
                for kind in kinds { note(kind, difference.id, in: \.evidence) }
            }
        case .more, .less, .otherPath, .nowRefused, .nowAccepted: break
        }
        top.append(difference)
        if top.count > limit * 4 + 16 { keepTop(limit) }
    }

    mutating func note(
        _ name: String, _ id: ID<Case>, in gaps: WritableKeyPath<BacktestReport, [String: Gap]>
    ) {
        let gap = Gap(count: 1, example: id)
        self[keyPath: gaps][name] = self[keyPath: gaps][name].map { $0 + gap } ?? gap
    }

    mutating func keepTop(_ limit: Int) {
        top.sort { a, b in
            let (x, y) = (a.difference.fen.magnitude, b.difference.fen.magnitude)
            return x == y ? a.id.text < b.id.text : x > y
        }
        top.removeLast(max(0, top.count - limit))
    }
}

extension Verdict {
    fileprivate var people: Authority? {
        if case .decided(_, _, _, let authority) = self { authority } else { nil }
    }
}
