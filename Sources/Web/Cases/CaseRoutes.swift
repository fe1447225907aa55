import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

enum CaseRoutes {
    static let all: [Route] = [
        Route(
            method: .post, path: "/api/v1/cases", id: "file",
            summary: Phrase("登记投诉；受理、认定与先行赔付随即按政策办理", "File a complaint; policy decides at once"),
            access: .command(.file), body: .form(FilingForm.self),
            success: .view(201, FiledView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let (form, bytes) = try await call.form(FilingForm.self)
            var generator = SystemRandomNumberGenerator()
            let code = freshTrackingCode(using: &generator)
            let answer = try await call.once(bytes) { work in
                let registered = try work.file(
                    form.filing, consent: form.consent, by: call.actor, trackingCode: code)
                let view = FiledView(
                    registered.file, trackingCode: registered.trackingCode, work.books.zone,
                    at: work.now)
                return Effect(201, view)
            }
            return answer
        },
        Route(
            method: .get, path: "/api/v1/cases", id: "listCases",
            summary: Phrase("案件清单，新的在前", "Cases, the newest first"), access: .action(.readCases),
            query: listParameters, success: .view(200, CaseListView.self)
        ) { call in
            let filter = try call.caseFilter()
            let (zone, now) = (call.zone, call.office.now())
            let rows = try await call.office.read { try $0.caseRows(filter) }
            let next = rows.count == filter.limit ? rows.last?.id.text : nil
            return Answer(
                CaseListView(cases: rows.map { CaseRowView($0, zone, at: now) }, next: next))
        },
        Route(
            method: .get, path: "/api/v1/cases/{case}", id: "showCase",
            summary: Phrase("一个案件的全部", "All that is known of a case"), access: .action(.readCases),
            success: .view(200, CaseView.self)
        ) { call in
            let id = try call.caseID()
            let file = try await call.office.wholeCase(id)
            try call.checkBureau(file.file)
            let view = file.view(call.office, call.sight)
            return Answer(view).with(.eTag, "\"\(view.version)\"")
        },
        Route(
            method: .get, path: "/api/v1/cases/{case}/tracking", id: "trackCase",
            summary: Phrase("游客凭查询码查看自己的案件", "What the tourist may see, with the tracking code"),
            access: .trackingCode, success: .view(200, TrackingView.self)
        ) { call in
            let file = try await call.office.wholeCase(try call.caseID())
            let view = TrackingView(file.file, file.recorded, call.zone, at: call.office.now())
            return Answer(view).with(.eTag, "\"\(view.version)\"")
        },
    ]

    private static let listParameters: [Route.QueryParameter] = [
        .init(
            name: "stage", about: Phrase("阶段", "stage"),
            schema: .object(["type": "string", "enum": .array(stages.map { .text($0) })])),
        .init(
            name: "open", about: Phrase("是否在办", "open or not"),
            schema: ["type": "string", "enum": ["true", "false"]]),
        .init(name: "bureau", about: Phrase("承办单位", "handling bureau"), schema: ["type": "string"]),
        .init(name: "merchant", about: Phrase("商家编号", "merchant's id"), schema: ["type": "string"]),
        .init(
            name: "after", about: Phrase("上一页的next", "next of the page before"),
            schema: ["type": "string"]),
        .init(
            name: "limit", about: Phrase("每页件数", "page size"),
            schema: ["type": "integer", "minimum": 1, "maximum": 200]),
    ]

    static let stages = StageName.allCases.map(\.rawValue)
}

/// The stages by which a list can be filtered.
enum StageName: String, CaseIterable, Sendable {
    case filed, declined, handedOver, merged, assessing, awaitingEvidence, proposed, awaitingFunds
    case withBureau, paying, resolved, closed, withdrawn
}

private enum Flag: String, CaseIterable { case yes = "true", no = "false" }

extension Call {
    fileprivate func caseFilter() throws -> CaseFilter {
        var filter = CaseFilter()
        filter.stage = try queryChoice("stage", StageName.self)?.rawValue
        filter.isOpen = try queryChoice("open", Flag.self).map { $0 == .yes }
        filter.bureau = query("bureau")
        filter.merchant = query("merchant").map { ID($0) }
        if let after = query("after") {
            guard let id = CaseNumber.read(after) else {
                throw Problem.malformedQuery("after", "应为案件编号", "must be a case number")
            }
            filter.after = id
        }
        filter.limit = Int(try queryNumber("limit", in: 1...200) ?? 50)
        if let own = actor.bureau, actor.roles == [.bureau] { filter.bureau = own }
        return filter
    }

    /// A bureau sees a case while, or after, a work order of it was its own.
    func checkBureau(_ file: Case) throws(Problem) {
        guard let own = actor.bureau, actor.roles == [.bureau] else { return }
        guard file.handlings.contains(where: { $0.bureau == own }) else { throw .notYours }
    }
}

/// A case with its events and vouchers, from one state of the database.
struct WholeCase: Sendable {
    let file: Case
    let recorded: [Recorded]
    let vouchers: [Voucher]

    func view(_ office: Office, _ sight: Sight) -> CaseView {
        CaseView(
            file, events: recorded, vouchers: vouchers, chart: office.books.chart,
            zone: office.books.zone, at: office.now(), sight)
    }
}

extension Office {
    func wholeCase(_ id: ID<Case>) async throws -> WholeCase {
        try await read { [self] transaction in
            guard let known = try known(id, in: transaction, at: now()) else {
                throw WorkflowError.noSuchCase(id.text)
            }
            var filter = VoucherFilter()
            filter.caseID = id.text
            filter.limit = 1_000
            return WholeCase(
                file: known.file, recorded: known.events,
                vouchers: try transaction.vouchers(books.fund, filter))
        }
    }
}
