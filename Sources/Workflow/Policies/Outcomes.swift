import Casework
import Decisions

/// What a model's answer means to the procedure. An answer it does not know is refused.
extension Answer {
    func classification() throws(PolicyError) -> Classification {
        let entries = try context()
        return Classification(
            category: try text("category", in: entries),
            isUrgent: try flag("isUrgent", in: entries), isMajor: try flag("isMajor", in: entries))
    }

    func acceptance() throws(PolicyError) -> Acceptance {
        let entries = try context()
        let referral = try text("referral", in: entries)
        switch try text("outcome", in: entries) {
        case "accept": return .accept
        case "decline":
            return .decline(
                code: try text("code", in: entries), clause: try text("clause", in: entries),
                referral: referral)
        case "emergency": return .emergency(line: referral)
        case "discipline": return .discipline(body: referral)
        case "merge": return .merge
        case let other: throw unusable("the outcome \(other) is not known")
        }
    }

    func determination() throws(PolicyError) -> Determination {
        let entries = try context()
        var heads: [RefundHead] = []
        for item in try list("heads", in: entries) { heads.append(try head(item)) }
        var missing: [String] = []
        for item in try list("missing", in: entries) {
            guard case .string(let kind) = item else { throw unusable("missing holds no text") }
            missing.append(kind)
        }
        return Determination(
            heads: heads, missing: missing, code: try text("code", in: entries),
            isBasisClear: try flag("basisClear", in: entries))
    }

    func advance() throws(PolicyError) -> AdvanceDecision {
        let entries = try context()
        return AdvanceDecision(
            path: try choice(AdvanceDecision.Path.self, "path", in: entries),
            amount: try money("amount", in: entries), code: try text("code", in: entries))
    }

    func authority() throws(PolicyError) -> Authority {
        let entries = try context()
        if try flag("automatic", in: entries) { return .automatic }
        var roles: [Role] = []
        for item in try list("roles", in: entries) {
            guard case .string(let name) = item, let role = Role(rawValue: name) else {
                throw unusable("\(item) is no role")
            }
            roles.append(role)
        }
        guard !roles.isEmpty else { throw unusable("nobody would have to agree") }
        return .people(roles)
    }

    func risk() throws(PolicyError) -> Risk {
        let entries = try context()
        var flags: [String] = []
        for item in try list("flags", in: entries) {
            guard case .string(let flag) = item else { throw unusable("flags hold no text") }
            flags.append(flag)
        }
        return Risk(needsReview: try flag("review", in: entries), flags: flags)
    }

    func routing() throws(PolicyError) -> Routing {
        let entries = try context()
        let bureau = try text("bureau", in: entries)
        guard edition.bureaus.contains(where: { $0.code == bureau }) else {
            throw unusable("\(bureau) is none of the edition's bureaus")
        }
        return Routing(
            bureau: bureau, auditMinutes: try integer("auditMinutes", in: entries),
            onExpiry: try choice(Routing.Expiry.self, "onExpiry", in: entries))
    }

    func settlement() throws(PolicyError) -> Settlement {
        guard case .string(let text) = evaluation.value, let settlement = Settlement(rawValue: text)
        else { throw unusable("\(evaluation.value) is no settlement") }
        return settlement
    }

    func recoveryTerms() throws(PolicyError) -> RecoveryTerms {
        let entries = try context()
        return RecoveryTerms(
            responseDays: try integer("responseDays", in: entries),
            paymentDays: try integer("paymentDays", in: entries),
            interestBasisPoints: try edition.integerIfNamed("recoveryInterestBasisPoints"),
            limitationYears: try edition.integerIfNamed("limitationYears"))
    }
}
