import Casework
import Ledger

/// What has become of a case: clocks, money, bureau, evidence, audit trail.
extension CasePage {
    var clocks: HTML {
        guard !view.clocks.isEmpty else { return "<p class=\"quiet\">\(parts.word(.noClock))</p>" }
        return "<div class=\"clocks\">\(view.clocks.map(clock))</div>"
    }

    private func clock(_ clock: ClockView) -> HTML {
        let name = Clock.Name(rawValue: clock.name).map { parts.say(Names.clock($0)) } ?? clock.name
        let wholeMs = clock.usedMs + clock.leftMs
        let pauses: HTML? =
            clock.suspensions.isEmpty
            ? nil
            : "<div><dt>\(parts.word(.suspensions))</dt><dd>\(clock.suspensions.count)</dd></div>"
        let due: HTML? = clock.due.map {
            "<div><dt>\(parts.word(.due))</dt><dd>\(parts.time($0))</dd></div>"
        }
        // An empty limit would make a bar without length.
        let (used, whole) = (max(0, clock.usedMs / 1_000), max(1, wholeMs / 1_000))
        return """
            <article class="clock \(clock.leftMs < 0 ? "over" : "within")">
            <header><h3>\(name)</h3>\(pace(clock, wholeMs))</header>
            <progress max="\(whole)" value="\(min(used, whole))">\(parts.say(spanText(clock.usedMs)))</progress>
            <dl>
            <div><dt>\(parts.word(.limit))</dt><dd>\(limit(clock))</dd></div>
            <div><dt>\(parts.word(.used))</dt><dd>\(parts.say(spanText(clock.usedMs)))</dd></div>
            \(due)\(pauses)
            </dl>
            </article>

            """
    }

    /// As the edition says it: minutes, natural days or working days.
    private func limit(_ clock: ClockView) -> String {
        switch Clock.Limit.Unit(rawValue: clock.limitUnit) {
        case .days: parts.say(Phrase("\(clock.limitCount)天", "\(clock.limitCount) days"))
        case .workingDays:
            parts.say(Phrase("\(clock.limitCount)个工作日", "\(clock.limitCount) working days"))
        case .workingMinutes:
            parts.say(
                Phrase("\(clock.limitCount)个工作分钟", "\(clock.limitCount) working minutes"))
        case .workingHours:
            parts.say(Phrase("\(clock.limitCount)个工作小时", "\(clock.limitCount) working hours"))
        case .hours: parts.say(spanText(Int64(clock.limitCount) * 3_600_000))
        case .minutes, nil: parts.say(spanText(Int64(clock.limitCount) * 60_000))
        }
    }

    private func pace(_ clock: ClockView, _ wholeMs: Int64) -> HTML {
        if clock.stoppedAt != nil {
            return clock.leftMs < 0
                ? parts.pace(
                    .late,
                    "\(parts.word(.stoppedClock)) · \(parts.word(.late)) \(parts.say(spanText(clock.leftMs)))"
                )
                : parts.pace(.still, "\(parts.word(.stoppedClock)) · \(parts.word(.inTime))")
        }
        if clock.isSuspended {
            return parts.pace(
                .still,
                "\(parts.word(.suspendedClock)) · \(parts.word(.left)) \(parts.say(spanText(clock.leftMs)))"
            )
        }
        guard let due = clock.due else { return parts.pace(leftMs: clock.leftMs, of: wholeMs) }
        return parts.pace(leftMs: clock.leftMs, of: wholeMs, due: due)
    }

    var payouts: HTML {
        guard !view.payouts.isEmpty else { return .empty }
        let rows: [[HTML]] = view.payouts.map { payout in
            let note: HTML? = payout.note.map { "<span class=\"under\">\($0)</span>" }
            return [
                "<code>\(payout.number)</code>", "\(parts.say(Names.payout(payout.state)))\(note)",
                "\(payout.payee.name) \(payout.payee.account)", parts.time(payout.orderedAt),
                parts.yuan(payout.amountFen),
            ]
        }
        return parts.section(
            .payouts, "payouts",
            parts.table(
                [.text(.number), .text(.state), .text(.claimant), .text(.when), .number(.amount)],
                rows,
                label: parts.word(.payouts)))
    }

    var workOrders: HTML {
        guard !view.workOrders.isEmpty else { return .empty }
        let rows: [[HTML]] = view.workOrders.map { order in
            let note: HTML? = order.note.map { "<span class=\"under\">\($0)</span>" }
            return [
                "\(parts.say(names.bureau(order.bureau)))",
                "\(parts.say(Names.workOrder(order.state)))\(note)",
                parts.time(order.dispatchedAt),
            ]
        }
        return parts.section(
            .workOrders, "orders",
            parts.table(
                [.text(.bureau), .text(.state), .text(.when)], rows, label: parts.word(.workOrders))
        )
    }

    var recovery: HTML {
        guard let recovery = view.recovery else { return .empty }
        return parts.section(
            .recovery, "recovery",
            parts.terms([
                (.amount, parts.yuan(recovery.amountFen)),
                (.owed, parts.yuan(recovery.outstandingFen)),
                (.repaid, parts.yuan(recovery.repaidFen)),
                (.state, "\(parts.say(Names.recovery(recovery.state)))"),
                (.reason, recovery.note.map { "\($0)" }),
            ]))
    }

    /// Opens the file for those who may read what is personal.
    private func name(of file: EvidenceView) -> HTML {
        guard call.visitor.may(.readPersonal) else { return "\(file.name)" }
        return
            "<a href=\"\(Link.evidence(ID<Case>(view.number), file.hash))\">\(file.name)</a>"
    }

    var evidence: HTML {
        let upload: HTML? =
            view.stage.isOpen && call.visitor.may(.addEvidence)
            ? EvidenceUpload.form(
                call, .page(ID<Case>(view.number)), kinds: view.stage.awaited ?? [])
            : nil
        guard !view.evidence.isEmpty || upload != nil else { return .empty }
        let rows: [[HTML]] = view.evidence.map { file in
            [
                "\(parts.say(names.evidence(file.kind)))",
                "\(name(of: file))<span class=\"under\"><code class=\"hash\">\(file.hash.prefix(16))</code></span>",
                "\(file.type) · \((file.size + 1_023) / 1_024) kB", parts.time(file.addedAt),
            ]
        }
        let list: HTML =
            rows.isEmpty
            ? .empty
            : parts.table(
                [.text(.kind), .text(.what), .text(.size), .text(.when)], rows,
                label: parts.word(.evidence))
        return parts.section(.evidence, "evidence", "\(list)\(upload)")
    }

    var events: HTML {
        let items: [HTML] = view.events.reversed().map { event in
            """
            <li id="event-\(event.position)"><span class="when">\(parts.time(event.at))</span><p>\(parts.say(Phrase(event.zh, event.en)))</p><p class="quiet">\(event.actor) · <code>#\(event.position) \(event.kind)</code></p></li>

            """
        }
        return "<ol class=\"trail\" reversed>\(items)</ol>"
    }

    var vouchers: HTML {
        guard !view.vouchers.isEmpty else {
            return "<p class=\"quiet\">\(parts.word(.noVouchers))</p>"
        }
        let leadsOn = call.visitor.may(.readBooks)
        return
            "\(view.vouchers.map { VoucherPart(parts: parts, view: $0, leadsOn: leadsOn).markup })"
    }
}
