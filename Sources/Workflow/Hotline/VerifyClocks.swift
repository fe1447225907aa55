import Casework
import Database
import Ledger
import Store

/// What `clocks verify` found: every clock recomputed from the events alone, and held to the stored rows.
package struct ClocksProof: Sendable, Hashable, Encodable {
    package fileprivate(set) var orders = 0
    package fileprivate(set) var cases = 0
    /// Clocks that were ever started.
    package fileprivate(set) var clocks = 0
    /// Steps that fired.
    package fileprivate(set) var steps = 0
    /// How many work orders and cases are not as they must be.
    package fileprivate(set) var differing = 0
    /// What is wrong, of the first `findingLimit` of them.
    package fileprivate(set) var findings: [String] = []

    package static let findingLimit = 20
    package var isSound: Bool { differing == 0 }

    fileprivate mutating func add(_ id: String, _ found: [String]) {
        guard !found.isEmpty else { return }
        differing += 1
        guard findings.count < Self.findingLimit else { return }
        findings.append("\(id): " + found.joined(separator: "; "))
    }

    fileprivate mutating func count(_ event: OrderEvent) {
        switch event {
        case .clockStarted: clocks += 1
        case .clockFired: steps += 1
        default: break
        }
    }

    fileprivate mutating func count(_ event: Event) {
        switch event {
        case .clockStarted: clocks += 1
        case .clockFired: steps += 1
        default: break
        }
    }
}

extension Office {
    /// Recomputes the clocks of every work order and case from their events, and holds the ends and the
    /// steps to what is stored, byte for byte.
    ///
    /// - Parameter progress: Work orders and cases looked at so far.
    package func verifyClocks(
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> ClocksProof {
        var proof = ClocksProof()
        proof = try await verifyOrders(proof, progress)
        return try await verifyCases(proof, progress)
    }

    /// A page a transaction: a year of orders is no single state of the database to wait for.
    private func verifyOrders(
        _ start: ClocksProof, _ progress: @Sendable (Int) -> Void
    ) async throws -> ClocksProof {
        var (proof, after) = (start, "")
        while true {
            let (before, last) = (proof, after)
            let page = try await read { [self] transaction in
                var proof = before
                let page = try transaction.orderClocks(after: last)
                for stored in page { try verifyOrder(stored, transaction, &proof) }
                return (proof: proof, last: page.last?.id.text)
            }
            proof = page.proof
            guard let last = page.last else { return proof }
            after = last
            progress(proof.orders)
        }
    }

    private func verifyOrder(
        _ stored: StoredClocks<WorkOrder, RecordedOrder>, _ transaction: Transaction,
        _ proof: inout ClocksProof
    ) throws {
        proof.orders += 1
        guard let first = stored.events.first,
            var order = WorkOrder(id: stored.id, opening: first)
        else { return proof.add(stored.id.text, ["its events do not begin with a registration"]) }
        var lines = ClockLines()
        for recorded in stored.events.dropFirst() {
            proof.count(recorded.event)
            order.apply(recorded)
            if case .clockFired(let name, let step) = recorded.event,
                let clock = order.clocks[name]
            {
                lines.addFired(
                    name.rawValue, startedAt: clock.deadline.startedAt, step.key, at: recorded.at)
            }
        }
        let book = try schedules(of: order, transaction)
        var found = try WorkOrder.auditClocks(of: stored.id, stored.events, on: book)
            .map { "\($0)" }
        for next in try order.nextSteps(on: book) {
            lines.addNext(next.clock.rawValue, next.step.key, at: next.at)
        }
        let due = try order.mostPressing(on: book)
        lines.addDue(due?.clock.rawValue, due?.at)
        if lines.text != stored.lines.text {
            found.append(lines.difference(from: stored.lines))
        }
        proof.add(stored.id.text, found)
    }

    private func verifyCases(
        _ start: ClocksProof, _ progress: @Sendable (Int) -> Void
    ) async throws -> ClocksProof {
        var (proof, after) = (start, "")
        while true {
            let (before, last) = (proof, after)
            let page = try await read { transaction in
                var proof = before
                let page = try transaction.caseClocks(after: last)
                for stored in page { verifyCase(stored, &proof) }
                return (proof: proof, last: page.last?.id.text)
            }
            proof = page.proof
            guard let last = page.last else { return proof }
            after = last
            progress(proof.orders + proof.cases)
        }
    }
}

private func verifyCase(_ stored: StoredClocks<Case, Recorded>, _ proof: inout ClocksProof) {
    proof.cases += 1
    guard let first = stored.events.first, var file = Case(id: stored.id, opening: first) else {
        return proof.add(stored.id.text, ["its events do not begin with a filing"])
    }
    var found: [String] = []
    for recorded in stored.events.dropFirst() {
        proof.count(recorded.event)
        if case .clockFired(let name, let step) = recorded.event {
            let next = file.clocks[name]?.next
            if next?.step != step || next.map({ $0.at > recorded.at }) ?? true {
                found.append("#\(recorded.position): \(name) \(step) was not due")
            }
        }
        file.apply(recorded)
    }
    var lines = ClockLines()
    for clock in file.clocks.values {
        guard let next = clock.next else { continue }
        lines.addNext(clock.name.rawValue, next.step.rawValue, at: next.at)
    }
    let due = file.clocks.values.filter(\.isRunning)
        .compactMap { clock in clock.due.map { (clock.name.rawValue, $0) } }
        .min { ($0.1, $0.0) < ($1.1, $1.0) }
    lines.addDue(due?.0, due?.1)
    if lines.text != stored.lines.text {
        found.append(lines.difference(from: stored.lines))
    }
    proof.add(stored.id.text, found)
}

extension ClockLines {
    fileprivate func difference(from stored: ClockLines) -> String {
        "stored \(stored.lines.sorted()), recomputed \(lines.sorted())"
    }
}
