package import Ledger

extension ReportRecord {
    /// What a case adds to the reports, from its events.
    ///
    /// A case is a complaint about a merchant: it does not tell whether the bureau contacted the tourist
    /// in time, whether several bureaus worked together, or whether a sign of risk was confirmed.
    ///
    /// - Parameters:
    ///   - file: The case after `events`.
    ///   - events: All of them, in order.
    ///   - kind: `complaint`; another where the office counts its claims apart from complaints.
    ///   - area: The edition's area, where it has several.
    ///   - zone: The office's, for the days.
    package init(
        of file: Case, events: some Sequence<Recorded>, kind: String = "complaint",
        area: String = "", zone: Zone
    ) {
        self.init(
            id: file.id.text, registered: zone.day(at: file.filedAt),
            facets: Facets(
                kind: kind, category: file.classification?.outcome.category ?? "",
                area: area, bureau: file.handlings.last?.bureau ?? "",
                channel: file.filing.channel.rawValue, edition: file.terms.edition))
        merchant = file.filing.merchant
        isEnrolled = file.terms.standing.isCovered
        isComplaint = kind == "complaint"
        isUrgent = file.classification?.outcome.isUrgent ?? false
        if case .accept = file.acceptance?.outcome { isAccepted = true }
        outcome = Outcome(of: file.stage)
        dispatches = file.handlings.count
        followUp = file.followUps.last?.grade
        isContested = file.contest != nil
        riskFlags = (file.risk?.outcome.flags ?? []).sorted()
        isInDefault = file.clocks[.repayment]?.fired.contains(.breach) ?? false
        if let recovery = file.recovery {
            money.recoverable = recovery.amount
            money.repaid = recovery.repaid.plus(recovery.setOff).plus(recovery.recoveredLate)
        }
        var runs = ClockRuns()
        for recorded in events { take(recorded, of: file, &runs, zone) }
        if outcome == nil { ended = nil }
        if outcome == .merged { isRepeat = true }
        if file.paidByMerchant.isPositive {
            money.recovered = file.paidByMerchant.plus(money.recovered ?? .zero)
        }
        close(runs)
    }

    private mutating func take(
        _ recorded: Recorded, of file: Case, _ runs: inout ClockRuns, _ zone: Zone
    ) {
        runs.take(recorded)
        switch recorded.event {
        case .resolved(let resolution):
            ended = zone.day(at: recorded.at)
            money.withoutAdvance =
                resolution == .solvedWithoutAdvance ? file.paidByMerchant : money.withoutAdvance
        case .declined, .handedOver, .merged, .withdrawn: ended = zone.day(at: recorded.at)
        case .reopened:
            isReopened = true
            ended = nil
        case .contactJoined: isRepeat = true
        case .audited(.notOurs): returns += 1
        case .contestAnswered(isUpheld: false, _):
            isOverturned = true
            isAccepted = true
        case .audited(.reduce), .audited(.refuse): isOverturned = true
        case .evidenceWaived, .factsCorrected, .payoutCleared: overrides += 1
        default: takeMoney(recorded.event)
        }
    }

    private mutating func takeMoney(_ event: Event) {
        switch event {
        case .advanceProposed(let ruling, _, let amount):
            switch ruling.outcome.path {
            case .quickPay, .reserve, .waiveFee: money.eligible = amount
            case .mediateOnly, .major, .notEligible: money.eligible = nil
            }
        case .quickPayGranted(let amount): money.quickPaid.add(amount)
        case .reserved(let amount): money.reserved.add(amount)
        case .reservationReduced(let amount), .reservationReturned(let amount):
            money.returned.add(amount)
        case .released(let amount): money.released.add(amount)
        case .payoutConfirmed(_, let amount, _): money.recovered.add(amount)
        case .payoutBounced(_, let amount, _),
            .payoutReturnedFromSuspense(_, let amount, _, _, _, _):
            let left = (money.recovered ?? .zero).minus(amount)
            money.recovered = left.isPositive ? left : nil
        default: break
        }
    }

    private mutating func close(_ runs: ClockRuns) {
        for (name, limit, speed) in ClockRuns.reported {
            guard let run = runs.of(name) else { continue }
            limits[limit] = run.result
            if run.isOver { spans[speed] = Span(usedMs: run.usedMs, pausedMs: run.pausedMs) }
        }
    }
}

extension ReportRecord.Outcome {
    /// Nil while the case is open. One that is resolved has an answer, though the call-back is to come.
    fileprivate init?(of stage: Stage) {
        switch stage {
        case .filed, .assessing, .awaitingEvidence, .proposed, .awaitingFunds, .withBureau, .paying:
            return nil
        case .declined: self = .declined
        case .handedOver: self = .referred
        case .merged: self = .merged
        case .withdrawn: self = .withdrawn
        case .resolved(let resolution), .closed(let resolution):
            switch resolution {
            case .paidByFund, .paidByMerchant, .solvedWithoutAdvance: self = .solved
            case .noAgreement, .unclaimed: self = .notSolved
            }
        }
    }
}

/// The clocks of a case with all their runs: one that was set again keeps what it had used and missed.
private struct ClockRuns {
    static let reported: [(Clock.Name, LimitName, Speed)] = [
        (.acceptance, .acceptance, .acceptance), (.audit, .decision, .decision),
        (.closing, .handling, .handling),
    ]

    private var clocks: [Clock.Name: [Clock]] = [:]
    private var last = Moment(ms: 0)

    mutating func take(_ recorded: Recorded) {
        last = recorded.at
        switch recorded.event {
        case .clockStarted(let name, let limit, let due):
            let clock = Clock(name, limit: limit, startedAt: recorded.at, firstDue: due)
            clocks[name, default: []].append(clock)
        case .clockSuspended(let name, let reason):
            change(name) { $0.suspend(at: recorded.at, reason: reason) }
        case .clockResumed(let name): change(name) { $0.resume(at: recorded.at) }
        case .clockStopped(let name): change(name) { $0.stop(at: recorded.at) }
        case .clockFired(let name, let step): change(name) { $0.fire(step) }
        default: break
        }
    }

    private mutating func change(_ name: Clock.Name, _ body: (inout Clock) -> Void) {
        guard var runs = clocks[name], let newest = runs.indices.last else { return }
        body(&runs[newest])
        clocks[name] = runs
    }

    func of(_ name: Clock.Name) -> Run? {
        guard let runs = clocks[name], let newest = runs.last else { return nil }
        var run = Run(isOver: newest.stoppedAt != nil)
        for clock in runs {
            let end = clock.stoppedAt ?? last
            let used = clock.usedMs(at: end)
            run.usedMs += used
            run.pausedMs += max(0, clock.startedAt.distanceMs(to: end) - used)
            let over = clock.overrunMs(at: end)
            if over > 0 || clock.fired.contains(.breach) {
                run.isMissed = true
                run.overMs = max(run.overMs, over)
            }
        }
        return run
    }

    struct Run {
        let isOver: Bool
        var usedMs: Int64 = 0
        var pausedMs: Int64 = 0
        var isMissed = false
        var overMs: Int64 = 0

        init(isOver: Bool) { self.isOver = isOver }

        /// Missed once is missed; kept only when it is over.
        var result: ReportRecord.LimitResult? {
            isMissed ? .breached(byMs: overMs) : isOver ? .kept : nil
        }
    }
}

extension Optional<Money> {
    fileprivate mutating func add(_ amount: Money) {
        self = (self ?? .zero).plus(amount)
    }
}
