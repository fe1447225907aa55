import HTTPTypes
import Ledger
import NIOCore
import Store
import Workflow

/// Everything that is served.
enum Routes {
    static let all: [Route] =
        api + PageRoutes.all + CommandPages.all(of: api, beside: PageRoutes.all)

    /// What programs call, and the description of it.
    static let api: [Route] =
        CaseRoutes.all + CaseCommands.all + EvidenceRoutes.all + FundRoutes.all
        + StatementRoutes.all + PaymentRoutes.all + KnowledgeRoutes.all + StaffRoutes.all
        + RosterRoutes.all
        + PeriodRoutes.all
        + SheetRoutes.all
        + SuspenseRoutes.all + RecoveryRoutes.all + ControlRoutes.all
        + MerchantRoutes.all + TokenRoutes.all + PolicyRoutes.all + EditionRoutes.all
        + OrderRoutes.all + OrderCommands.routes + OrderEvidenceRoutes.all + NoticeRoutes.all
        + BulletinRoutes.all + FigureRoutes.all + BookFigureRoutes.all
        + DisclosureRoutes.all + OwnDataRoutes.all
        + WebhookRoutes.all + Open311Routes.all + Open311Discovery.routes + ContactRoutes.all
        + ServiceRoutes.all
}

/// About the service itself.
enum ServiceRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/healthz", id: "health",
            summary: Phrase(
                "服务进程是否在运行；不查询数据库", "Whether the service runs; the database is not asked"),
            access: .everyone, success: .view(200, HealthView.self)
        ) { call in
            Answer(HealthView(status: "ok"))
        },
        Route(
            method: .get, path: "/readyz", id: "readiness",
            summary: Phrase(
                "服务是否可以受理请求；不可以时列明原因",
                "Whether the service takes work, and if not, why"),
            access: .everyone, success: .view(200, ReadinessView.self)
        ) { call in
            let faults = call.office.faults
            if !faults.isEmpty { throw Problem(notReady: faults) }
            return Answer(
                ReadinessView(status: "ready", newerSchema: call.office.vitals.newerSteps))
        },
        Route(
            method: .get, path: "/openapi.json", id: "openapi",
            summary: Phrase("本接口的OpenAPI 3.1文档", "The OpenAPI 3.1 document of this interface"),
            access: .everyone, success: .document
        ) { call in
            Answer(200, "application/json", .init(string: call.desk.document))
        },
    ]
}

struct HealthView: Codable, Sendable {
    let status: String
}

struct ReadinessView: Codable, Sendable {
    let status: String
    /// Steps of the schema that a newer program applied beside this one.
    let newerSchema: [String]
}

extension Problem {
    /// Each fault with a name for programs, and what it means.
    init(notReady faults: [Vitals.Fault]) {
        self.init(
            503, "not_ready", Phrase("暂不受理请求", "Not ready"),
            Phrase(
                "请将请求送往其他服务器，或稍后再试。", "Send requests to another server, or try again later."),
            errors: faults.map(Self.reason))
        retryAfter = 5
    }

    private static func reason(_ fault: Vitals.Fault) -> FieldProblem {
        switch fault {
        case .starting:
            FieldProblem(
                field: "starting", text: Phrase("尚未查询过数据库", "the database was not asked yet"))
        case .shuttingDown:
            FieldProblem(field: "shutting_down", text: Phrase("服务正在停止", "the service is stopping"))
        case .databaseSilent(let seconds):
            FieldProblem(
                field: "database_silent",
                text: Phrase(
                    "数据库已\(seconds)秒没有应答", "the database has not answered for \(seconds) s"))
        case .schemaBehind(let step):
            FieldProblem(
                field: "schema_behind",
                text: Phrase("数据库缺少结构步骤\(step)", "the database lacks the schema step \(step)"))
        case .noEditionInForce(let day):
            FieldProblem(
                field: "no_edition_in_force",
                text: Phrase("\(day)没有施行中的政策", "no policy is in force on \(day)"))
        case .clockworkSilent(let seconds):
            FieldProblem(
                field: "clockwork_silent",
                text: Phrase(
                    "时限与付款已\(seconds)秒没有运行",
                    "clocks and payments have stood still for \(seconds) s"))
        }
    }
}
