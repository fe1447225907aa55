package import Casework
package import Ledger
import Logging
import Store

/// A case in hand: the file as it is now, and what has happened to it in this transaction.
struct Sheet {
    var file: Case
    /// The events the database had when the work began.
    let past: [Recorded]
    /// The stage it was at then; nil for a new case.
    let leaving: String?
    /// What it added to the reports then.
    var reported: ReportEntry?
    var recorded: [Recorded] = []
}

extension Work {
    /// Gives `command` to a case, lets the office carry on by itself as far as it can, and writes it all.
    ///
    /// - Parameter version: What the caller saw; nil when it does not matter.
    @discardableResult
    package func perform(
        _ command: Command, on id: ID<Case>, by actor: Actor, expecting version: Int? = nil
    ) throws -> Case {
        var sheet = try sheet(id)
        let file = sheet.file
        if let version, version != file.version {
            throw WorkflowError.changedMeanwhile(id, version: file.version)
        }
        inHand = (id, command.kind, actor)
        let command = try completed(command, for: file)
        try enact(try file.decide(command, by: actor, at: now), by: actor, on: &sheet)
        try carryOn(&sheet)
        try write(sheet, after: command.kind, by: actor)
        return sheet.file
    }

    func sheet(_ id: ID<Case>) throws -> Sheet {
        let known = try known(id)
        // A step that failed may have made a version in memory that nobody will see.
        derivedFacts = nil
        return Sheet(
            file: known.file, past: known.events, leaving: known.file.stage.name,
            reported: known.reported)
    }

    /// What a person's command must be told by the policy and the books before it is decided.
    private func completed(_ command: Command, for file: Case) throws -> Command {
        let edition = try office.policies.edition(named: file.terms.edition)
        switch command {
        case .answerContest(false, let reason, let grant?, nil):
            let risk = try risk(of: file, under: edition)
            let authority = try authority(
                for: grant, on: .reserve, of: file, risk, under: edition)
            return .answerContest(
                isUpheld: false, reason: reason, grant: grant, authority: authority)
        case .reissuePayout(let payee, nil):
            return .reissuePayout(payee, risk: try risk(of: file, under: edition))
        default: return command
        }
    }

    /// Applies events, and books each in the books as it happens.
    func enact(_ events: [Event], by actor: Actor, on sheet: inout Sheet) throws {
        for event in events {
            let recorded = Recorded(
                event, position: sheet.file.version, actor: actor.name, at: now, recordedAt: now)
            if let draft = Postings.draft(for: recorded, of: sheet.file, in: books.postings) {
                _ = try transaction.post(try inOpenPeriod(draft), chart: books.chart, at: now)
            }
            sheet.file.apply(recorded)
            sheet.recorded.append(recorded)
        }
    }

    /// A closed day takes no voucher: what belongs to one is booked on the first open day, and the event
    /// keeps the day on which it happened.
    ///
    /// Every voucher of the office comes by here, so this is where one without a fund is refused.
    func inOpenPeriod(_ draft: Draft) throws -> Draft {
        try checkFund()
        guard let closed = try transaction.closedDay(books.fund), draft.businessDate <= closed
        else { return draft }
        return draft.moved(to: closed.advanced(by: 1))
    }

    func checkFund() throws(WorkflowError) {
        guard books.hasFund else { throw .noFund(jurisdiction: books.fund) }
    }

    /// Writes what happened: events, queue line, clocks, keys, payouts, messages, and what it adds to the
    /// reports.
    func write(_ sheet: Sheet, after command: Command.Kind, by actor: Actor) throws {
        guard !sheet.recorded.isEmpty else { return }
        committedBeside = nil
        caseInHand = nil
        try transaction.append(
            sheet.recorded, to: sheet.file, leaving: sheet.leaving, zone: books.zone)
        try transaction.writePayouts(of: sheet.file, after: sheet.recorded)
        try transaction.writeRecovery(of: sheet.file, after: sheet.recorded)
        for message in Outward.messages(for: sheet.recorded, of: sheet.file, at: now) {
            try transaction.enqueue(message.message, notBefore: message.notBefore)
        }
        let reported = try report(sheet)
        try tell(sheet)
        if office.messages == .sent { try notify(sheet) }
        changed.append(
            .init(
                KnownCase(
                    file: sheet.file, events: sheet.past + sheet.recorded, reported: reported),
                at: now))
        guard office.logger.logLevel <= .info else { return }
        journal.append([
            "case": "\(sheet.file.id)", "command": "\(command.rawValue)", "actor": "\(actor.name)",
            "events": "\(sheet.recorded.map(\.event.kind).joined(separator: " "))",
            "stage": "\(sheet.file.stage.name)", "edition": "\(sheet.file.terms.edition)",
        ])
    }
}

extension Work {
    /// Moves the tallies by what the case adds to them now and did not before.
    private func report(_ sheet: Sheet) throws -> ReportEntry {
        let old = sheet.reported
        let edition = try office.policies.edition(named: sheet.file.terms.edition)
        var record = ReportRecord(
            of: sheet.file, events: sheet.past + sheet.recorded,
            // Where the same line takes other demands, its claims are counted beside them.
            kind: edition.hotline.isOffered ? "claim" : "complaint", zone: books.zone)
        // What the events do not tell.
        record.refusedAttempts = old?.record.refusedAttempts ?? 0
        record.isRiskConfirmed = old?.record.isRiskConfirmed
        return try transaction.writeReport(old: old, new: record)
    }
}

extension Draft {
    fileprivate func moved(to day: Day) -> Draft {
        Draft(
            id: id, fund: fund, currency: currency, businessDate: day, reason: reason,
            source: source,
            maker: maker, checker: checker, reverses: reverses, corrects: corrects, lines: lines)
    }
}
