import Casework
import Database
import Ledger
import Store

/// A decided case as far as another edition needs it: the facts as they were known when it was
/// decided, and what was decided.
struct PastCase: Sendable {
    let id: ID<Case>
    /// What the filing itself says.
    private(set) var filed: Facts = [:]
    /// What the form said and a person corrected, as it stood at the last ruling.
    private(set) var told: Facts = [:]
    /// What each model was given, by the ruling it led to: how the office's own facts are known.
    private(set) var given: [Question: Facts] = [:]
    /// Someone decided to go on without the evidence that was asked for.
    private(set) var isEvidenceWaived = false
    /// A supervisor took up a case that the policy had declined.
    private(set) var isAcceptedByPerson = false
    /// Nil while the policy has not had its say on it.
    private(set) var verdict: Verdict?
    /// The edition it was filed under: `sanya/2024-02-05`.
    private(set) var edition = ""

    enum Question: Hashable, Sendable, CaseIterable {
        case acceptance, determination, advance, authority
    }

    /// The events that are read.
    static let kinds = [
        "filed", "accepted", "declined", "handedOver", "merged", "contestAnswered",
        "factsCorrected", "evidenceWaived", "determined", "advanceProposed", "reopened",
    ]

    private var corrected: Facts = [:]

    /// A case of which no more is known than its filing.
    init(filed: Facts) {
        id = ID("")
        self.filed = filed
    }

    init(_ record: StoredRecord, zone: Zone) throws(DatabaseError) {
        id = record.id
        for event in record.events {
            try JSONCursor.read(event.payload, at: "case_event \(id) \(event.kind)") {
                (cursor) throws(JSONCursor.Malformed) in
                try cursor.object { (cursor, kind) throws(JSONCursor.Malformed) in
                    try take(kind, event.at, zone, &cursor)
                }
            }
        }
        if told.isEmpty { told = corrected }
    }

    private mutating func take(
        _ kind: String, _ at: Moment, _ zone: Zone, _ cursor: inout JSONCursor
    ) throws(JSONCursor.Malformed) {
        switch kind {
        case "filed": try readFiling(at, zone, &cursor)
        case "factsCorrected": try readCorrection(&cursor)
        case "accepted", "declined", "handedOver", "merged": try readAcceptance(kind, &cursor)
        case "determined": try readDetermination(&cursor)
        case "advanceProposed": try readAdvance(&cursor)
        case "evidenceWaived":
            isEvidenceWaived = true
            try cursor.skip()
        case "contestAnswered":
            var isUpheld = true
            try cursor.object { (cursor, key) throws(JSONCursor.Malformed) in
                if key == "isUpheld" { isUpheld = try cursor.flag() } else { try cursor.skip() }
            }
            if !isUpheld, case .declined = verdict { (isAcceptedByPerson, verdict) = (true, nil) }
        case "reopened":
            // What had no advance is determined anew; what had one keeps it.
            if given[.advance] == nil { verdict = nil }
            try cursor.skip()
        default: try cursor.skip()
        }
    }

    private mutating func readFiling(
        _ at: Moment, _ zone: Zone, _ cursor: inout JSONCursor
    ) throws(JSONCursor.Malformed) {
        var (matter, occurredOn, merchant, standing) = ("", "", "", "none")
        var (claimed, paid) = (Int64(0), Int64(0))
        var hasIdentity = false
        try cursor.object { (cursor, part) throws(JSONCursor.Malformed) in
            try cursor.object { (cursor, key) throws(JSONCursor.Malformed) in
                switch key {
                case "matter": matter = try cursor.string()
                case "occurredOn": occurredOn = try cursor.string()
                case "merchantName": merchant = try cursor.string()
                case "claimed": claimed = try cursor.integer()
                case "paid": paid = try cursor.integer()
                case "facts": corrected = try cursor.facts()
                case "edition": edition = try cursor.string()
                case "standing": standing = try cursor.string()
                case "claimant":
                    try cursor.object { (cursor, key) throws(JSONCursor.Malformed) in
                        if key == "identity" {
                            if cursor.takeNull() { return }
                            hasIdentity = true
                        }
                        try cursor.skip()
                    }
                default: try cursor.skip()
                }
            }
        }
        filed = filedFacts(
            matter: matter, occurredOn: occurredOn, filedAt: at, claimed: Money(fen: claimed),
            paid: Money(fen: paid), hasIdentity: hasIdentity, merchantName: merchant, in: zone)
        filed["merchantStanding"] = .text(standing)
    }

