import Casework
import Ledger
import Store

/// Open cases, the most pressing first, and how many stand where.
struct QueuePage {
    static let casesShown = 60

    let language: Language
    let rows: [CaseRow]
    let views: [CaseRowView]
    let counts: [StageCount]
    let names: EditionNames
    /// Only those at it; nil: all.
    var stage: StageName?
    let now: Timestamp

    private var parts: Parts { Parts(language: language) }

    var page: Page {
        Page(
            title: parts.word(.queue), language: language,
            address: stage.map { Link.queue.with("stage", $0.rawValue) } ?? .queue,
            section: .queue,
            content: """
                <section class="lead" data-live="\(stream)" \(parts.ticking(from: now))>
                <h1>\(parts.word(.queue))</h1>
                <p>\(parts.word(.queueLead))</p>
                \(parts.search())
                </section>
                <p id="arrived" class="outcome arrived" role="status" aria-live="polite" data-text="\(parts.say(CounterText.arrived))"></p>
                \(parts.section(.byStage, "stages", "<div id=\"by-stage\" data-part>\(stages)</div>"))
                \(parts.section(.openCases, "open", "<div id=\"queue\" data-part>\(list)</div>"))
                """)
    }

    /// One stage alone says nothing of the whole queue: then what is there when it connects counts as seen.
    private var stream: Link {
        stage == nil ? Link.liveQueue.with("seen", QueueRows.standing(rows)) : .liveQueue
    }

    private var stages: HTML {
        let ordered = counts.filter(\.stage.isOpen) + counts.filter { !$0.stage.isOpen }
        let chips: [HTML] = ordered.map {
            let name = parts.say(Names.stage($0.stage.rawValue))
            // The queue holds what is open; the rest is only counted.
            guard $0.stage.isOpen else {
                return "<li class=\"done\"><span>\(name)</span> <b>\($0.count)</b></li>\n"
            }
            return
                "<li class=\"open\"><a href=\"\(Link.queue.with("stage", $0.stage.rawValue).with(language))\"\(current($0.stage))>\(name)</a> <b>\($0.count)</b></li>\n"
        }
        let everything: HTML =
            "<li><a href=\"\(Link.queue.with(language))\"\(current(nil))>\(parts.say(CounterText.allStages))</a></li>\n"
        return counts.isEmpty
            ? "<p class=\"quiet\">\(parts.word(.none))</p>"
            : "<ul class=\"chips\">\(everything)\(chips)</ul>"
    }

    private func current(_ stage: StageName?) -> HTML {
        stage == self.stage ? " aria-current=\"page\"" : .empty
    }

    private var list: HTML {
        guard !rows.isEmpty else { return "<p class=\"quiet\">\(parts.word(.noCases))</p>" }
        let table = parts.table(
            [
                .text(.timeLeft), .text(.caseWord), .text(.stage), .text(.merchant), .text(.bureau),
                .number(.claimed), .number(.advance), .text(.filedAt),
            ], zip(rows, views).map(line), label: parts.word(.queue))
        return "\(table)\(parts.cut(rows.count, at: Self.casesShown))"
    }

    /// Waiting for the tourist, or with every limit kept: no time runs.
    private func still(_ row: CaseRow) -> HTML {
        let isWaiting = row.stage == StageName.awaitingEvidence.rawValue
        return parts.pace(.still, parts.word(isWaiting ? .suspendedClock : .stoppedClock))
    }

    private func line(_ row: CaseRow, _ view: CaseRowView) -> [HTML] {
        let clock = view.dueClock.flatMap { Clock.Name(rawValue: $0) }.map {
            parts.say(Names.clock($0))
        }
        let whole = row.due.map { row.filedAt.distanceMs(to: $0) } ?? 0
        let left: HTML =
            if let leftMs = view.leftMs, let due = view.due {
                parts.pace(leftMs: leftMs, of: whole, due: due)
            } else {
                still(row)
            }
        let due: HTML? = view.due.map { parts.time($0) }
        return [
            "\(left)<span class=\"under\">\(clock ?? "") \(due)</span>",
            "\(parts.caseLink(view.number))<span class=\"under\">\(parts.say(names.matter(view.matter)))</span>",
            parts.stage(view.stage, isOpen: view.isOpen),
            "\(view.merchantName)",
            "\(view.bureau.map { parts.say(names.bureau($0)) } ?? "–")",
            parts.yuan(view.claimedFen),
            view.advanceFen == .zero ? "–" : parts.yuan(view.advanceFen),
            parts.time(view.filedAt),
        ]
    }
}
