import Casework
import HTTPTypes
import Store
import Workflow

/// Who tried to do alone what takes two, and was refused.
enum AttemptsPages {
    static let shown = 100

    static let all: [Route] = [
        PageRoutes.page(
            "/proof/attempts", "attemptsPage", AttemptsPage.title, .action(.readControls),
            query: [
                .init(
                    name: "before", about: Phrase("此编号之前", "before this number"),
                    schema: ["type": "integer"])
            ]
        ) { call in
            let before = try call.queryNumber("before", in: 1...Int64.max)
            let found = try await call.office.read {
                try $0.attempts(before: before, by: nil, limit: shown)
            }
            return AttemptsPage(call: call, attempts: found.map { AttemptView($0, call.zone) })
                .answer()
        }
    ]
}

struct AttemptsPage {
    static let title = Phrase("被拒绝的自批等行为", "Refused attempts to act alone")

    let call: Call
    let attempts: [AttemptView]

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let isCut = attempts.count == AttemptsPages.shown
        let older: HTML? = attempts.last.flatMap { last in
            isCut
                ? "<nav class=\"pages\">\(parts.link(Link.attempts.with("before", last.number), parts.say(Phrase("更早的", "Older"))))</nav>"
                : nil
        }
        return call.page(
            parts.say(Self.title), section: .proof, at: .attempts,
            """
            <section class="lead">\(parts.crumb(.proof, Phrase("审计", "Audit")))
            <h1>\(parts.say(Self.title))</h1>
            <p>\(parts.say(Phrase("要两个人做的事，有人想一个人做；什么也没有发生，但都记下了。", "Somebody tried to do alone what takes two. Nothing happened, and each is kept.")))</p></section>
            <section>\(list)\(older)</section>
            """
        ).answer()
    }

    private var list: HTML {
        let rows: [[HTML]] = attempts.map { attempt in
            let roles = attempt.roles.compactMap { Role(rawValue: $0) }
                .map { parts.say(Names.role($0)) }.joined(separator: parts.say(Phrase("、", ", ")))
            let command = call.desk.commands[attempt.command].map { parts.say($0) }
            return [
                parts.time(attempt.at), "\(attempt.actor)<span class=\"under\">\(roles)</span>",
                "\(command ?? attempt.command)",
                attempt.case.map { parts.caseLink($0) } ?? "–",
                "<code>\(attempt.rule)</code>",
            ]
        }
        return parts.table(
            [
                .text("时间", "When"), .text("谁", "Who"), .text("想做什么", "What"),
                .text("案件", "Case"), .text("违反", "Rule"),
            ], rows, label: parts.say(Self.title), empty: Phrase("没有这样的行为。", "There was none."))
    }
}

extension Link {
    static let attempts = proof.below("attempts")
}
