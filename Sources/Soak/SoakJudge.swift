import Ledger
import LedgerModel

/// Holds what racing writers were told against a model with books of its own.
///
/// Writers race, so the model goes in the order the database gave: every step says which voucher was the
/// last, and which day the last closed, in the very transaction that answered it. That is the one state on
/// which the answer must be the model's.
struct SoakJudge {
    private var model = NaiveModel(fund: soakFund)
    /// How many vouchers the model has taken.
    private(set) var number: Int64 = 0
    /// How often each answer was given, by the first word of its name.
    private(set) var outcomes: [String: Int] = [:]
    private var byID: [ID<Voucher>: Voucher] = [:]

    /// Takes a round of steps with all vouchers it made, the lapses included.
    mutating func take(_ steps: [SoakStep], _ vouchers: [Voucher]) throws(Disagreement) {
        let inOrder = steps.sorted { Self.place($0) < Self.place($1) }
        var rest = inOrder[...]
        for voucher in vouchers {
            while let step = rest.first, step.before.head.number < voucher.number {
                try take(step)
                rest.removeFirst()
            }
            try take(voucher)
        }
        for step in rest { try take(step) }
    }

    /// A closing comes after the steps that did not know of it yet, and before those that did.
    private static func place(_ step: SoakStep) -> (Int64, Int, Int) {
        let isClosing = if case .closed = step.answer { 1 } else { 0 }
        return (
            step.before.head.number, step.before.closedThrough?.number ?? .min, isClosing
        )
    }

    private mutating func take(_ voucher: Voucher) throws(Disagreement) {
        guard voucher.number == number + 1 else {
            throw Disagreement("voucher \(number + 1) is missing: \(voucher.number) comes next")
        }
        if voucher.id.text.hasSuffix("#lapse") { count("lapse") }
        let said = model.post(voucher.draft, at: voucher.recordedAt)
        guard said == "ok" else {
            throw Disagreement(
                "voucher \(voucher.number) was posted, the model says \(said): \(voucher.draft)")
        }
        number = voucher.number
        byID[voucher.id] = voucher
    }

    private mutating func take(_ step: SoakStep) throws(Disagreement) {
        let (before, after) = (step.before, step.after)
        guard before.head.number == number else {
            throw Disagreement(
                "a step was answered on voucher \(before.head.number), not \(number)")
        }
        let closed = before.closedThrough?.description ?? ""
        guard closed == model.closed else {
            throw Disagreement(
                "at voucher \(number) a step knew the books closed through \(closed), "
                    + "they are through \(model.closed): \(step.draft)")
        }
        try compare(before, "before")
        switch step.answer {
        case .closed(let day):
            count("close")
            model.closed = day.description
        case .keptOpen: count("kept open")
        case .posted(let voucher):
            count("ok")
            // The model's turn comes with the voucher itself; what came before it are lapses.
            guard voucher.number > number, voucher.number == after.head.number else {
                throw Disagreement("voucher \(voucher.number) was posted on \(number)")
            }
        case .again(let voucher):
            count("again")
            // Whether it was posted then, or moments ago by another writer, it is the same voucher.
            guard byID[step.draft.id] == voucher else {
                throw Disagreement("another voucher answers for \(step.draft.id)")
            }
            guard model.post(step.draft, at: step.now) == "again" else {
                throw Disagreement("the model has not accepted \(step.draft) before")
            }
        case .refused(let said):
            count(String(said.prefix { $0 != " " }))
            guard before == after else {
                throw Disagreement("refused as \(said), yet the books moved: \(step.draft)")
            }
            let expected = try refusal(of: step)
            guard said == expected else {
                throw Disagreement(
                    "at voucher \(number): \(said), the model says \(expected): \(step.draft)")
            }
        }
    }

    /// What the model says to a refused draft. It changes nothing, so the model stays as it was.
    private mutating func refusal(of step: SoakStep) throws(Disagreement) -> String {
        let due = model.due(at: step.now)
        guard step.isUndone, !due.isEmpty else { return model.post(step.draft, at: step.now) }
        // The lapses were posted before the draft, and undone with it.
        var trial = model
        for id in due {
            guard let held = trial.reservations[id],
                trial.post(lapse(id, held), at: step.now) == "ok"
            else { throw Disagreement("the model cannot let \(id) lapse") }
        }
        return trial.post(step.draft, at: step.now)
    }

    private func lapse(_ id: String, _ held: NaiveModel.Held) -> Draft {
        let account = Account(text: held.account) ?? Account(Chart.reserved)
        // The day matters to nothing but closed periods, and a lapse is never of one.
        return Draft(
            id: ID(id + "#lapse"), fund: soakFund, businessDate: Day("9999-12-31")!, reason: "到期",
            source: id, maker: "model",
            lines: Posting.lapse(Money(fen: Int64(held.left)), of: ID(id), heldIn: account))
    }

    private mutating func count(_ outcome: String) { outcomes[outcome, default: 0] += 1 }

    /// What one transaction saw, account by account.
    private func compare(_ sight: Sight, _ when: String) throws(Disagreement) {
        for (account, balance) in sight.balances
        where balance.fen != Int64(model.accounts[account.description] ?? 0) {
            throw Disagreement("\(account) stands at \(balance) \(when) voucher \(number + 1)")
        }
        for (id, reservation) in sight.reservations
        where NaiveModel.Held(reservation) != model.reservations[id.text] {
            throw Disagreement("reservation \(id) differs at voucher \(number)")
        }
        if sight.totals.values.reduce(0, { $0 + $1.fen }) != 0 {
            throw Disagreement("debits and credits differ at voucher \(number)")
        }
        guard let spendable = sight.spendable, spendable.fen == Int64(model.spendable),
            !spendable.isNegative
        else { throw Disagreement("\(sight.spendable ?? .zero) is spendable, not so the model") }
    }

    /// Holds the stored books, read whole from one state, against the model: every balance, every
    /// reservation, every total.
    func compare(_ stored: Book) throws(Disagreement) {
        guard stored.head.number == number else {
            throw Disagreement("the stored head is \(stored.head.number), not \(number)")
        }
        let balances = Dictionary(
            uniqueKeysWithValues: stored.balances.map { ($0.key.description, Int($0.value.fen)) })
        guard balances == model.accounts else { throw Disagreement("stored balances differ") }
        let held = Dictionary(
            uniqueKeysWithValues: stored.reservations.map {
                ($0.key.text, NaiveModel.Held($0.value))
            })
        guard held == model.reservations else { throw Disagreement("stored reservations differ") }
        var totals: [String: Int64] = [:]
        for (name, fen) in model.accounts {
            totals[String(name.prefix(4)), default: 0] += Int64(fen)
        }
        guard totals == stored.totals.mapValues(\.fen) else {
            throw Disagreement("stored totals differ")
        }
    }
}

/// Where books and model part.
package struct Disagreement: Error, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}
