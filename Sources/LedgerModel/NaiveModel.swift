package import Ledger

/// The books as a beginner would keep them: dictionaries of names to fen, rules written out by hand.
///
/// It shares no code with the ledger but the types of a draft, so that what both say is not said twice
/// by one mistake.
package struct NaiveModel: Sendable {
    /// A reservation, in fen.
    package struct Held: Equatable, Sendable {
        package fileprivate(set) var left: Int
        let whole: Int
        fileprivate var released = 0
        fileprivate var lapsed = 0
        let expires: Int64?
        package let account: String

        /// The ledger's own, as the model would have written it.
        package init(_ reservation: Reservation) {
            self.init(
                left: Int(reservation.open.fen), whole: Int(reservation.amount.fen),
                released: Int(reservation.released.fen), lapsed: Int(reservation.lapsed.fen),
                expires: reservation.expires?.ms, account: reservation.account.description)
        }

        fileprivate init(
            left: Int, whole: Int, released: Int = 0, lapsed: Int = 0, expires: Int64?,
            account: String
        ) {
            self.left = left
            self.whole = whole
            self.released = released
            self.lapsed = lapsed
            self.expires = expires
            self.account = account
        }
    }

    private let fund: String

    package private(set) var accounts: [String: Int] = [:]
    package private(set) var reservations: [String: Held] = [:]
    private var drafts: [String: Draft] = [:]
    private var reversed: [String: String] = [:]
    package private(set) var spendable = 0
    /// The last closed day as text, which sorts as days do.
    package var closed = ""
    /// The open reservations that expire.
    private var expiring: Set<String> = []

    package init(fund: String) { self.fund = fund }

    private static let cash: Set<Substring> = ["1002", "1012", "2241", "2249", "3102"]

    /// `ok`, `again`, or the refusal as scripts write it.
    package mutating func post(_ draft: Draft, at now: Moment) -> String {
        if let earlier = drafts[draft.id.text] { return earlier == draft ? "again" : "taken" }
        if let refusal = look(at: draft) ?? lookAtNamed(in: draft) { return refusal }
        let touched = draft.reservations.map { ($0.text, reservations[$0.text]) }
        let refusal =
            settle(draft, at: now.ms, as: touched) ?? move(draft.lines)
        if let refusal {
            for (id, before) in touched { reservations[id] = before }
            return refusal
        }
        for (id, _) in touched {
            let held = reservations[id]!
            if held.left > 0 && held.expires != nil {
                expiring.insert(id)
            } else {
                expiring.remove(id)
            }
        }
        drafts[draft.id.text] = draft
        if let first = draft.reverses { reversed[first.text] = draft.id.text }
        return "ok"
    }

    /// The reservations whose time is over, first by time, then by name.
    package func due(at now: Moment) -> [String] {
        expiring.filter { reservations[$0]!.expires! <= now.ms }.sorted {
            (reservations[$0]!.expires!, $0) < (reservations[$1]!.expires!, $1)
        }
    }

    package func spendable(at now: Moment) -> Int {
        due(at: now).reduce(spendable) { $0 + reservations[$1]!.left }
    }

    private func look(at draft: Draft) -> String? {
        if draft.fund != fund { return "fund" }
        if draft.lines.count < 2 { return "few" }
        for (index, line) in draft.lines.enumerated() where line.amount.fen <= 0 {
            return "amount \(index + 1)"
        }
        for (index, line) in draft.lines.enumerated() {
            let divided = ["1122", "1221", "2241"].contains(line.account.code)
            if line.account.code == "9999" || (divided && line.account.sub == nil) {
                return "account \(index + 1)"
            }
        }
        let debits = draft.lines.filter { $0.side == .debit }.map(\.amount.fen).reduce(0, +)
        let credits = draft.lines.filter { $0.side == .credit }.map(\.amount.fen).reduce(0, +)
        if debits != credits { return "unbalanced \(Money(fen: debits)) \(Money(fen: credits))" }
        if draft.businessDate.description <= closed {
            return "closed \(Day(closed)!.advanced(by: 1))"
        }
        return nil
    }

    private func lookAtNamed(in draft: Draft) -> String? {
        if draft.reverses != nil && draft.corrects != nil { return "both" }
        if let first = draft.corrects, drafts[first.text] == nil { return "unknown \(first)" }
        guard let first = draft.reverses else { return nil }
        guard let lines = drafts[first.text]?.lines else { return "unknown \(first)" }
        if let other = reversed[first.text] { return "reversed \(first) \(other)" }
        for place in 0..<max(lines.count, draft.lines.count) {
            if place >= lines.count || place >= draft.lines.count {
                return "unlike \(first) \(place + 1)"
            }
            let (a, b) = (lines[place], draft.lines[place])
            let step = (
                a.reservation.map { "\($0.step)" } ?? "", b.reservation.map { "\($0.step)" } ?? ""
            )
            let fits =
                step == ("", "") || step == ("opens", "returns")
                || (step.0 != "" && step.0 != "opens" && step.1 == "opens")
            if a.account != b.account || a.amount != b.amount || a.side == b.side || !fits {
                return "unlike \(first) \(place + 1)"
            }
        }
        return nil
    }

    private mutating func settle(
        _ draft: Draft, at now: Int64, as before: [(String, Held?)]
    ) -> String? {
        for (index, line) in draft.lines.enumerated() {
            let use = line.reservation.map { "\($0.step)" }
            if line.account.code == "3102" {
                let fits =
                    line.side == .credit
                    ? use == "opens" : ["releases", "returns", "lapses"].contains(use)
                let dated = line.reservation?.expires != nil
                if !fits || (dated && use != "opens") { return "missing \(index + 1)" }
            } else if use != nil {
                return "misplaced \(index + 1)"
            }
        }
        for line in draft.lines {
            if let refusal = settle(line, at: now) { return refusal }
        }
        let released = draft.lines.filter { $0.reservation?.step == .releases }
            .reduce(0) { $0 + $1.amount.fen }
        let payable = draft.lines.filter { $0.account.code == "2241" && $0.side == .credit }
            .reduce(0) { $0 + $1.amount.fen }
        if released > payable {
            return "unpaid \(text(Int(released))) \(text(Int(payable)))"
        }
        let lapse = draft.lines.first { $0.reservation?.step == .lapses }
        if lapse != nil || draft.id.text.hasSuffix("#lapse") {
            guard let id = lapse?.reservation?.id.text,
                let held = before.first(where: { $0.0 == id })?.1, draft.id.text == id + "#lapse",
                draft.lines.count == 2, draft.lines[0] == lapse!, lapse!.amount.fen == held.left,
                draft.lines[1].account.description == "3101"
            else { return "malformed" }
        } else if let first = due(at: Moment(ms: now), before) {
            return "due \(first)"
        }
        return nil
    }

    /// As `due`, before the draft at hand changed what it touches.
    private func due(at now: Moment, _ before: [(String, Held?)]) -> String? {
        let held = Dictionary(before.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
        return expiring.filter { id in
            let entry = held[id] ?? reservations[id]
            return (entry?.expires ?? .max) <= now.ms
        }.min { (reservations[$0]!.expires!, $0) < (reservations[$1]!.expires!, $1) }
    }

    private mutating func settle(_ line: Line, at now: Int64) -> String? {
        guard let use = line.reservation else { return nil }
        let fen = Int(line.amount.fen)
        if use.step == .opens {
            if reservations[use.id.text] != nil { return "reserved" }
            if let expires = use.expires, expires.ms <= now { return "expired" }
            reservations[use.id.text] = Held(
                left: fen, whole: fen, expires: use.expires?.ms, account: line.account.description)
            return nil
        }
        guard var known = reservations[use.id.text] else { return "unknown" }
        let isOver = known.expires.map { $0 <= now } ?? false
        if use.step == .lapses {
            if known.left == 0 { return "settled" }
            if !isOver { return known.expires == nil ? "unlimited" : "early" }
        } else {
            if known.left == 0 && known.lapsed == 0 { return "settled" }
            if isOver || known.lapsed > 0 { return "expired" }
        }
        if known.account != line.account.description { return "elsewhere \(known.account)" }
        if fen > known.left { return "insufficient \(text(known.left)) \(text(fen))" }
        known.left -= fen
        if use.step == .releases { known.released += fen }
        if use.step == .lapses { known.lapsed += fen }
        reservations[use.id.text] = known
        return nil
    }

    private mutating func move(_ lines: [Line]) -> String? {
        var next: [String: Int] = [:]
        for line in lines {
            let name = line.account.description
            let fen = line.side == .debit ? Int(line.amount.fen) : -Int(line.amount.fen)
            next[name] = (next[name] ?? accounts[name] ?? 0) + fen
        }
        for name in next.keys.sorted() {
            let sign = name.hasPrefix("11") || name.hasPrefix("12") ? 1 : -1
            guard ["1122", "1221", "2241", "3102"].contains(name.prefix(4)) else { continue }
            let (before, after) = (sign * (accounts[name] ?? 0), sign * (next[name] ?? 0))
            if after < 0 { return "overdrawn \(text(before)) \(text(before - after))" }
        }
        let after = next.reduce(spendable) { sum, entry in
            Self.cash.contains(entry.key.prefix(4))
                ? sum + entry.value - (accounts[entry.key] ?? 0) : sum
        }
        if after < 0 { return "spendable \(text(spendable)) \(text(spendable - after))" }
        accounts.merge(next) { _, new in new }
        spendable = after
        return nil
    }

    private func text(_ fen: Int) -> String { Money(fen: Int64(fen)).description }
}
