package import Ledger

/// The editions of one jurisdiction as people brought them into force: the sum of the steps.
///
/// At every day from the first edition's on exactly one approved edition is in force, but after the
/// last day of the last. An approved one that has begun stays for ever.
package struct EditionRegister: Hashable, Sendable {
    /// By the first day, and so in the order in which they are in force.
    package private(set) var entries: [Entry] = []

    package struct Entry: Hashable, Sendable {
        package fileprivate(set) var seal: EditionSeal
        package fileprivate(set) var state: State
        package fileprivate(set) var history: [RecordedEditionStep]

        package var edition: String { seal.edition }
        package var isApproved: Bool { state == .approved }
    }

    package enum State: String, Hashable, Sendable, Codable {
        case submitted, approved, withdrawn
    }

    package init(replaying steps: some Sequence<RecordedEditionStep> = []) {
        for step in steps { apply(step) }
    }

    /// Those that decide, in the order of their days.
    package var approved: [EditionSeal] { entries.filter(\.isApproved).map(\.seal) }

    package func entry(_ edition: String) -> Entry? { entries.first { $0.edition == edition } }

    // MARK: Deciding

    /// - Parameter today: An edition begins later.
    package func submit(
        _ seal: EditionSeal, today: Day
    ) throws(EditionRefusal) -> EditionStep {
        guard entry(seal.edition)?.isApproved != true else { throw .alreadyApproved(seal.edition) }
        try checkDays(of: seal, today: today)
        return .submitted(seal)
    }

    /// - Parameter found: What lies on disk now.
    package func approve(
        _ found: EditionSeal, by actor: Actor, today: Day
    ) throws(EditionRefusal) -> EditionStep {
        guard let entry = entry(found.edition), entry.state != .withdrawn else {
            throw .notSubmitted(found.edition)
        }
        guard entry.state == .submitted else { throw .alreadyApproved(found.edition) }
        guard entry.submitters.allSatisfy({ $0 != actor.name }) else {
            throw .ownSubmission(found.edition, actor: actor.name)
        }
        guard entry.seal.hash == found.hash else {
            throw .changedSince(found.edition, submitted: entry.seal.hash, found: found.hash)
        }
        // Another may have been approved since it was submitted, or the day may have come.
        try checkDays(of: entry.seal, today: today)
        return .approved(edition: found.edition, hash: found.hash)
    }

    package func withdraw(
        _ edition: String, reason: String, today: Day
    ) throws(EditionRefusal) -> EditionStep {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
        guard let entry = entry(edition), entry.state != .withdrawn else {
            throw .notSubmitted(edition)
        }
        if entry.isApproved {
            guard entry.seal.from > today else { throw .inForce(edition, from: entry.seal.from) }
            let (before, after) = neighbours(of: entry.seal)
            if let before, let after { try checkSeam(before, after, of: before.edition) }
        }
        return .withdrawn(edition: edition, reason: reason)
    }

    /// Days after which nothing is in force any more, as far as is known: a notice, not a fault.
    package var endsAfter: Day? { approved.last?.until }

    // MARK: Applying

    package mutating func apply(_ recorded: RecordedEditionStep) {
        switch recorded.step {
        case .founded(let seal): put(seal, .approved, recorded)
        case .submitted(let seal): put(seal, .submitted, recorded)
        case .approved(let edition, _): set(edition, .approved, recorded)
        case .withdrawn(let edition, _): set(edition, .withdrawn, recorded)
        }
    }

    private mutating func put(
        _ seal: EditionSeal, _ state: State, _ recorded: RecordedEditionStep
    ) {
        let history = (entry(seal.edition)?.history ?? []) + [recorded]
        entries.removeAll { $0.edition == seal.edition }
        entries.append(Entry(seal: seal, state: state, history: history))
        entries.sort { ($0.seal.from, $0.edition) < ($1.seal.from, $1.edition) }
    }

    private mutating func set(
        _ edition: String, _ state: State, _ recorded: RecordedEditionStep
    ) {
        guard let index = entries.firstIndex(where: { $0.edition == edition }) else { return }
        entries[index].state = state
        entries[index].history.append(recorded)
    }

    // MARK: Days

    private func checkDays(of seal: EditionSeal, today: Day) throws(EditionRefusal) {
        guard seal.from > today else { throw .tooLate(seal.edition, from: seal.from, today: today) }
        let (before, after) = neighbours(of: seal)
        if let before { try checkSeam(before, seal, of: seal.edition) }
        if let after { try checkSeam(seal, after, of: seal.edition) }
    }

    private func neighbours(of seal: EditionSeal) -> (EditionSeal?, EditionSeal?) {
        let others = approved.filter { $0.edition != seal.edition }
        return (others.last { $0.from <= seal.from }, others.first { $0.from > seal.from })
    }

    /// One ends on the day before the other begins; without a last day of its own it ends by itself.
    private func checkSeam(
        _ first: EditionSeal, _ next: EditionSeal, of edition: String
    ) throws(EditionRefusal) {
        if first.from == next.from { throw .twoInForce(first.edition, next.edition, on: next.from) }
        guard let until = first.until else { return }
        if until >= next.from { throw .twoInForce(first.edition, next.edition, on: next.from) }
        let empty = until.advanced(by: 1)
        guard empty == next.from else {
            throw .gap(edition, from: empty, to: next.from.advanced(by: -1))
        }
    }
}

extension EditionRegister.Entry {
    /// Everybody who ever put it forward: none of them approves it.
    fileprivate var submitters: [String] {
        history.compactMap { if case .submitted = $0.step { $0.actor } else { nil } }
    }
}
