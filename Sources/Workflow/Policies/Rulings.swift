package import Casework
import Decisions

extension Edition {
    /// Reads: matter, claimed, hasInjury, groupSize, publicOrderRisk, needsHelpNow.
    package func classify(_ facts: Facts) throws(PolicyError) -> Ruling<Classification> {
        let answer = try ask("classification", "classification", facts)
        return Ruling(try answer.classification(), on: answer.grounds)
    }

    package func ruleOnAcceptance(_ facts: Facts) throws(PolicyError) -> Ruling<Acceptance> {
        let answer = try ask("acceptance", "acceptance", facts)
        return Ruling(try answer.acceptance(), on: answer.grounds)
    }

    /// Asks the model the matter names: `determination-<rules>`.
    package func determine(_ facts: Facts) throws(PolicyError) -> Ruling<Determination> {
        guard case .text(let code)? = facts["matter"] else {
            throw .missingFacts(model: "determination", ["matter"])
        }
        let answer = try ask("determination-" + matter(code).rules, "determination", facts)
        return Ruling(try answer.determination(), on: answer.grounds)
    }

    package func decideAdvance(_ facts: Facts) throws(PolicyError) -> Ruling<AdvanceDecision> {
        let answer = try ask("advance", "advance", facts)
        return Ruling(try answer.advance(), on: answer.grounds)
    }

    package func authority(_ facts: Facts) throws(PolicyError) -> Ruling<Authority> {
        let answer = try ask("authority", "authority", facts)
        return Ruling(try answer.authority(), on: answer.grounds)
    }

    package func assessRisk(_ facts: Facts) throws(PolicyError) -> Ruling<Risk> {
        let answer = try ask("risk", "risk", facts)
        return Ruling(try answer.risk(), on: answer.grounds)
    }

    package func route(_ facts: Facts) throws(PolicyError) -> Ruling<Routing> {
        let answer = try ask("routing", "routing", facts)
        return Ruling(try answer.routing(), on: answer.grounds)
    }

    package func settle(_ facts: Facts) throws(PolicyError) -> Ruling<Settlement> {
        let answer = try ask("settlement", "settlement", facts)
        return Ruling(try answer.settlement(), on: answer.grounds)
    }

    package func recoveryTerms(_ facts: Facts) throws(PolicyError) -> Ruling<RecoveryTerms> {
        let answer = try ask("recovery", "recovery", facts)
        return Ruling(try answer.recoveryTerms(), on: answer.grounds)
    }
}
