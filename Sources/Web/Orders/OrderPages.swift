import Casework
import HTTPTypes
import Ledger
import NIOCore
import Store
import Workflow

/// The hotline's pages: the queue, one order, and the intake. Its commands are pages by `CommandPages`.
enum OrderPages {
    static let all: [Route] = [
        PageRoutes.page(
            "/orders", "orderQueuePage", OrderText.queue, .action(.readOrders),
            query: queueParameters
        ) { call in
            try call.checkHotline()
            if let id = OrderNumber.read(call.query("q") ?? "") {
                return call.redirect(to: .page(id))
            }
            return try await call.orderQueuePage().answer()
        },
        PageRoutes.page(
            "/orders/new", "newOrderPage", OrderText.register, .orderCommand(.register),
            query: intakeParameters
        ) { call in
            try call.intakePage().answer()
        },
        PageRoutes.post(
            "/orders", "registerOrderPage", OrderText.send, .orderCommand(.register),
            query: intakeParameters
        ) { call in
            try await call.submitDemand()
        },
        PageRoutes.page("/orders/{order}", "orderPage", OrderText.order, .action(.readOrders)) {
            call in
            let whole = try await call.office.wholeOrder(try call.orderID())
            try call.checkBureau(whole.order)
            let alike = try await call.office.read {
                try $0.ordersLike(
                    whole.order.demand, evidence: whole.order.evidence.map(\.hash),
                    than: whole.order.id)
            }
            return OrderPage(call, whole, alike: alike).page.answer()
        },
        PageRoutes.page(
            "/orders/{order}/evidence", "orderEvidenceForm", OrderText.addFile,
            .orderCommand(.addEvidence)
        ) { call in
            let whole = try await call.office.wholeOrder(try call.orderID())
            try call.checkBureau(whole.order)
            return call.uploadPage(whole).answer()
        },
        PageRoutes.post(
            "/orders/{order}/evidence", "orderEvidencePage", OrderText.addFile,
            .trackedOrder(.addEvidence)
        ) { call in
            try await call.keepOrderFiles()
        },
        PageRoutes.page(
            "/orders/{order}/evidence/{hash}", "showOrderEvidencePage", OrderText.evidence,
            .trackedAction(.readOrderPersonal)
        ) { call in
            try await call.showOrderEvidence()
        },
    ]

    private static let intakeParameters: [Route.QueryParameter] = [
        .init(
            name: "kind", about: Phrase("诉求类型", "a kind of the edition"),
            schema: ["type": "string"]),
        .init(
            name: "with", about: Phrase("joint或about", "joint or about"),
            schema: ["type": "string"]),
    ]

    private static let queueParameters: [Route.QueryParameter] = [
        ("q", OrderText.query), ("stage", Word.stage.phrase), ("bureau", Word.bureau.phrase),
        ("urgent", OrderText.urgency), ("channel", Word.channel.phrase),
        ("supervised", OrderText.supervised),
    ].map { .init(name: $0.0, about: $0.1, schema: ["type": "string"]) }
}

extension Call {
    /// What is empty in the address was left open in the form.
    private func asked(_ name: String) -> String? {
        query(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    fileprivate func orderQueuePage() async throws -> OrderQueuePage {
        let stage = asked("stage").flatMap { OrderStageName(rawValue: $0) }
        let asked = OrderQuery(
            stage: stage, bureau: asked("bureau"), urgent: asked("urgent").map { $0 == "true" },
            channel: asked("channel"), isSupervised: asked("supervised") == "true",
            text: asked("q") ?? "")
        let (filter, own) = (asked.filter(for: actor), actor.orderBureau)
        // Words and telephones are found by those alone who may read them.
        let isBlind = !asked.text.isEmpty && Sight(ofOrders: actor) == .masked
        let (rows, counts) = try await office.read { transaction in
            (
                isBlind ? [] : try transaction.orders(listedBy: filter),
                try transaction.openOrderCounts(bureau: own)
            )
        }
        return OrderQueuePage(
            call: self, query: asked, rows: rows, counts: counts, edition: hotlineEdition)
    }

    fileprivate func uploadPage(_ whole: WholeOrder) -> Page {
        let id = whole.order.id
        return page(
            parts.say(OrderText.addFile), section: .orders, at: ownLink,
            """
            <section class="lead"><p class="crumb"><a href="\(Link.page(id).with(language))">\(parts.word(.back))</a></p>
            <h1>\(parts.say(OrderText.addFile))</h1><p>\(id.text)</p></section>
            \(OrderUpload(call: self, id: id, edition: whole.edition).markup)
            """)
    }

    fileprivate func keepOrderFiles() async throws -> Answer {
        let (id, actor) = (try orderID(), actor)
        let entries = try await entries(upTo: Self.filesLimit_bytes)
        for file in entries.files {
            let kind = entries["kind"] ?? ""
            let name = file.fileName.isEmpty ? kind : file.fileName
            try await office.work { work in
                try work.checkBureau(of: actor, on: id)
                _ = try work.addEvidence(
                    file.bytes, kind: kind, name: name, toOrder: id, by: actor)
            }
        }
        let home: Link = visitor.isNamed ? .page(id) : .tracking(ID(id.text))
        return redirect(to: home.with("done", "orderAddEvidence"))
    }

    /// The piece of evidence in the path.
    func showOrderEvidence() async throws -> Answer {
        let id = try orderID()
        let hash = part("hash")
        return try await office.work { [self] work in
            guard let order = try work.transaction.workOrder(id) else {
                throw WorkflowError.noSuchOrder(id.text)
            }
            try checkBureau(order)
            let found = try work.transaction.evidenceBytes(hash)
            guard let evidence = order.evidence.first(where: { $0.hash == hash }), let found else {
                throw Problem.noSuch(Phrase("证据", "evidence"), hash)
            }
            try note(aLookAt: hash, of: id.text, in: work)
            return download(evidence, found.type, found.bytes)
        }
    }
}

extension OrderQuery {
    /// A bureau finds what it leads or assists with.
    fileprivate func filter(for actor: Actor) -> OrderFilter {
        var filter = OrderFilter(reader: actor)
        filter.stage = stage?.rawValue
        if stage == nil, text.isEmpty { filter.isOpen = true }
        filter.bureau = actor.orderBureau ?? bureau
        (filter.isUrgent, filter.channel) = (urgent, channel)
        filter.isSupervised = isSupervised
        filter.limit = OrderQueuePage.ordersShown
        if !text.isEmpty {
            let digits = text.filter(\.isNumber)
            let isPhone = digits.count >= 7 && !text.contains(where: \.isLetter)
            if isPhone { filter.phone = digits } else { filter.words = text }
        }
        return filter
    }
}
