import Casework
import HTTPTypes
import Hummingbird
import Ledger
import Store
import Workflow

/// Limits that GeoReport v2 sets.
enum Open311Limits {
    static let span_days = 90
    static let requests: Int64 = 1_000
    /// Numbers asked for at once.
    static let numbers = 100
    /// How long ago something was filed of which updates are told.
    static let followed_days = 400
}

/// What anybody may read.
extension Call {
    /// The one jurisdiction there is may be named or not.
    func checkJurisdiction(_ id: String?) throws(Problem) {
        guard let id, !id.isEmpty, id != office.books.fund else { return }
        throw .noSuch(Phrase("辖区", "jurisdiction_id"), id)
    }

    func open311Requests() async throws -> Open311Node {
        let (from, to) = try open311Span()
        var filter = PublicRequestFilter(from: from, to: to, limit: Open311Limits.requests)
        if let numbers = open311List("service_request_id") {
            filter.numbers = numbers.prefix(Open311Limits.numbers)
                .map { CaseNumber.read($0)?.text ?? $0 }
        }
        filter.services = open311List("service_code") ?? []
        if let status = open311List("status"), Set(status) != ["open", "closed"] {
            guard status == ["open"] || status == ["closed"] else {
                throw Problem.malformedQuery("status", "应为open或closed", "must be open or closed")
            }
            filter.isClosed = status == ["closed"]
        }
        if let size = try queryNumber("page_size", in: 1...Open311Limits.requests) {
            filter.limit = size
        }
        let page = try queryNumber("page", in: 1...1_000) ?? 1
        filter.offset = (page - 1) * filter.limit
        let found = try await office.read { [filter] in try $0.publicRequests(filter) }
        return .list(item: "request", try nodes(of: found))
    }

    func open311Request(_ number: String) async throws -> Open311Node {
        guard let id = CaseNumber.read(number)?.text else {
            throw Problem.noSuch(Phrase("件", "service request"), number)
        }
        let now = office.now()
        var filter = PublicRequestFilter(from: now, to: now, limit: 1)
        filter.numbers = [id]
        let found = try await office.read { [filter] in try $0.publicRequests(filter) }
        guard !found.isEmpty else { throw Problem.noSuch(Phrase("件", "service request"), number) }
        return .list(item: "request", try nodes(of: found))
    }

    /// What happened to requests that came in by Open311, in its order; the newest day where nothing is said.
    func open311Updates() async throws -> Open311Node {
        let now = office.now()
        let to = try open311Moment("end_date") ?? now
        let from = try open311Moment("start_date") ?? to.advanced(byMinutes: -24 * 60)
        let filed = from.advanced(byMinutes: -Open311Limits.followed_days * 24 * 60)
        let steps = try await office.read {
            try $0.open311Steps(
                from: from, to: to, filedAfter: filed, limit: Open311Limits.requests)
        }
        let names = PublicStepNames()
        let updates: [Open311Node] = steps.compactMap { step in
            guard let (text, isClosed) = names.told(step) else { return nil }
            return .object([
                ("update_id", .text("\(step.number)_\(step.position)")),
                ("service_request_id", .text(step.number)),
                ("status", .text(isClosed ? "CLOSED" : "OPEN")),
                ("updated_datetime", .text(zone.text(step.at))),
                ("description", .text(text[language])), ("media_url", .nothing),
            ])
        }
        return .list(item: "request_update", updates)
    }

    /// Nil where the argument is absent or empty: GeoReport makes no difference.
    private func open311List(_ name: String) -> [String]? {
        guard let text = query(name), !text.isEmpty else { return nil }
        let list = text.split(separator: ",").map(String.init)
        return list.isEmpty ? nil : list
    }

    private func open311Moment(_ name: String) throws(Problem) -> Moment? {
        guard let text = query(name), !text.isEmpty else { return nil }
        guard let moment = Moment(text) else {
            throw .malformedQuery(
                name, "应为带时区的时间，如2025-03-08T00:00:00Z",
                "must be a time with its zone such as 2025-03-08T00:00:00Z")
        }
        return moment
    }

