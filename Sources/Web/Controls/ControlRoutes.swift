import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

enum ControlRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/controls/attempts", id: "listAttempts",
            summary: Phrase(
                "被拒绝的自批等行为，新的在前", "Refused attempts to act alone, the newest first"),
            access: .action(.readControls),
            query: [
                .init(
                    name: "before", about: Phrase("此编号之前", "before this number"),
                    schema: ["type": "integer", "format": "int64", "minimum": 0]),
                .init(
                    name: "actor", about: Phrase("某人的", "of this person"),
                    schema: ["type": "string", "maxLength": 100]),
                .init(
                    name: "limit", about: Phrase("每页条数", "page size"),
                    schema: ["type": "integer", "minimum": 1, "maximum": 200]),
            ],
            success: .view(200, AttemptListView.self)
        ) { call in
            let before = try call.queryNumber("before", in: 0...Int64.max)
            let actor = call.query("actor")
            let limit = Int(try call.queryNumber("limit", in: 1...200) ?? 50)
            let found = try await call.office.read {
                try $0.attempts(before: before, by: actor, limit: limit)
            }
            return Answer(
                AttemptListView(
                    attempts: found.map { AttemptView($0, call.zone) },
                    next: found.count == limit ? found.last?.number : nil))
        }
    ]
}

struct AttemptListView: Codable, Sendable {
    let attempts: [AttemptView]
    let next: Int64?
}

struct AttemptView: Codable, Sendable {
    let number: Int64
    let actor: String
    /// Those held then.
    let roles: [String]
    let command: String
    /// `separation_of_duties`, `approval_not_wanted`.
    let rule: String
    let `case`: String?
    let at: Timestamp

    init(_ attempt: ControlAttempt, _ zone: Zone) {
        number = attempt.number
        actor = attempt.actor
        roles = attempt.roles
        command = attempt.command
        rule = attempt.rule
        `case` = attempt.caseID?.text
        at = Timestamp(zone.text(attempt.at))
    }
}