    private mutating func readCorrection(
        _ cursor: inout JSONCursor
    ) throws(JSONCursor.Malformed) {
        try cursor.object { (cursor, key) throws(JSONCursor.Malformed) in
            guard key == "_0" else { return try cursor.skip() }
            corrected.merge(try cursor.facts()) { _, new in new }
        }
    }

    private mutating func readAcceptance(
        _ kind: String, _ cursor: inout JSONCursor
    ) throws(JSONCursor.Malformed) {
        var code = ""
        var inputs: Facts = [:]
        try cursor.object { (cursor, key) throws(JSONCursor.Malformed) in
            switch key {
            case "_0":
                inputs = try Self.inputs(&cursor) { (c) throws(JSONCursor.Malformed) in try c.skip()
                }
            case "code": code = try cursor.string()
            default: try cursor.skip()
            }
        }
        given[.acceptance] = inputs
        told = corrected
        verdict =
            switch kind {
            case "declined": .declined(code: code)
            case "handedOver": .handedOver
            case "merged": .merged
            default: nil
            }
    }

    private mutating func readDetermination(
        _ cursor: inout JSONCursor
    ) throws(JSONCursor.Malformed) {
        var missing: [String] = []
        try cursor.object { (cursor, _) throws(JSONCursor.Malformed) in
            given[.determination] = try Self.inputs(&cursor) {
                (cursor) throws(JSONCursor.Malformed) in
                try cursor.object { (cursor, key) throws(JSONCursor.Malformed) in
                    guard key == "missing" else { return try cursor.skip() }
                    try cursor.array { (cursor) throws(JSONCursor.Malformed) in
                        missing.append(try cursor.string())
                    }
                }
            }
        }
        told = corrected
        verdict = missing.isEmpty || isEvidenceWaived ? nil : .awaitingEvidence(missing)
    }

    private mutating func readAdvance(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) {
        var (path, code) = (AdvanceDecision.Path.notEligible, "")
        var amount = Int64(0)
        var authority = Authority.automatic
        try cursor.object { (cursor, part) throws(JSONCursor.Malformed) in
            switch part {
            case "_0":
                given[.advance] = try Self.inputs(&cursor) {
                    (cursor) throws(JSONCursor.Malformed) in
                    try cursor.object { (cursor, key) throws(JSONCursor.Malformed) in
                        switch key {
                        case "path": path = .init(rawValue: try cursor.string()) ?? path
                        case "code": code = try cursor.string()
                        default: try cursor.skip()
                        }
                    }
                }
            case "_1":
                given[.authority] = try Self.inputs(&cursor) {
                    (cursor) throws(JSONCursor.Malformed) in
                    authority = try Self.authority(&cursor)
                }
            case "amount": amount = try cursor.integer()
            default: try cursor.skip()
            }
        }
        told = corrected
        verdict = .decided(path, amount: Money(fen: amount), code: code, by: authority)
    }

    /// The inputs of a ruling; `outcome` reads, or skips, its outcome.
    private static func inputs(
        _ cursor: inout JSONCursor,
        outcome: (inout JSONCursor) throws(JSONCursor.Malformed) -> Void
    ) throws(JSONCursor.Malformed) -> Facts {
        var inputs: Facts = [:]
        try cursor.object { (cursor, key) throws(JSONCursor.Malformed) in
            switch key {
            case "outcome": try outcome(&cursor)
            case "grounds":
                try cursor.object { (cursor, key) throws(JSONCursor.Malformed) in
                    if key == "inputs" { inputs = try cursor.facts() } else { try cursor.skip() }
                }
            default: try cursor.skip()
            }
        }
        return inputs
    }

    /// `{"automatic":{}}` or `{"people":{"_0":["reviewer"]}}`.
    private static func authority(
        _ cursor: inout JSONCursor
    ) throws(JSONCursor.Malformed) -> Authority {
        var roles: [Role]?
        try cursor.object { (cursor, key) throws(JSONCursor.Malformed) in
            guard key == "people" else { return try cursor.skip() }
            try cursor.object { (cursor, _) throws(JSONCursor.Malformed) in
                try cursor.array { (cursor) throws(JSONCursor.Malformed) in
                    roles = (roles ?? []) + [Role(rawValue: try cursor.string())].compactMap { $0 }
                }
            }
        }
        return roles.map { .people($0) } ?? .automatic
    }
}
