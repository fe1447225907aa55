package import Casework
internal import Decisions

extension Edition {
    /// Reads: matter, claimed, hasInjury, groupSize, publicOrderRisk, needsHelpNow.
    package func classify(_ facts: Facts) throws(PolicyError) -> Ruling<Classification> {
        let answer = try ask("classification", "classification", facts)
        let entries = try answer.context()
        return Ruling(
            Classification(
                category: try answer.text("category", in: entries),
                isUrgent: try answer.flag("isUrgent", in: entries),
                isMajor: try answer.flag("isMajor", in: entries)),
            on: answer.grounds)
    }

    package func ruleOnAcceptance(_ facts: Facts) throws(PolicyError) -> Ruling<Acceptance> {
        let answer = try ask("acceptance", "acceptance", facts)
        let entries = try answer.context()
        let referral = try answer.text("referral", in: entries)
        let outcome: Acceptance
        switch try answer.text("outcome", in: entries) {
        case "accept": outcome = .accept
        case "decline":
            outcome = .decline(
                code: try answer.text("code", in: entries),
                clause: try answer.text("clause", in: entries), referral: referral)
        case "emergency": outcome = .emergency(line: referral)
        case "discipline": outcome = .discipline(body: referral)
        case "merge": outcome = .merge
        case let other: throw answer.unusable("the outcome \(other) is not known")
        }
        return Ruling(outcome, on: answer.grounds)
    }

    /// Asks the model the matter names: `determination-<rules>`.
    package func determine(_ facts: Facts) throws(PolicyError) -> Ruling<Determination> {
        guard case .text(let code)? = facts["matter"] else {
            throw .missingFacts(model: "determination", ["matter"])
        }
        let answer = try ask("determination-" + matter(code).rules, "determination", facts)
        let entries = try answer.context()
        var heads: [RefundHead] = []
        for item in try answer.list("heads", in: entries) { heads.append(try answer.head(item)) }
        var missing: [String] = []
        for item in try answer.list("missing", in: entries) {
            guard case .string(let kind) = item else {
                throw answer.unusable("missing holds no text")
            }
            missing.append(kind)
        }
        return Ruling(
            Determination(
                heads: heads, missing: missing, code: try answer.text("code", in: entries),
                isBasisClear: try answer.flag("basisClear", in: entries)),
            on: answer.grounds)
    }

    package func decideAdvance(_ facts: Facts) throws(PolicyError) -> Ruling<AdvanceDecision> {
        let answer = try ask("advance", "advance", facts)
        let entries = try answer.context()
        let path = try answer.choice(AdvanceDecision.Path.self, "path", in: entries)
        return Ruling(
            AdvanceDecision(
                path: path, amount: try answer.money("amount", in: entries),
                code: try answer.text("code", in: entries)),
            on: answer.grounds)
    }

    package func authority(_ facts: Facts) throws(PolicyError) -> Ruling<Authority> {
        let answer = try ask("authority", "authority", facts)
        let entries = try answer.context()
        if try answer.flag("automatic", in: entries) {
            return Ruling(.automatic, on: answer.grounds)
        }
        var roles: [Role] = []
        for item in try answer.list("roles", in: entries) {
            guard case .string(let name) = item, let role = Role(rawValue: name) else {
                throw answer.unusable("\(item) is no role")
            }
            roles.append(role)
        }
        guard !roles.isEmpty else { throw answer.unusable("nobody would have to agree") }
        return Ruling(.people(roles), on: answer.grounds)
    }

    package func route(_ facts: Facts) throws(PolicyError) -> Ruling<Routing> {
        let answer = try ask("routing", "routing", facts)
        let entries = try answer.context()
        let bureau = try answer.text("bureau", in: entries)
        guard bureaus.contains(where: { $0.code == bureau }) else {
            throw answer.unusable("\(bureau) is none of the edition's bureaus")
        }
        return Ruling(
            Routing(
                bureau: bureau, auditMinutes: try answer.integer("auditMinutes", in: entries),
                onExpiry: try answer.choice(Routing.Expiry.self, "onExpiry", in: entries)),
            on: answer.grounds)
    }

    package func settle(_ facts: Facts) throws(PolicyError) -> Ruling<Settlement> {
        let answer = try ask("settlement", "settlement", facts)
        guard case .string(let text) = answer.evaluation.value,
            let settlement = Settlement(rawValue: text)
        else { throw answer.unusable("\(answer.evaluation.value) is no settlement") }
        return Ruling(settlement, on: answer.grounds)
    }

    package func recoveryTerms(_ facts: Facts) throws(PolicyError) -> Ruling<RecoveryTerms> {
        let answer = try ask("recovery", "recovery", facts)
        let entries = try answer.context()
        return Ruling(
            RecoveryTerms(
                responseDays: try answer.integer("responseDays", in: entries),
                paymentDays: try answer.integer("paymentDays", in: entries)),
            on: answer.grounds)
    }
}
