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
        + WebhookRoutes.all + Open311Routes.all + ContactRoutes.all
        + ServiceRoutes.all
}

/// About the service itself.
enum ServiceRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/healthz", id: "health",
            summary: Phrase(
                "服务是否在运行，数据库是否可读", "Whether the service runs and can read its database"),
            access: .everyone, success: .view(200, HealthView.self)
        ) { call in
            let head = try await call.office.read { [books = call.office.books] in
                try $0.ledgerHead(books.fund)
            }
            return Answer(HealthView(status: "ok", vouchers: head.number))
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
    /// The number of the last voucher.
    let vouchers: Int64
}