    /// At most 90 days: the last of those that are asked for.
    private func open311Span() throws -> (Moment, Moment) {
        let minutes = Open311Limits.span_days * 24 * 60
        let start = try open311Moment("start_date")
        let end =
            try open311Moment("end_date") ?? start?.advanced(byMinutes: minutes) ?? office.now()
        let earliest = end.advanced(byMinutes: -minutes)
        return (max(start ?? earliest, earliest), end)
    }

    private func nodes(of requests: [PublicRequest]) throws -> [Open311Node] {
        var names: [String: Phrase] = [:]
        for service in try office.open311Services() { names[service.code] = service.name }
        let bureaus = office.policyBooks.compactMap { $0.editions.last }.flatMap(\.bureaus)
        return requests.map { each in
            let stage =
                each.isCase ? Names.stage(each.stage) : Names.orderStage(each.stage)
            let bureau = each.bureau.flatMap { code in bureaus.first { $0.code == code } }
            return .object([
                ("service_request_id", .text(each.number)),
                ("status", .text(each.isClosed ? "closed" : "open")),
                ("status_notes", .text(stage[language])),
                ("service_name", .text(names[each.service]?[language] ?? each.service)),
                ("service_code", .text(each.service)),
                // What people wrote, and where it was, is theirs: these stay empty.
                ("description", .nothing),
                (
                    "agency_responsible",
                    .text(bureau.map { Phrase($0.chinese, $0.english)[language] })
                ),
                ("service_notice", .nothing),
                ("requested_datetime", .text(zone.text(each.filedAt))),
                ("updated_datetime", .text(zone.text(each.changedAt))),
                ("expected_datetime", .nothing), ("address", .nothing), ("address_id", .nothing),
                ("zipcode", .nothing), ("lat", .nothing), ("long", .nothing),
                ("media_url", .nothing),
            ])
        }
    }
}

/// What those outside are told of a step, by the event's kind as it is stored.
struct PublicStepNames {
    private static let cases: [String: Phrase] = [
        "filed": Phrase("已登记", "Filed"), "accepted": Phrase("已受理", "Accepted"),
        "declined": Phrase("不予受理", "Declined"),
        "handedOver": Phrase("已移交", "Handed over"), "merged": Phrase("已并入前件", "Merged"),
        "evidenceRequested": Phrase("请补充证据", "Evidence is asked for"),
        "evidenceComplete": Phrase("证据已齐", "The evidence is complete"),
        "advanceRefused": Phrase("不予先行赔付", "No advance is made"),
        "forwarded": Phrase("已转承办单位", "Sent to the bureau"),
        "reserved": Phrase("赔付金已冻结", "The money is reserved"),
        "payoutOrdered": Phrase("正在打款", "The payout is under way"),
        "payoutConfirmed": Phrase("已赔付", "Paid"),
        "resolved": Phrase("已办理", "Resolved"), "closed": Phrase("已办结", "Closed"),
        "reopened": Phrase("已重启", "Reopened"), "withdrawn": Phrase("已撤回", "Withdrawn"),
    ]
    private static let orders: [String: Phrase] = [
        "registered": Phrase("已登记", "Registered"), "accepted": Phrase("已受理", "Accepted"),
        "answered": Phrase("已答复", "Answered"), "declined": Phrase("不予受理", "Declined"),
        "handedOver": Phrase("已移交", "Handed over"), "merged": Phrase("已并入前件", "Merged"),
        "dispatched": Phrase("已派单", "Dispatched"), "signed": Phrase("已签收", "Signed for"),
        "extensionGranted": Phrase("已延期", "Extended"), "finished": Phrase("已办理", "Done"),
        "redoOrdered": Phrase("重新办理", "To be done again"), "closed": Phrase("已办结", "Closed"),
        "reopened": Phrase("已重启", "Reopened"), "withdrawn": Phrase("已撤回", "Withdrawn"),
    ]
    /// After which nothing more is to be done for whoever brought it.
    private static let endings: Set = [
        "declined", "handedOver", "merged", "resolved", "closed", "withdrawn", "finished",
        "answered",
    ]

    /// Nil for what is not told.
    func told(_ step: PublicStep) -> (text: Phrase, isClosed: Bool)? {
        guard let text = (step.isCase ? Self.cases : Self.orders)[step.kind] else { return nil }
        return (text, Self.endings.contains(step.kind))
    }
}
