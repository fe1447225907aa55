import Casework
import Ledger
import Logging
import Store

extension Work {
    /// More automatic steps than any case needs in one go: a loop here would be our mistake.
    private static let stepLimit = 40

    /// Takes every step the office takes by itself, until the case waits for a person or for something
    /// outside. A policy that cannot answer stops it, visibly, and loses nothing.
    func carryOn(_ sheet: inout Sheet) throws {
        for _ in 0..<Self.stepLimit {
            guard let step = sheet.file.nextStep else { return }
            do {
                try take(step, on: &sheet)
            } catch let error as PolicyError {
                try stop(sheet.file.nextStep ?? step, because: error, on: &sheet)
                return
            }
        }
        preconditionFailure("\(sheet.file.id) goes on by itself for ever at \(sheet.file.stage)")
    }

    private func take(_ step: NextStep, on sheet: inout Sheet) throws {
        let file = sheet.file
        let before = file.version
        let command = try command(for: step, of: file)
        try enact(try file.decide(command, by: .office, at: now), by: .office, on: &sheet)
        if case .ruleOnAcceptance(let ruling, let first?) = command, ruling.outcome == .merge {
            try join(sheet.file, to: first)
        }
        precondition(sheet.file.version > before || step == .commitFunds, "\(step) changed nothing")
    }

    /// Adds the new contact's words and evidence to the first case, and reopens it for new facts.
    private func join(_ contact: Case, to first: ID<Case>) throws {
        var sheet = try sheet(first)
        let file = sheet.file
        let hasNewFacts = contact.facts["hasNewFacts"] == .flag(true)
        let joined = Command.joinContact(
            contact.id, channel: contact.filing.channel, story: contact.filing.story,
            hasNewFacts: hasNewFacts)
        try enact(try file.decide(joined, by: .office, at: now), by: .office, on: &sheet)
        if case .closed = file.stage, hasNewFacts {
            let agent = Actor(name: Actor.office.name, roles: [.supervisor])
            let reopen = Command.reopen(reason: "new facts came with \(contact.id)")
            try enact(try sheet.file.decide(reopen, by: agent, at: now), by: .office, on: &sheet)
            try carryOn(&sheet)
        }
        try write(sheet, after: .joinContact, by: .office)
    }

    /// The finding goes into the file once; a person corrects the facts or the policy is mended.
    private func stop(_ step: NextStep, because error: PolicyError, on sheet: inout Sheet) throws {
        let reason = "the policy could not answer (\(step)): \(error)"
        journal.append([
            "case": "\(sheet.file.id)", "finding": "\(reason)",
            "edition": "\(sheet.file.terms.edition)",
        ])
        guard sheet.file.escalations.last != reason else { return }
        try enact([.escalated(reason: reason)], by: .office, on: &sheet)
    }

    func command(for step: NextStep, of file: Case) throws -> Command {
        let edition = try office.policies.edition(named: file.terms.edition)
        switch step {
        case .classify:
            return .classify(try edition.classify(facts(of: file)))
        case .ruleOnAcceptance:
            let earlier = try transaction.earlierCase(like: file.filing, than: file.id)
            let facts = facts(of: file, repeating: earlier)
            return .ruleOnAcceptance(
                try edition.ruleOnAcceptance(facts), repeatOf: earlier?.first)
        case .determine:
            return .determine(try entitlementEdition(of: file, edition).determine(facts(of: file)))
        case .proposeAdvance:
            return try propose(file, under: edition)
        case .commitFunds:
            return try commitment(of: file)
        case .forward:
            return .forward(try edition.route(facts(of: file)))
        case .settle:
            let ruling = try edition.settle(facts(of: file))
            return .settle(ruling, noAgreement: file.noAgreement)
        case .openRecovery:
            let standing = try todaysStanding(of: file)
            return .openRecovery(
                try edition.recoveryTerms(facts(of: file, standing: standing)))
        case .orderPayout: return .orderPayout(risk: try risk(of: file, under: edition))
        case .reissuePayout:
            return .reissuePayout(nil, risk: try risk(of: file, under: edition))
        }
    }

    /// Entitlement follows the rules in force when it happened; procedure those of the filing.
    private func entitlementEdition(of file: Case, _ filed: Edition) throws -> Edition {
        guard let first = office.policies.editions.first, file.filing.occurredOn >= first.from
        else {
            return filed  // Before the scheme began: acceptance has its say on that.
        }
        return try office.policies.edition(inForceOn: file.filing.occurredOn)
    }

    private func todaysStanding(of file: Case) throws -> Standing {
        guard let id = file.filing.merchant else { return .none }
        return try transaction.merchant(id)?.standing(on: today) ?? .none
    }

    private func propose(_ file: Case, under edition: Edition) throws -> Command {
        let committed = try committed(beside: file)
        let risk = try risk(of: file, under: edition)
        var facts = facts(of: file)
        facts["merchantDayTotal"] = .text(committed.forMerchantOnDay.description)
        facts["dayTotal"] = .text(committed.onDay.description)
        facts["poolSpendable"] = .text(try spendable().description)
        facts["riskReview"] = .flag(risk?.outcome.needsReview ?? false)
        let decision = try edition.decideAdvance(facts)
        let authority = try authority(
            for: decision.outcome.amount, on: decision.outcome.path, of: file, risk, under: edition)
        return .proposeAdvance(decision, authority, risk: risk)
    }

    /// What may still be promised: bank + platform − payable − suspense − reserved.
    func spendable() throws -> Money {
        let book = try transaction.book(
            books.chart, fund: books.fund, currency: books.postings.currency, at: now)
        return book.free(Chart.spendableGuard, at: now) ?? .zero
    }
}
