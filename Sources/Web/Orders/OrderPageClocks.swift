import Casework
import Ledger
import Store
import Workflow

/// The limits of a work order, each with the ledger of its intervals.
extension OrderPage {
    var clocks: HTML {
        guard !view.clocks.isEmpty else { return "<p class=\"quiet\">\(parts.word(.noClock))</p>" }
        // What runs is read first.
        let ordered =
            view.clocks.filter { $0.stoppedAt == nil } + view.clocks.filter { $0.stoppedAt != nil }
        let past: HTML? =
            view.pastClocks.isEmpty
            ? nil
            : "<details><summary>\(parts.say(OrderText.pastClocks)) (\(view.pastClocks.count))</summary><div class=\"clocks\">\(view.pastClocks.map(clock))</div></details>"
        return "<div class=\"clocks\">\(ordered.map(clock))</div>\(past)"
    }

    private func clock(_ clock: OrderClockView) -> HTML {
        let isLate = clock.overrunMs.map { $0 > 0 } ?? false
        let bar: HTML? = clock.budget.flatMap { budget in
            clock.used.map { used in
                "<progress max=\"\(max(1, budget))\" value=\"\(min(max(0, used), max(1, budget)))\">\(parts.say(amount(used, clock)))</progress>"
            }
        }
        let due: HTML? = clock.due.map {
            "<div><dt>\(parts.word(.due))</dt><dd>\(parts.time($0))</dd></div>"
        }
        let used: HTML? = clock.used.map {
            "<div><dt>\(parts.word(.used))</dt><dd>\(parts.say(amount($0, clock)))</dd></div>"
        }
        return """
            <article class="clock \(isLate ? "over" : "within")">
            <header><h3>\(parts.say(Phrase(clock.zh, clock.en)))</h3>\(pace(clock))</header>
            \(bar)
            <dl>
            <div><dt>\(parts.word(.limit))</dt><dd>\(parts.say(LimitText.of(clock.limitCount, clock.limitUnit)))</dd></div>
            \(used)\(due)
            </dl>
            <p class="quiet">\(clock.clause)</p>
            \(ledger(clock))
            </article>

            """
    }

    private func amount(_ count: Int64, _ clock: OrderClockView) -> Phrase {
        guard clock.measure == "days" else { return spanText(count) }
        return Phrase("\(count)天", "\(count) days")
    }

    /// How it stands in a word, a shape and a colour.
    private func pace(_ clock: OrderClockView) -> HTML {
        let late = clock.overrunMs ?? 0
        let by = parts.say(spanText(late))
        if clock.stoppedAt != nil {
            return late > 0
                ? parts.pace(
                    .late, "\(parts.word(.stoppedClock)) · \(parts.word(.late)) \(by)")
                : parts.pace(.still, "\(parts.word(.stoppedClock)) · \(parts.word(.inTime))")
        }
        if late > 0 { return parts.pace(.late, "\(parts.word(.late)) \(by)") }
        let left = clock.left.map { parts.say(amount($0, clock)) } ?? ""
        if clock.isSuspended {
            return parts.pace(
                .still, "\(parts.word(.suspendedClock)) · \(parts.word(.left)) \(left)")
        }
        guard let end = clock.due, let due = Moment(end.text),
            let start = Moment(clock.startedAt.text)
        else { return parts.pace(.still, parts.word(.noClock)) }
        return parts.pace(
            leftMs: call.office.now().distanceMs(to: due), of: start.distanceMs(to: due), due: end)
    }

    /// Every interval: what it ran, what it stood still and why, what made it longer, who was told.
    private func ledger(_ clock: OrderClockView) -> HTML {
        var lines: [(HTML, HTML)] = [
            (parts.time(clock.startedAt), "\(parts.say(Phrase("起算", "Started")))")
        ]
        for each in clock.suspensions {
            let until: HTML = each.until.map { parts.time($0) } ?? "…"
            let reason =
                PauseReason(rawValue: each.reason).map { parts.say(Names.pause($0)) } ?? each.reason
            lines.append(
                (
                    "\(parts.time(each.from)) – \(until)",
                    "\(parts.word(.suspendedClock)): \(reason)"
                ))
        }
        lines += told(of: clock)
        if let due = clock.due { lines.append((parts.time(due), "\(parts.word(.due))")) }
        if let stopped = clock.stoppedAt {
            lines.append((parts.time(stopped), "\(parts.word(.stoppedClock))"))
        }
        let rows: [HTML] = lines.map { when, what in
            "<tr><td>\(when)</td><td>\(what)</td></tr>\n"
        }
        return """
            <details><summary>\(parts.say(OrderText.ledger))</summary><table><thead><tr><th scope="col">\(parts.word(.when))</th><th scope="col">\(parts.word(.what))</th></tr></thead><tbody>\(rows)</tbody></table></details>
            """
    }

    /// What the audit trail has of one clock: what made it longer, and the steps at which people were told.
    private func told(of clock: OrderClockView) -> [(HTML, HTML)] {
        guard let start = Moment(clock.startedAt.text) else { return [] }
        let end = clock.stoppedAt.flatMap { Moment($0.text) }
        return whole.recorded.compactMap { recorded in
            guard recorded.at >= start, end.map({ recorded.at <= $0 }) ?? true else { return nil }
            let at = parts.time(Timestamp(call.zone.text(recorded.at)))
            switch recorded.event {
            case .clockFired(let name, let step) where name.rawValue == clock.name:
                return (at, "\(parts.say(Names.step(step)))")
            case .extensionGranted(let count) where clock.name == OrderClock.handling.rawValue:
                let by = parts.say(LimitText.of(count, clock.limitUnit))
                return (at, "\(parts.say(Phrase("延期", "Extended by"))) \(by)")
            default: return nil
            }
        }
    }
}
