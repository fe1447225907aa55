package import Casework
import Ledger
import Store

extension Work {
    /// What registering a demand gives back.
    package struct Registered: Sendable {
        package let file: Case
        /// The tourist's own code for the case; told once, kept only as a hash.
        package let trackingCode: String
    }

    /// Registers a demand and carries on as far as policy alone can: acceptance, determination, advance,
    /// reservation or payout order, in the same transaction.
    ///
    /// - Parameters:
    ///   - consent: The version of the text on personal data that stood where it was filed.
    ///   - trackingCode: Fresh randomness, from outside the transaction.
    package func file(
        _ filing: Filing, consent: String? = nil, by actor: Actor, trackingCode: String
    ) throws -> Registered {
        let edition = try office.policies.edition(inForceOn: today)
        let told = try consent.map(consentText)
        let problems = problems(in: filing, under: edition)
        guard problems.isEmpty else { throw WorkflowError.unfit(problems) }

        var standing = Standing.none
        if let id = filing.merchant {
            guard let merchant = try transaction.merchant(id) else {
                throw WorkflowError.noSuchMerchant(id.text)
            }
            standing = merchant.standing(on: filing.occurredOn)
        }
        let year = today.components.year
        let sequence = try transaction.next("case/\(year)")
        let id = CaseNumber.make(prefix: edition.prefix, year: year, sequence: Int(sequence))
        let terms = try edition.terms(standing: standing)

        let events = try Case.file(filing, as: id, on: terms, by: actor, at: now)
        guard let first = events.first else { preconditionFailure("filing made nothing happen") }
        let opening = Recorded(first, position: 0, actor: actor.name, at: now, recordedAt: now)
        guard let file = Case(id: id, opening: opening) else {
            preconditionFailure("a case does not begin with \(first.kind)")
        }
        var sheet = Sheet(file: file, past: [], leaving: nil, recorded: [opening])
        try enact(Array(events.dropFirst()), by: actor, on: &sheet)
        try transaction.writeTrackingCode(hash: sha256Hex(trackingCode), of: id)
        if let told {
            try transaction.writeConsent(told.name, hash: told.hash, of: id.text, at: now)
        }
        try carryOn(&sheet)
        try write(sheet, after: .file, by: actor)
        return Registered(file: sheet.file, trackingCode: trackingCode)
    }

    private func consentText(_ name: String) throws(WorkflowError) -> ConsentTexts.Version {
        if let found = office.consents.versions.first(where: { $0.name == name }) { return found }
        let known = office.consents.versions.map(\.name)
        throw .unfit([
            known.isEmpty
                ? .init(
                    field: "consent", chinese: "本办公室没有告知文本，请删去",
                    english: "there is no such text here: remove it")
                : .oneOf("consent", known)
        ])
    }
}
