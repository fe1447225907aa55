/// What a draft makes of the balances and reservations it touches.
struct Change {
    /// In the order of the codes.
    var totals: [(code: String, total: Money)] = []
    /// In the order of the accounts.
    var balances: [(account: Account, before: Money, after: Money)] = []
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
        if !isBalanced { throw .booksOutOfBalance(fund: fund) }
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
        if let corrected = draft.corrects, !trail.contains(corrected) {
            throw .voucherUnknown(corrected)
        }
        guard let reversed = draft.reverses else { return }
        guard trail.contains(reversed) else { throw .voucherUnknown(reversed) }
        if let other = trail.reversal(of: reversed) { throw .reversedBefore(reversed, by: other) }
        if let line = trail.firstUnlike(draft.lines, mirroring: reversed) {
            throw .notMirrored(reversed, line: line)
        }
    }

    /// The reservations the draft touches, as they are after it. Lines work in their order.
    private func reservations(
        after draft: Draft, at now: Moment
    ) throws(PostingError) -> [Reservation] {
        for index in draft.lines.indices {
            let line = draft.lines[index]
            let isHeld = chart.holdsReservations(line.account.code)
            if isHeld, !(line.reservation?.fits(line.side) ?? false) {
                throw .reservationMissing(line: index + 1)
            }
            if !isHeld, let use = line.reservation {
                throw .reservationMisplaced(line: index + 1, use.id)
            }
        }
        var changed: [Reservation] = []
        for line in draft.lines {
            guard let use = line.reservation else { continue }
            let place = changed.firstIndex { $0.id == use.id }
            let known = place.map { changed[$0] } ?? reservations[use.id]
            let next =
                use.step == .opens
                ? try opening(use, with: line, known: known, at: now)
                : try settling(use, with: line, known: known, at: now)
            if let place { changed[place] = next } else { changed.append(next) }
        }
        return changed
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
        // An id is one reservation's in all funds; another fund's is nothing to these books.
        guard let known, known.fund == fund else { throw .reservationUnknown(use.id) }
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
        let lines = draft.lines
        let order = lines.indices.sorted { lines[$0].account < lines[$1].account }
        var next = 0
        while next < order.count {
            let first = lines[order[next]].account
            let last = order[next...].firstIndex { lines[$0].account.code != first.code }
            let run = next..<(last ?? order.count)
            let total = run.reduce(Int128(total(first.code).fen)) { sum, place in
                let line = lines[order[place]]
                return sum + line.side.signed(line.amount)
            }
            guard let codeFen = Int64(exactly: total) else { throw .overflow(first) }
            change.totals.append((first.code, Money(fen: codeFen)))
            while next < run.upperBound {
                let account = lines[order[next]].account
                let before = balance(account)
                var sum = Int128(before.fen)
                while next < run.upperBound, lines[order[next]].account == account {
                    sum += lines[order[next]].side.signed(lines[order[next]].amount)
                    next += 1
                }
                guard let fen = Int64(exactly: sum) else { throw .overflow(account) }
                change.balances.append((account, before, Money(fen: fen)))
            }
        }
    }

    private func checkOverdrafts(_ change: Change) throws(PostingError) {
        for (account, before, after) in change.balances {
            guard let place = chart.place(of: account.code),
                !chart.entries[place].mayBeOverdrawn
            else { continue }
            let sign: Int128 = chart.entries[place].kind.normalSide == .debit ? 1 : -1
            let (free, left) = (Int128(before.fen) * sign, Int128(after.fen) * sign)
            if left < 0, left < free {
                throw .overdrawn(
                    account, free: Money(clamping: free), wanted: Money(clamping: free - left))
            }
        }
    }

    private func checkGuards(_ change: Change) throws(PostingError) {
        for rule in chart.guards {
            var moved: Int128 = 0
            for (code, after) in change.totals where rule.codes.contains(code) {
                moved += Int128(after.fen) - Int128(total(code).fen)
            }
            // One that rises cannot fall, whatever it stands at.
            guard moved < 0 else { continue }
            let free = sum(of: rule)
            let left = free + moved
            if left < 0 {
                throw .guardWouldFall(
                    rule.name, free: Money(clamping: free), wanted: Money(clamping: -moved))
            }
        }
    }
}
