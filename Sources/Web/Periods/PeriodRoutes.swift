import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Days, months and years: put forward by one person, closed by another, signed for the auditor.
enum PeriodRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/periods", id: "listPeriods",
            summary: Phrase("已结账的月与年，及最近一日", "Months and years that are closed, and the last day"),
            access: .action(.readBooks), success: .view(200, PeriodListView.self)
        ) { call in
            let (fund, zone) = (call.office.books.fund, call.zone)
            return Answer(
                try await call.office.read { transaction in
                    PeriodListView(
                        closedThrough: try transaction.closedThrough(fund),
                        lastClosedDay: try transaction.lastClosedDay(fund)?.day,
                        periods: try transaction.closings(fund).map { PeriodView($0, zone) })
                })
        },
        Route(
            method: .post, path: "/api/v1/periods/{period}/proposal", id: "proposeClosing",
            summary: Phrase(
                "提请结账：账簿与银行一致到分", "Put a period forward: books and bank agree to the fen"),
            access: .action(.proposeClosing), body: .form(EmptyForm.self),
            success: .view(201, ClosingProposalView.self)
        ) { call in
            let period = try call.period("period")
            _ = try call.idempotencyKey()
            let (_, bytes) = try await call.form(EmptyForm.self)
            return try await call.once(bytes) { work in
                Effect(
                    201,
                    ClosingProposalView(
                        try work.proposeClosing(period, by: call.actor), work.books.zone))
            }
        },
        Route(
            method: .post, path: "/api/v1/periods/{period}/closing", id: "closePeriod",
            summary: Phrase(
                "同意结账，须为提请人以外的人；签发检查点",
                "Close a period, as another person than who put it forward; signs the checkpoint"),
            access: .action(.closePeriod), body: .form(EmptyForm.self),
            success: .view(201, ClosedPeriodView.self)
        ) { call in
            let period = try call.period("period")
            _ = try call.idempotencyKey()
            let (_, bytes) = try await call.form(EmptyForm.self)
            return try await call.once(bytes) { work in
                Effect(
                    201,
                    ClosedPeriodView(try work.close(period, by: call.actor), work.books.zone))
            }
        },
        Route(
            method: .get, path: "/api/v1/checkpoints", id: "listCheckpoints",
            summary: Phrase("签名检查点，交审计保管", "Signed checkpoints, for the auditor to keep"),
            access: .action(.readBooks), success: .view(200, CheckpointListView.self)
        ) { call in
            let fund = call.office.books.fund
            let texts = try await call.office.read { transaction in
                try transaction.checkpoints(fund).map(\.text)
            }
            return Answer(CheckpointListView(checkpoints: texts))
        },
    ]
}

extension Call {
    /// A day, month or year of the path: `2025-03-08`, `2025-03`, `2025`.
    fileprivate func period(_ name: String) throws -> Period {
        let text = part(name)
        guard let period = Period(text) else {
            throw Problem.noSuch(Phrase("会计期间", "period"), text)
        }
        return period
    }
}
