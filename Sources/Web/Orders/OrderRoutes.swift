import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

enum OrderRoutes {
    static let all: [Route] = [
        Route(
            method: .post, path: "/api/v1/orders", id: "registerOrder",
            summary: Phrase(
                "登记诉求；分类、时限与拟派单位随即按政策给出",
                "Register a demand; policy sorts it, sets its limits and proposes who handles it"),
            access: .orderCommand(.register), body: .form(OrderIntakeForm.self),
            success: .view(201, RegisteredOrderView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let (form, bytes) = try await call.form(OrderIntakeForm.self)
            var generator = SystemRandomNumberGenerator()
            let code = freshTrackingCode(using: &generator)
            return try await call.once(bytes) { work in
                let registered = try work.registerOrder(
                    form.intake, by: call.actor, trackingCode: code)
                return Effect(201, try RegisteredOrderView(registered, in: work))
            }
        },
        Route(
            method: .get, path: "/api/v1/orders", id: "listOrders",
            summary: Phrase("工单清单，新的在前", "Work orders, the newest first"),
            access: .action(.readOrders), query: listParameters,
            success: .view(200, OrderListView.self)
        ) { call in
            let filter = try call.orderFilter()
            let rows = try await call.office.read { try $0.orderRows(filter) }
            let next = rows.count == filter.limit ? rows.last?.id.text : nil
            return Answer(OrderListView(orders: call.views(of: rows), next: next))
        },
        Route(
            method: .get, path: "/api/v1/orders/queue", id: "orderQueue",
            summary: Phrase(
                "在办工单，最紧迫的在前；计时中止的不在其中",
                "Open work orders, the most pressing first; without those whose clocks stand still"),
            access: .action(.readOrders), query: queueParameters,
            success: .view(200, OrderListView.self)
        ) { call in
            let filter = try call.queueFilter()
            let rows = try await call.office.read { try $0.orderQueue(filter) }
            return Answer(OrderListView(orders: call.views(of: rows), next: nil))
        },
        Route(
            method: .get, path: "/api/v1/orders/{order}", id: "showOrder",
            summary: Phrase("一个工单的全部", "All that is known of a work order"),
            access: .action(.readOrders), success: .view(200, OrderView.self)
        ) { call in
            let whole = try await call.office.wholeOrder(try call.orderID())
            try call.checkBureau(whole.order)
            let view = OrderView(
                whole, call.zone, at: call.office.now(), Sight(ofOrders: call.actor))
            return Answer(view).with(.eTag, "\"\(view.version)\"")
        },
        Route(
            method: .get, path: "/api/v1/orders/{order}/tracking", id: "trackOrder",
            summary: Phrase("来电人凭查询码查看自己的工单", "What the caller may see, with the tracking code"),
            access: .trackingCode, success: .view(200, OrderTrackingView.self)
        ) { call in
            let whole = try await call.office.wholeOrder(try call.orderID())
            let view = OrderTrackingView(whole, call.zone, at: call.office.now())
            return Answer(view).with(.eTag, "\"\(view.version)\"")
        },
    ]

    private static let queueParameters: [Route.QueryParameter] = [
        .init(
            name: "bureau", about: Phrase("主办或协办单位", "lead or assisting bureau"),
            schema: ["type": "string"]),
        .init(name: "kind", about: Phrase("诉求类型", "kind"), schema: ["type": "string"]),
        .init(
            name: "supervised", about: Phrase("只看督办件", "only those under supervision"),
            schema: ["type": "string", "enum": ["true", "false"]]),
        .init(
            name: "limit", about: Phrase("每页件数", "page size"),
            schema: ["type": "integer", "minimum": 1, "maximum": 200]),
    ]

    private static let listParameters: [Route.QueryParameter] =
        [
            .init(
                name: "stage", about: Phrase("阶段", "stage"),
                schema: .object([
                    "type": "string",
                    "enum": .array(OrderStageName.allCases.map { .text($0.rawValue) }),
                ])),
            .init(
                name: "open", about: Phrase("是否在办", "open or not"),
                schema: ["type": "string", "enum": ["true", "false"]]),
            .init(
                name: "after", about: Phrase("上一页的next", "next of the page before"),
                schema: ["type": "string"]),
        ] + queueParameters
}

/// The stages by which a list can be filtered.
enum OrderStageName: String, CaseIterable, Sendable {
    case registered, dispatched, handling, finished, closed, declined, handedOver, merged
    case withdrawn
}

private enum Flag: String, CaseIterable { case yes = "true", no = "false" }

extension Call {
    fileprivate func queueFilter() throws -> OrderFilter {
        var filter = OrderFilter(reader: actor)
        filter.bureau = actor.orderBureau ?? query("bureau")
        filter.kind = query("kind")
        filter.isSupervised = try queryChoice("supervised", Flag.self) == .yes
        filter.limit = Int(try queryNumber("limit", in: 1...200) ?? 50)
        return filter
    }

    fileprivate func orderFilter() throws -> OrderFilter {
        var filter = try queueFilter()
        filter.stage = try queryChoice("stage", OrderStageName.self)?.rawValue
        filter.isOpen = try queryChoice("open", Flag.self).map { $0 == .yes }
        if let after = query("after") {
            guard let id = OrderNumber.read(after) else {
                throw Problem.malformedQuery("after", "应为工单编号", "must be a work order's number")
            }
            filter.after = id
        }
        return filter
    }

    fileprivate func views(of rows: [OrderRow]) -> [OrderRowView] {
        let now = office.now()
        return rows.map { OrderRowView($0, zone, at: now, Sight(ofOrders: actor)) }
    }

    /// A bureau sees a work order while, or after, it was its own; nobody sees one that is about them.
    func checkBureau(_ order: WorkOrder) throws(Problem) {
        if let about = order.demand.about, about.concerns(actor) {
            throw Problem(.concerned(actor.name))
        }
        guard let own = actor.orderBureau else { return }
        guard order.hasBeen(with: own) else { throw .notYourOrder }
    }
}
