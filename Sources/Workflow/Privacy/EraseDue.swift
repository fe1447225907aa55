import Casework
import Database
package import Ledger
import Store

/// Something whose time is over, and what still holds it back.
package struct DueErasure: Hashable, Sendable {
    package let kind: RetentionRule.Kind
    /// The number of a case or work order.
    package let subject: String
    package let closedAt: Moment
    package let term: RetentionRule.Term
    /// Empty: it may go.
    package let heldBack: [Hold]

    package enum Hold: String, Hashable, Sendable, CaseIterable {
        case openMoney, recovery, dispute, claimBack, supervision, discipline

        package var chinese: String {
            switch self {
            case .openMoney: "款项未了结"
            case .recovery: "追偿未结束"
            case .dispute: "争议未结束"
            case .claimBack: "应由游客退还的款项未了结"
            case .supervision: "督办中"
            case .discipline: "已移交纪检监察"
            }
        }

        package var english: String {
            switch self {
            case .openMoney: "money is still open"
            case .recovery: "the recovery goes on"
            case .dispute: "it is disputed"
            case .claimBack: "the tourist still owes money back"
            case .supervision: "it is under supervision"
            case .discipline: "it is with discipline"
            }
        }
    }
}

extension Office {
    /// What is due today by `rule`, a page at a time.
    ///
    /// - Parameter each: Called with each, held back or not, in the order of kind and number.
    package func dueErasures(
        by rule: RetentionRule, _ each: (DueErasure) async throws -> Void
    ) async throws {
        let page = 200
        for kind in RetentionRule.Kind.allCases {
            guard let term = rule.terms[kind],
                let end = rule.end(of: kind, on: books.zone.day(at: now()))
            else { continue }
            let moment = books.zone.moment(of: end)
            var after = ""
            while true {
                let found = try await read { [after] transaction in
                    kind == .order
                        ? try transaction.endedOrders(before: moment, after: after, limit: page)
                        : try transaction.endedCases(before: moment, after: after, limit: page)
                }
                for ended in found {
                    let due = try await read { try $0.due(ended, kind, term) }
                    if let due { try await each(due) }
                }
                guard found.count == page, let last = found.last else { break }
                after = last.id
            }
        }
    }

    /// Erases what is due and held back by nothing, each in a transaction of its own that looks again.
    ///
    /// - Returns: Whether it was erased.
    package func erase(_ due: DueErasure, by actor: String) async throws -> Bool {
        try await work { work in
            let ended = EndedSubject(id: due.subject, closedAt: due.closedAt)
            guard
                let again = try work.transaction.due(ended, due.kind, due.term),
                again.heldBack.isEmpty
            else { return false }
            let rule = "\(due.kind.rawValue) \(due.term.years): \(due.term.source)"
            if due.kind == .order {
                guard let order = try work.transaction.workOrder(ID(due.subject)) else {
                    return false
                }
                try work.transaction.erase(
                    order, closedAt: due.closedAt, kind: due.kind.rawValue, rule: rule, by: actor,
                    at: work.now)
            } else {
                guard let file = try work.transaction.caseFile(ID(due.subject)) else {
                    return false
                }
                try work.transaction.erase(
                    file, closedAt: due.closedAt, kind: due.kind.rawValue, rule: rule, by: actor,
                    at: work.now)
            }
            return true
        }
    }
}

extension Transaction {
    /// Nil where it is of another kind, or is open again.
    fileprivate func due(
        _ ended: EndedSubject, _ kind: RetentionRule.Kind, _ term: RetentionRule.Term
    ) throws -> DueErasure? {
        let holds: [DueErasure.Hold]
        if kind == .order {
            guard let order = try workOrder(ID(ended.id)), !order.stage.isOpen else { return nil }
            holds = order.holds
        } else {
            // An advance that was proposed and of which nothing was ever booked is no paper behind a voucher.
            guard let file = try caseFile(ID(ended.id)), !file.stage.isOpen,
                try hasVouchers(ofCase: ended.id) == (kind == .paid)
            else { return nil }
            holds = file.holds
        }
        return DueErasure(
            kind: kind, subject: ended.id, closedAt: ended.closedAt, term: term, heldBack: holds)
    }
}

extension Case {
    fileprivate var holds: [DueErasure.Hold] {
        var holds: [DueErasure.Hold] = []
        if hasOpenMoney { holds.append(.openMoney) }
        if let recovery {
            if recovery.outstanding != .zero { holds.append(.recovery) }
            if case .disputed = recovery.state { holds.append(.dispute) }
        }
        if let contest, contest.answer == nil, !holds.contains(.dispute) { holds.append(.dispute) }
        if let claimBack, claimBack.state != .closed { holds.append(.claimBack) }
        return holds
    }
}

extension WorkOrder {
    fileprivate var holds: [DueErasure.Hold] {
        (isSupervised ? [.supervision] : []) + (isWithDiscipline ? [.discipline] : [])
    }
}
