import Casework
import Database
import Ledger
import Store
import Workflow

/// Holds the office to books of its own after every step.
///
/// It reads rows and the journals of wallet and bank, and reckons everything anew: it shares no rule with the
/// office. What it was told (acknowledged) it remembers, and asks for again.
struct Auditor: Sendable {
    private(set) var books = AuditedBooks()
    private(set) var cases: [String: AuditedCase] = [:]
    private(set) var orders: [String: AuditedOrder] = [:]
    /// What was acknowledged: the version that somebody was told of.
    private var told: [String: Int] = [:]
    private var toldOrders: [String: Int] = [:]
    /// Which case answers for which key.
    private var keys: [String: String] = [:]
    var post = AuditedPost()
    var erasures = AuditedErasures()
    private let isSealed: Bool
    private let isSkewed: Bool

    /// - Parameters:
    ///   - isSealed: What is personal must not lie plain.
    ///   - isSkewed: Servers' clocks are set now and then.
    init(isSealed: Bool, isSkewed: Bool) {
        (self.isSealed, self.isSkewed) = (isSealed, isSkewed)
    }

    // MARK: What was acknowledged

    mutating func acknowledge(_ file: Case) { acknowledge(file.id, at: file.version) }

    mutating func acknowledge(_ id: ID<Case>, at version: Int) {
        told[id.text] = max(told[id.text] ?? 0, version)
    }

    mutating func acknowledge(_ order: WorkOrder) {
        toldOrders[order.id.text] = max(toldOrders[order.id.text] ?? 0, order.version)
    }

    /// Answers what is wrong: one key stands for one case, however often it is sent.
    mutating func acknowledge(_ id: String, under key: String) -> [String] {
        let earlier = keys.updateValue(id, forKey: key)
        guard let earlier, earlier != id else { return [] }
        return ["\(key) was filed as \(earlier), and sent again as \(id)"]
    }

    // MARK: After every step

    /// Takes what came since the last step. Answers what is wrong with it.
    mutating func look(_ transaction: Transaction, _ outside: Outside) throws -> [String] {
        let rows = try RawRows.news(
            after: books.number, cases: cases.mapValues(\.version),
            orders: orders.mapValues(\.version), in: transaction)
        var wrong = take(rows, at: outside.now)
        wrong += try learn(rows.events, transaction)
        if let handOvers = outside.handOvers { wrong += try take(handOvers, transaction) }
        wrong += compareVersions(rows)
        wrong += tie()
        wrong += outside.differences(from: cases)
        return wrong
    }

    private mutating func take(_ rows: RawRows, at now: Moment) -> [String] {
        var wrong = books.take(rows.vouchers)
        for event in rows.events {
            wrong += cases[event.subject, default: AuditedCase()].take(event)
            post.take(event, merchant: cases[event.subject]?.merchant ?? "", at: now)
        }
        for event in rows.orderEvents {
            wrong += orders[event.subject, default: AuditedOrder()].take(event)
        }
        return wrong
    }

    /// Where people are reached and paid: what the auditor cannot read in the rows, since it is sealed there.
    private mutating func learn(
        _ events: [RawRows.Event], _ transaction: Transaction
    ) throws -> [String] {
        let telling: Set<String> = ["filed", "payoutOrdered"]
        var wrong: [String] = []
        for event in events where telling.contains(event.kind) {
            let file = try transaction.caseFile(ID(event.subject))
            if event.kind == "filed", let phone = file?.filing.claimant.phone.revealed {
                post.mayReach(event.subject, at: phone)
            }
            guard isSealed else { continue }
            if !event.payload.contains("sealed:") { wrong.append("\(event.subject) lies plain") }
            for payout in file?.payouts ?? [] {
                cases[event.subject]?.learn(payout.number, account: payout.payee.account.revealed)
            }
        }
        return wrong
    }

    private mutating func take(
        _ handOvers: [SimulatedPost.HandOver], _ transaction: Transaction
    ) throws -> [String] {
        guard handOvers.count > post.readCount else { return [] }
        let wrong = post.take(handOvers, isSkewed: isSkewed)
        return wrong + post.close(try RawRows.closedMessages(in: transaction))
    }

    /// The queue says of each case what its events say, and nothing that was acknowledged is missing.
    private func compareVersions(_ rows: RawRows) -> [String] {
        var wrong: [String] = []
        for (id, version) in rows.versions where cases[id]?.version != version {
            wrong.append(
                "\(id) is at \(version) in the queue and has \(cases[id]?.version ?? 0) events")
        }
        for (id, version) in rows.orderVersions where orders[id]?.version != version {
            wrong.append(
                "\(id) is at \(version) in the queue and has \(orders[id]?.version ?? 0) events")
        }
        for (id, version) in told where rows.versions[id, default: 0] < version {
            wrong.append(
                "\(id) was acknowledged at \(version), and is at \(rows.versions[id] ?? 0)")
        }
        for (id, version) in toldOrders where rows.orderVersions[id, default: 0] < version {
            wrong.append(
                "\(id) was acknowledged at \(version), and is at \(rows.orderVersions[id] ?? 0)")
        }
        for (key, id) in keys where rows.versions[id] == nil && rows.orderVersions[id] == nil {
            wrong.append("\(id) was acknowledged under \(key), and is not there")
        }
        return wrong.sorted()
    }

