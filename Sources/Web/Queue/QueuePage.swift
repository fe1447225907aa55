import Casework
import Ledger
import Store

/// Open cases, the most pressing first, and how many stand where.
struct QueuePage {
    static let casesShown = 100

    let language: Language
    let rows: [CaseRow]
    let views: [CaseRowView]
    let counts: [StageCount]
    let names: EditionNames

    private var parts: Parts { Parts(language: language) }

    var page: Page {
        Page(
            title: parts.word(.queue), language: language, address: .queue, section: .queue,
            content: """
                <section class="lead">
                <h1>\(parts.word(.queue))</h1>
                <p>\(parts.word(.queueLead))</p>
                \(parts.search())
                </section>
                \(parts.section(.byStage, "stages", stages))
                \(parts.section(.openCases, "open", list))
                """)
    }

    private var stages: HTML {
        let ordered = counts.filter(\.stage.isOpen) + counts.filter { !$0.stage.isOpen }
        let chips: [HTML] = ordered.map {
            "<li class=\"\($0.stage.isOpen ? "open" : "done")\"><span>\(parts.say(Names.stage($0.stage.rawValue)))</span> <b>\($0.count)</b></li>\n"
        }
        return counts.isEmpty
            ? "<p class=\"quiet\">\(parts.word(.none))</p>" : "<ul class=\"chips\">\(chips)</ul>"
    }

    private var list: HTML {
        guard !rows.isEmpty else { return "<p class=\"quiet\">\(parts.word(.noCases))</p>" }
        return parts.table(
            [
                .text(.timeLeft), .text(.caseWord), .text(.stage), .text(.merchant), .text(.bureau),
                .number(.claimed), .number(.advance), .text(.filedAt),
            ], zip(rows, views).map(line), label: parts.word(.queue))
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
        let left = view.leftMs.map { parts.pace(leftMs: $0, of: whole) } ?? still(row)
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
