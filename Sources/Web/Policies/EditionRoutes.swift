import Casework
import HTTPTypes
import Ledger
import Workflow

/// How editions come into force: submitted, approved by a second person, withdrawn before their day.
enum EditionRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/editions", id: "listEditions",
            summary: Phrase(
                "版本的提交、批准与施行日期，及留痕", "Editions submitted and approved, their days, and who did what"
            ),
            access: .action(.readPolicies), success: .view(200, EditionListView.self)
        ) { call in
            let register = try await call.office.editionRegister()
            let hotline = try await call.office.hotlineRegister()
            return Answer(
                EditionListView(
                    endsAfter: register.endsAfter,
                    editions: register.entries.map { EditionView($0, call.zone) },
                    hotline: hotline?.entries.map { EditionView($0, call.zone) }))
        },
        Route(
            method: .post, path: "/api/v1/editions/{edition}/submission", id: "submitEdition",
            summary: Phrase(
                "提交版本待批：先检查并跑全部用例", "Submit an edition; it is checked and its cases run first"),
            access: .action(.submitPolicy), success: .view(200, EditionView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let candidate = try await call.office.candidate(call.part("edition"))
            return try await call.once([]) { work in
                Effect(
                    200, EditionView(try work.submit(candidate, by: call.actor), work.books.zone))
            }
        },
        Route(
            method: .post, path: "/api/v1/editions/{edition}/approval", id: "approveEdition",
            summary: Phrase(
                "批准版本，须为提交人以外的人", "Approve an edition, as another person than who submitted it"),
            access: .action(.approvePolicy), success: .view(200, EditionView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let draft = try call.office.draft(call.part("edition"))
            let answer = try await call.once([]) { work in
                Effect(
                    200, EditionView(try work.approve(draft, by: call.actor), work.books.zone))
            }
            _ = try await call.office.followRegister()
            return answer
        },
        Route(
            method: .post, path: "/api/v1/editions/{edition}/withdrawal", id: "withdrawEdition",
            summary: Phrase("施行前撤回版本", "Withdraw an edition before its first day"),
            access: .action(.approvePolicy), body: .form(ReasonForm.self),
            success: .view(200, EditionView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let edition = call.part("edition")
            let (form, bytes) = try await call.form(ReasonForm.self)
            let answer = try await call.once(bytes) { work in
                Effect(
                    200,
                    EditionView(
                        try work.withdraw(edition, reason: form.reason, by: call.actor),
                        work.books.zone))
            }
            _ = try await call.office.followRegister()
            return answer
        },
    ]
}

struct EditionListView: Codable, Sendable {
    /// The last day on which any edition is in force; absent while the last has no end.
    let endsAfter: Day?
    let editions: [EditionView]
    /// Those that rule on work orders; absent where they are the same.
    let hotline: [EditionView]?
}

struct EditionView: Codable, Sendable {
    let edition: String
    let from: Day
    let until: Day?
    let hash: String
    /// `submitted`, `approved`, `withdrawn`.
    let state: String
    let steps: [EditionStepView]

    init(_ entry: EditionRegister.Entry, _ zone: Zone) {
        edition = entry.edition
        from = entry.seal.from
        until = entry.seal.until
        hash = entry.seal.hash
        state = entry.state.rawValue
        steps = entry.history.map { EditionStepView($0, zone) }
    }
}

struct EditionStepView: Codable, Sendable {
    /// `founded`, `submitted`, `approved`, `withdrawn`.
    let step: String
    let by: String
    let at: Timestamp
    let reason: String?

    init(_ recorded: RecordedEditionStep, _ zone: Zone) {
        step = recorded.step.kind
        by = recorded.actor
        at = Timestamp(zone.text(recorded.at))
        if case .withdrawn(_, let why) = recorded.step { reason = why } else { reason = nil }
    }
}
