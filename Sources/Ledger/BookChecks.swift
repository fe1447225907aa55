/// What a draft makes of the balances and reservations it touches.
struct Change {
    var totals: [String: Money] = [:]
    var balances: [Account: Money] = [:]
    var reservations: [Reservation] = []
}

/// The checks of a draft, in the order that `PostingError` documents.
extension Book {
    func change(by draft: Draft, at now: Moment) throws(PostingError) -> Change {
        try checkTotals()
        try checkHeading(of: draft)
        try checkLines(of: draft)
        try checkPeriod(of: draft)
        try checkNamed(in: draft)
        var change = Change()
        change.reservations = try reservations(after: draft, at: now)
        try checkReleases(in: draft)
        try checkLapses(before: draft, at: now)
        try addMovements(of: draft, to: &change)
        try checkOverdrafts(change)
        try checkGuards(change)
        return change
    }

    private func checkTotals() throws(PostingError) {
        let sum = totals.values.reduce(Int128(0)) { $0 + Int128($1.fen) }
        guard sum == 0, head.number == 0 || !totals.isEmpty else {
            throw .booksOutOfBalance(fund: fund)
        }
    }

    private func checkHeading(of draft: Draft) throws(PostingError) {
        if draft.fund != fund { throw .wrongFund(draft.fund, expected: fund) }
        if draft.currency != currency { throw .wrongCurrency(draft.currency, expected: currency) }
        try check(draft.id.text, .id)
        try check(draft.fund, .fund)
        try check(draft.currency, .currency)
        try check(draft.reason, .reason)
        try check(draft.source, .source)
        try check(draft.maker, .maker)
        try check(draft.checker, .checker)
        try check(draft.reverses?.text, .reverses)
        try check(draft.corrects?.text, .corrects)
        for line in draft.lines {
            guard let use = line.reservation else { continue }
            try check(
                use.id.text, .reservation,
                limit: use.expires == nil ? Draft.textLimit : Lapse.idLimit)
        }
    }

    private func check(
        _ text: String?, _ field: Draft.Field, limit: Int? = nil
    ) throws(PostingError) {
        guard let text else { return }
        let limit = limit ?? (field == .reason ? Draft.reasonLimit : Draft.textLimit)
        guard (1...limit).contains(text.utf8.count) else { throw .badText(field, limit: limit) }
    }

    private func checkLines(of draft: Draft) throws(PostingError) {
        if draft.lines.count < 2 { throw .tooFewLines(draft.lines.count) }
        if draft.lines.count > Draft.lineLimit {
            throw .tooManyLines(draft.lines.count, limit: Draft.lineLimit)
        }
        for (index, line) in draft.lines.enumerated() where !line.amount.isPositive {
            throw .amountNotPositive(line: index + 1, line.amount)
        }
        for (index, line) in draft.lines.enumerated() where !chart.accepts(line.account) {
            throw .unknownAccount(line: index + 1, line.account)
        }
        var debits: Int128 = 0
        var credits: Int128 = 0
        for line in draft.lines {
            if line.side == .debit {
                debits += Int128(line.amount.fen)
            } else {
                credits += Int128(line.amount.fen)
            }
        }
        if debits != credits {
            throw .unbalanced(debits: Money(clamping: debits), credits: Money(clamping: credits))
        }
    }

    private func checkPeriod(of draft: Draft) throws(PostingError) {
        guard let closedThrough, draft.businessDate <= closedThrough else { return }
        throw .periodClosed(draft.businessDate, firstOpen: closedThrough.advanced(by: 1))
    }

    private func checkNamed(in draft: Draft) throws(PostingError) {
        if let reversed = draft.reverses, let corrected = draft.corrects {
            throw .reversesAndCorrects(reversed, corrected)
        }
        if let corrected = draft.corrects, trail[corrected] == nil {
            throw .voucherUnknown(corrected)
        }
        guard let reversed = draft.reverses else { return }
        guard let lines = trail[reversed] else { throw .voucherUnknown(reversed) }
        if let other = trail.reversal(of: reversed) { throw .reversedBefore(reversed, by: other) }
        for index in 0..<max(lines.count, draft.lines.count) {
            guard index < lines.count, index < draft.lines.count,
                draft.lines[index].mirrors(lines[index])
            else { throw .notMirrored(reversed, line: index + 1) }
        }
    }

