package import Casework
package import Ledger
package import Store

/// A period that was just closed.
package struct ClosedPeriod: Sendable {
    package let period: Period
    /// The last voucher of the books as closed: an auditor can ask for exactly these.
    package let head: Head
    /// What lay in each place at the end of the period.
    package let bank: Money
    package let platform: Money
    package let closedAt: Moment
    package let maker: String
    package let checker: String
    /// For the auditor to keep; nil when the office has no signing key.
    package let checkpoint: SignedCheckpoint?
}

/// How days, months and years are closed: one person puts the period forward, another agrees.
extension Work {
    /// Puts `period` forward to be closed; refused while anything stands in the way.
    package func proposeClosing(_ period: Period, by actor: Actor) throws -> ClosingProposal {
        try permit(.proposeClosing, actor)
        try checkFund()
        try refuseClosed(period)
        try refuseWhoMovedMoney(actor, .proposeClosing)
        let problems = try obstacles(toClosing: period)
        guard problems.isEmpty else { throw WorkflowError.periodNotReady(problems) }
        let proposal = ClosingProposal(
            fund: books.fund, period: period, proposedBy: actor.name, proposedAt: now)
        try transaction.writeProposal(proposal)
        return proposal
    }

    /// Closes what another person put forward, for good. At the end of a year income, expense and loss are
    /// first carried into the fund.
    package func close(_ period: Period, by actor: Actor) throws -> ClosedPeriod {
        try permit(.closePeriod, actor)
        try refuseClosed(period)
        guard let proposal = try transaction.proposal(toClose: period, of: books.fund) else {
            throw WorkflowError.notProposed(period)
        }
        guard proposal.proposedBy != actor.name else {
            throw WorkflowError.anotherPersonNeeded(
                Permissions.Action.closePeriod.rawValue, actor)
        }
        try refuseWhoMovedMoney(actor, .closePeriod)
        // What has expired by now lapses before the books are closed, not after.
        try transaction.lapse(
            books.chart, fund: books.fund, currency: books.postings.currency, at: now)
        // The books may have moved since it was put forward.
        let problems = try obstacles(toClosing: period)
        guard problems.isEmpty else { throw WorkflowError.periodNotReady(problems) }
        try carryForward(period, proposal.proposedBy, actor.name)
        let closed = ClosedPeriod(
            period: period, head: try transaction.ledgerHead(books.fund),
            bank: try transaction.balance(books.fund, of: Chart.bank, through: period.lastDay),
            platform: try transaction.balance(
                books.fund, of: Chart.platform, through: period.lastDay),
            closedAt: now, maker: proposal.proposedBy, checker: actor.name,
            checkpoint: try signCheckpoint(closing: period))
        try write(closed)
        return closed
    }

    /// Who pays out or moves money by hand does not also say that books and bank agree.
    private func refuseWhoMovedMoney(_ actor: Actor, _ action: Permissions.Action) throws {
        let since = try transaction.lastClosedDay(books.fund)?.closedAt ?? Moment(ms: 0)
        guard try !transaction.hasMovedMoney(actor.name, since: since, in: books.fund) else {
            throw WorkflowError.anotherPersonNeeded(action.rawValue, actor)
        }
    }

    /// - Throws: `WorkflowError.periodClosed`
    func refuseClosed(_ period: Period) throws {
        switch period.kind {
        case .day:
            guard let last = try transaction.lastClosedDay(books.fund), last.day >= period.lastDay
            else { return }
            throw WorkflowError.periodClosed(.day(last.day))
        case .month, .year:
            let closings = try transaction.closings(books.fund, period.kind)
            guard let last = closings.last, last.period.lastDay >= period.lastDay else { return }
            throw WorkflowError.periodClosed(last.period)
        }
    }

    /// Carries income and expense of a year that ends in the period into the fund: the first closing that
    /// reaches 31 December is the last that can.
    private func carryForward(_ period: Period, _ maker: String, _ checker: String) throws {
        let year = Period.year(of: period.lastDay)
        let yearEnd = period.endsYear ? year.lastDay : year.firstDay.advanced(by: -1)
        guard try transaction.closedThrough(books.fund).map({ $0 < yearEnd }) ?? true else {
            return
        }
        let position = try transaction.position(books.fund, through: yearEnd, at: now)
        for draft in position.carryForward(
            books.chart, fund: books.fund, currency: books.postings.currency, maker: maker,
            checker: checker)
        {
            _ = try transaction.post(draft, chart: books.chart, at: now)
        }
    }

    private func write(_ closed: ClosedPeriod) throws {
        let period = closed.period
        guard period.kind == .day else {
            let closing = try Closing(
                period, of: books.fund, chart: books.chart,
                position: try transaction.position(
                    books.fund, through: period.lastDay, at: now),
                after: try transaction.closings(books.fund), today: today, maker: closed.maker,
                checker: closed.checker)
            return try transaction.writeClosing(closing)
        }
        try transaction.writeClosedDay(
            ClosedDay(
                fund: books.fund, day: period.lastDay, bank: closed.bank,
                platform: closed.platform, head: closed.head, closedAt: now,
                closedBy: closed.checker, preparedBy: closed.maker))
    }

    private func signCheckpoint(closing period: Period) throws -> SignedCheckpoint? {
        guard let key = office.signingKey else { return nil }
        let book = try transaction.standingBook(books, at: now)
        var filter = VoucherFilter()
        (filter.after, filter.limit) = (book.head.number - 1, 1)
        guard let last = try transaction.vouchers(books.fund, filter).first else { return nil }
        let signed = try key.sign(
            Checkpoint(of: book, recordedAt: last.recordedAt, closes: period))
        try transaction.writeCheckpoint(signed, at: now)
        return signed
    }
}
