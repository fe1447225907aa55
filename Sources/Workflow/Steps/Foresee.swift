package import Casework
import Ledger
import Store

/// What the policy would say of a demand that nobody has filed.
package struct Foresight: Sendable {
    /// As far as the policy goes by itself up to the proposal of an advance. It exists in memory only.
    package let file: Case
    package let recorded: [Recorded]
    /// Kinds of evidence that were taken to be at hand, as the matter needs them.
    package let assumed: [String]
}

extension Office {
    /// See `Work.foresee`: reads only.
    package func foresee(_ filing: Filing, by actor: Actor) async throws -> Foresight {
        let moment = now()
        return try await read { transaction in
            try Work(transaction: transaction, office: self, now: moment).foresee(filing, by: actor)
        }
    }
}

extension Work {
    /// Asks the policy about a demand as if it were filed now, with the evidence its matter needs: the same
    /// steps, facts and signs as when it is filed. Nothing is written, no money is set aside, no number is
    /// used.
    ///
    /// Who is asked again after the filing may be told otherwise: caps and the fund move on meanwhile.
    ///
    /// - Throws: `WorkflowError.unfit` for what does not fit the edition, `PolicyError` where the policy
    ///   cannot answer.
    func foresee(_ filing: Filing, by actor: Actor) throws -> Foresight {
        let edition = try office.policies.edition(inForceOn: today)
        let problems = edition.problems(in: filing, today: today)
        guard problems.isEmpty else { throw WorkflowError.unfit(problems) }
        let standing =
            try filing.merchant.flatMap { try transaction.merchant($0) }?
            .standing(on: filing.occurredOn) ?? .none
        // Never a case's number: those end in digits.
        let id = ID<Case>("foreseen")
        let terms = try edition.terms(standing: standing)
        let events = try Case.file(filing, as: id, on: terms, by: actor, at: now)
        guard let first = events.first else { preconditionFailure("filing made nothing happen") }
        let opening = Recorded(first, position: 0, actor: actor.name, at: now, recordedAt: now)
        guard var file = Case(id: id, opening: opening) else {
            preconditionFailure("a case does not begin with \(first.kind)")
        }
        var recorded = [opening]
        func imagine(_ events: [Event]) {
            for event in events {
                let next = Recorded(
                    event, position: file.version, actor: actor.name, at: now, recordedAt: now)
                file.apply(next)
                recorded.append(next)
            }
        }
        imagine(Array(events.dropFirst()))
        let kinds = try edition.matter(filing.matter).evidence
        imagine(
            kinds.map {
                .evidenceAdded(
                    Evidence(
                        hash: "foreseen \($0)", size: 0, type: .text, kind: $0, name: $0,
                        addedAt: now))
            })
        while let step = file.nextStep, Self.foreseen.contains(step) {
            imagine(try file.decide(try command(for: step, of: file), by: .office, at: now))
        }
        return Foresight(file: file, recorded: recorded, assumed: kinds)
    }

    /// Each is taken once at most, and none of them moves money.
    private static let foreseen: Set<NextStep> = [
        .classify, .ruleOnAcceptance, .determine, .proposeAdvance,
    ]
}