    /// The reservations the draft touches, as they are after it. Lines work in their order.
    private func reservations(
        after draft: Draft, at now: Moment
    ) throws(PostingError) -> [Reservation] {
        for (index, line) in draft.lines.enumerated() {
            let isHeld = chart[line.account.code]?.holdsReservations ?? false
            if isHeld, !(line.reservation?.fits(line.side) ?? false) {
                throw .reservationMissing(line: index + 1)
            }
            if !isHeld, let use = line.reservation {
                throw .reservationMisplaced(line: index + 1, use.id)
            }
        }
        var changed: [ID<Reservation>: Reservation] = [:]
        for line in draft.lines {
            guard let use = line.reservation else { continue }
            let known = changed[use.id] ?? reservations[use.id]
            changed[use.id] =
                use.step == .opens
                ? try opening(use, with: line, known: known, at: now)
                : try settling(use, with: line, known: known, at: now)
        }
        return changed.count < 2
            ? Array(changed.values) : changed.values.sorted { $0.id < $1.id }
    }

    private func opening(
        _ use: ReservationUse, with line: Line, known: Reservation?, at now: Moment
    ) throws(PostingError) -> Reservation {
        guard known == nil,
            let new = Reservation(
                id: use.id, fund: fund, amount: line.amount, expires: use.expires,
                account: line.account)
        else { throw .reservationTaken(use.id) }
        if let expires = use.expires, expires <= now {
            throw .reservationExpired(use.id, at: expires)
        }
        return new
    }

    private func settling(
        _ use: ReservationUse, with line: Line, known: Reservation?, at now: Moment
    ) throws(PostingError) -> Reservation {
        guard let known else { throw .reservationUnknown(use.id) }
        return try known.settling(line, use.step, at: now)
    }

    /// Both legs of a release stand in one voucher: what leaves the reservation is owed to a tourist.
    private func checkReleases(in draft: Draft) throws(PostingError) {
        var released: Int128 = 0
        var payable: Int128 = 0
        for line in draft.lines {
            if line.reservation?.step == .releases { released += Int128(line.amount.fen) }
            if line.side == .credit, line.account.code == Chart.payable {
                payable += Int128(line.amount.fen)
            }
        }
        if released > payable {
            throw .releaseUnpaid(
                released: Money(clamping: released), payable: Money(clamping: payable))
        }
    }

    /// A lapse is exactly the one the ledger gives, and comes before everything else at its time.
    private func checkLapses(before draft: Draft, at now: Moment) throws(PostingError) {
        if Lapse.isClaimed(by: draft) {
            let use = draft.lines.lazy.compactMap(\.reservation).first { $0.step == .lapses }
            guard let use, let reservation = reservations[use.id],
                Lapse.isWellFormed(draft, of: reservation)
            else { throw .lapseMalformed(draft.id) }
        } else if let due = firstLapseDue(at: now) {
            throw .lapseDue(due)
        }
    }

    private func addMovements(of draft: Draft, to change: inout Change) throws(PostingError) {
        var moved: [Account: Int128] = [:]
        for line in draft.lines { moved[line.account, default: 0] += line.side.signed(line.amount) }
        var movedByCode: [String: Int128] = [:]
        for (account, amount) in moved { movedByCode[account.code, default: 0] += amount }
        for account in draft.accounts {
            let sum = Int128(balance(account).fen) + (moved[account] ?? 0)
            let codeSum = Int128(total(account.code).fen) + (movedByCode[account.code] ?? 0)
            guard let fen = Int64(exactly: sum), let codeFen = Int64(exactly: codeSum) else {
                throw .overflow(account)
            }
            change.balances[account] = Money(fen: fen)
            change.totals[account.code] = Money(fen: codeFen)
        }
    }

    private func checkOverdrafts(_ change: Change) throws(PostingError) {
        for account in change.balances.keys.sorted() {
            guard let entry = chart[account.code], !entry.mayBeOverdrawn,
                let after = change.balances[account]
            else { continue }
            let sign: Int128 = entry.kind.normalSide == .debit ? 1 : -1
            let (free, left) = (Int128(balance(account).fen) * sign, Int128(after.fen) * sign)
            if left < 0, left < free {
                throw .overdrawn(
                    account, free: Money(clamping: free), wanted: Money(clamping: free - left))
            }
        }
    }

    private func checkGuards(_ change: Change) throws(PostingError) {
        for rule in chart.guards {
            let free = sum(of: rule)
            let left = rule.codes.reduce(Int128(0)) {
                $0 + Int128((change.totals[$1] ?? total($1)).fen)
            }
            if left < 0, left < free {
                throw .guardWouldFall(
                    rule.name, free: Money(clamping: free), wanted: Money(clamping: free - left))
            }
        }
    }
}

extension Line {
    /// Whether this line takes back `other`: same account and amount, other side, and a reservation
    /// returned for one opened, or opened anew for one that was settled.
    fileprivate func mirrors(_ other: Line) -> Bool {
        guard account == other.account, amount == other.amount, side == other.side.opposite else {
            return false
        }
        return switch (other.reservation?.step, reservation?.step) {
        case (nil, nil), (.opens, .returns): true
        case (.releases, .opens), (.returns, .opens), (.lapses, .opens): true
        default: false
        }
    }
}
