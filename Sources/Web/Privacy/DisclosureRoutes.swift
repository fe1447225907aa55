import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Seeing what is masked, for a reason that is written down first; and reading who did.
enum DisclosureRoutes {
    static let all: [Route] = [
        Route(
            method: .post, path: CaseCommands.path("disclosures"), id: "disclose",
            summary: Phrase(
                "说明理由，查看被遮盖的个人信息", "See what is masked, for a reason that is kept"),
            access: .action(.readPersonal), body: .form(DisclosureForm.self),
            success: .view(201, DisclosureView.self)
        ) { call in
            let id = try call.caseID()
            let version = try call.expectedVersion()
            _ = try call.idempotencyKey()
            let (form, bytes) = try await call.form(DisclosureForm.self)
            return try await call.once(bytes) { work in
                let (file, row) = try work.disclose(
                    form.fields, of: id, reason: form.reason, by: call.actor)
                try call.checkBureau(file)
                if let version, version != file.version {
                    throw WorkflowError.changedMeanwhile(id, version: file.version)
                }
                return Effect(
                    201, DisclosureView(row, .init(file, form.fields), call.zone),
                    keeping: DisclosureView(row, nil, call.zone))
            }
        },
        Route(
            method: .post, path: "\(OrderVerb.folder)/disclosures", id: "discloseOrder",
            summary: Phrase(
                "说明理由，查看来电人被遮盖的信息", "See what is masked of the caller, for a reason that is kept"),
            access: .action(.readOrderPersonal), body: .form(DisclosureForm.self),
            success: .view(201, DisclosureView.self)
        ) { call in
            let id = try call.orderID()
            let version = try call.expectedVersion()
            _ = try call.idempotencyKey()
            let (form, bytes) = try await call.form(DisclosureForm.self)
            return try await call.once(bytes) { work in
                let (order, row) = try work.disclose(
                    form.fields, ofOrder: id, reason: form.reason, by: call.actor)
                try call.checkBureau(order)
                if let version, version != order.version {
                    throw WorkflowError.orderChangedMeanwhile(id, version: order.version)
                }
                return Effect(
                    201, DisclosureView(row, .init(order, form.fields), call.zone),
                    keeping: DisclosureView(row, nil, call.zone))
            }
        },
        Route(
            method: .get, path: "/api/v1/access-log", id: "accessLog",
            summary: Phrase("谁查看了什么，新的在前", "Who looked at what, the newest first"),
            access: .action(.readAccessLog),
            query: filters + [
                .init(
                    name: "limit", about: Phrase("每页条数", "page size"),
                    schema: ["type": "integer", "minimum": 1, "maximum": 200])
            ],
            success: .view(200, AccessLogView.self)
        ) { call in
            Answer(try await call.accessLog(limit: call.queryNumber("limit", in: 1...200) ?? 50))
        },
    ]

    static let filters: [Route.QueryParameter] = [
        .init(
            name: "subject", about: Phrase("案件或工单编号", "of this case or work order"),
            schema: ["type": "string", "maxLength": 40]),
        .init(
            name: "person", about: Phrase("查看人", "by this person"),
            schema: ["type": "string", "maxLength": 100]),
        .init(
            name: "before", about: Phrase("此编号之前", "before this number"),
            schema: ["type": "integer", "format": "int64", "minimum": 0]),
    ]
}

extension Call {
    /// A page of the log, as the query filters it.
    func accessLog(limit: Int64) async throws -> AccessLogView {
        var filter = DisclosureFilter()
        if let text = query("subject"), !text.isEmpty {
            guard let id = CaseNumber.read(text.filter { $0 != "+" }) else {
                throw Problem.malformedQuery(
                    "subject", "应为案件或工单编号", "must be the number of a case or work order")
            }
            filter.subject = id.text
        }
        filter.actor = query("person").flatMap { $0.isEmpty ? nil : $0 }
        filter.before = try queryNumber("before", in: 0...Int64.max)
        filter.limit = Int(limit)
        let found = try await office.read { [filter] in try $0.disclosures(filter) }
        return AccessLogView(
            looks: found.map { LookView($0, zone) },
            next: found.count == filter.limit ? found.last?.number : nil)
    }
}

struct DisclosureForm: Form {
    let fields: [PersonalField]
    let reason: String

    init(_ fields: Fields) {
        self.fields = fields.choices("fields", PersonalField.self)
        reason = fields.text("reason", upTo: DisclosureLimits.reason_characters.upperBound)
    }
}