    /// What the books say of each case and merchant, beside what the cases' own events say.
    private func tie() -> [String] {
        var payable: [String: Int64] = [:]
        var owedBack: [String: Int64] = [:]
        var receivable: [String: Int64] = [:]
        var reserved: Int64 = 0
        for (id, one) in cases {
            if one.payable != 0 { payable[id] = -one.payable }
            if one.owedBack != 0 { owedBack[id] = one.owedBack }
            receivable[one.merchant, default: 0] += one.receivable
            reserved += one.reserved
        }
        var wrong = differences("payable to", books.parts(AuditedBooks.payable), payable)
        wrong += differences(
            "owed back by", books.parts(AuditedBooks.consumerReceivable), owedBack)
        wrong += differences(
            "receivable from", books.parts(AuditedBooks.receivable),
            receivable.filter { $0.value != 0 })
        if books.total(AuditedBooks.reserved) != -reserved {
            wrong.append(
                "\(books.total(AuditedBooks.reserved)) is set aside, the cases say \(-reserved)")
        }
        return wrong
    }

    // MARK: From time to time

    /// Reads everything again, and holds it to what was seen.
    mutating func lookAtEverything(_ transaction: Transaction) throws -> [String] {
        let rows = try RawRows.everything(in: transaction)
        var wrong = books.compare(rows)
        wrong += takeErasures(rows)
        wrong += try erasures.leftovers(transaction)
        for event in rows.events {
            let (id, name) = (event.subject, "\(event.subject)#\(event.position)")
            if cases[id]?.isUnchanged(event) != true { wrong.append("\(name) is not what it was") }
            if isSealed || erasures.holds(id),
                post.addresses(of: id).contains(where: { event.payload.contains($0) })
            {
                wrong.append("\(name) says plainly where somebody is reached")
            }
        }
        for event in rows.orderEvents where orders[event.subject]?.isUnchanged(event) != true {
            wrong.append("\(event.subject)#\(event.position) is not what it was")
        }
        let stored = rows.events.count + rows.orderEvents.count
        let seen =
            cases.values.reduce(0) { $0 + $1.version } + orders.values.reduce(0) { $0 + $1.version }
        if stored != seen { wrong.append("\(stored) events are stored, \(seen) were seen") }
        wrong += compareClocks(rows)
        return wrong
    }

    /// Of what was erased the events are read again: they may say less about people, and nothing else of money.
    private mutating func takeErasures(_ rows: RawRows) -> [String] {
        var (cases, orders) = (cases, orders)
        let wrong = erasures.take(rows, cases: cases, booked: rows.booked) { id in
            let (ofCase, ofOrder) = (
                rows.events.filter { $0.subject == id },
                rows.orderEvents.filter { $0.subject == id }
            )
            let found = cases[id]?.readAgain(ofCase) ?? orders[id]?.readAgain(ofOrder) ?? []
            return found.map { "\(id), erased: \($0)" }
        }
        (self.cases, self.orders) = (cases, orders)
        return wrong
    }

    /// What should have been erased by now.
    func unerased(_ transaction: Transaction, at now: Moment) throws -> [String] {
        let rows = try RawRows.everything(in: transaction)
        return erasures.overdue(rows, cases: cases, booked: rows.booked, at: now)
    }

    /// What is on the list of what falls due, beside what the events say falls due.
    private func compareClocks(_ rows: RawRows) -> [String] {
        var reckoned: Set<RawRows.ClockLine> = []
        for (id, one) in cases {
            for (name, clock) in one.clocks {
                guard let next = clock.next else { continue }
                reckoned.insert(
                    .init(subject: id, clock: name, step: next.step, atMs: next.atMs))
            }
        }
        let missing = reckoned.subtracting(rows.clocks).map { "missing from the list: \($0.words)" }
        let excess = rows.clocks.subtracting(reckoned).map {
            "on the list and not due: \($0.words)"
        }
        return (missing + excess).sorted()
    }

    /// What should have fired by `moment`, in a case or a work order.
    func overdue(at moment: Moment, _ transaction: Transaction) throws -> [String] {
        var wrong = try RawRows.orderClocks(in: transaction).filter { $0.atMs <= moment.ms }
            .map { "did not fire: \($0.words)" }
        for (id, one) in cases {
            for (name, clock) in one.clocks {
                guard let next = clock.next, next.atMs <= moment.ms else { continue }
                wrong.append(
                    "\(id): \(name) \(next.step) was due at \(next.atMs), and did not fire")
            }
        }
        return wrong.sorted()
    }
}

extension RawRows.ClockLine {
    fileprivate var words: String { "\(subject) \(clock) \(step) at \(atMs)" }
}
