import Casework
import Database
import HTTPTypes
import Ledger
import Store
import Workflow

/// What the office holds about a person, for that person: with the tracking code of the case or work order.
enum OwnDataRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/cases/{case}/own-data", id: "ownCaseData",
            summary: Phrase("游客凭查询码下载本案中关于自己的全部信息", "All that is held about the tourist of a case"),
            access: .trackingCode, success: .view(200, OwnDataView.self)
        ) { call in
            Answer(try await call.ownData(of: try call.caseID()))
        },
        Route(
            method: .get, path: "/api/v1/orders/{order}/own-data", id: "ownOrderData",
            summary: Phrase(
                "来电人凭查询码下载本工单中关于自己的全部信息", "All that is held about the caller of a work order"),
            access: .trackingCode, success: .view(200, OwnOrderDataView.self)
        ) { call in
            let id = try call.orderID()
            try call.desk.admitExport(of: id.text)
            let (order, recorded, looks) = try await call.office.read { transaction in
                (
                    try transaction.workOrder(id), try transaction.events(ofOrder: id),
                    try transaction.looks(at: id.text)
                )
            }
            guard let order else { throw WorkflowError.noSuchOrder(id.text) }
            return Answer(OwnOrderDataView(order, recorded, looks, call.zone))
        },
    ]

    /// The same as a file from the page where a case is followed.
    static let pages: [Route] = [
        PageRoutes.page(
            "/track/{case}/own-data", "ownDataFile", PrivacyText.ownData, .trackingCode
        ) { call in
            let id = try call.caseID()
            return Answer(try await call.ownData(of: id))
                .with(.contentDisposition, "attachment; filename=\"\(id.text).json\"")
        }
    ]
}

extension Call {
    fileprivate func ownData(of id: ID<Case>) async throws -> OwnDataView {
        try desk.admitExport(of: id.text)
        let (file, recorded, consent, looks, contact) = try await office.read { transaction in
            (
                try transaction.caseFile(id), try transaction.events(of: id),
                try transaction.consent(of: id.text), try transaction.looks(at: id.text),
                try transaction.contact(of: id)
            )
        }
        guard let file else { throw WorkflowError.noSuchCase(id.text) }
        return OwnDataView(file, recorded, consent, looks, contact, zone)
    }
}

extension Transaction {
    fileprivate func looks(at subject: String) throws -> [Disclosure] {
        var filter = DisclosureFilter()
        (filter.subject, filter.limit) = (subject, 200)
        return try disclosures(filter)
    }
}

/// All of a case that is about its tourist, unmasked.
struct OwnDataView: Codable, Sendable {
    let number: String
    let filedAt: Timestamp
    let channel: String
    let name: String
    let phone: String
    let identity: String?
    let payees: [DisclosureView.PayeeShown]
    let merchantName: String
    let order: String?
    let occurredOn: Day
    let paidFen: Money
    let claimedFen: Money
    let story: String
    let wanted: String
    let transferredFrom: String?
    let facts: [String: Fact]
    let said: [Said]
    let evidence: [File]
    let payouts: [Paid]
    let events: [Happened]
    let consent: Agreed?
    /// Where messages go, where that is not the telephone of the filing.
    let contact: Written?
    /// When the office's people looked at what is masked otherwise, as which role, and at what.
    let looks: [Look]

    struct Written: Codable, Sendable {
        let way: String
        let address: String
    }

    struct Said: Codable, Sendable {
        let at: Timestamp?
        let text: String
    }

    struct File: Codable, Sendable {
        let name: String
        let kind: String
        let type: String
        let size: Int
        let sha256: String
        let addedAt: Timestamp
    }

    struct Paid: Codable, Sendable {
        let number: String
        let amountFen: Money
        let account: String
        let orderedAt: Timestamp
        let state: String
    }

    struct Happened: Codable, Sendable {
        let at: Timestamp
        let kind: String
    }

    struct Agreed: Codable, Sendable {
        let version: String
        let sha256: String
        let at: Timestamp
    }

    struct Look: Codable, Sendable {
        let at: Timestamp
        let roles: [String]
        let fields: [String]

        init(_ row: Disclosure, _ zone: Zone) {
            at = Timestamp(zone.text(row.at))
            roles = row.roles
            fields = row.kind == .evidence ? ["evidence"] : row.fields
        }
    }

    init(
        _ file: Case, _ recorded: [Recorded], _ agreed: ConsentRow?, _ rows: [Disclosure],
        _ written: MessageContact?, _ zone: Zone
    ) {
        let filing = file.filing
        number = file.id.text
        filedAt = Timestamp(zone.text(file.filedAt))
        channel = filing.channel.rawValue
        name = filing.claimant.name.revealed
        phone = filing.claimant.phone.revealed
        identity = filing.claimant.identity?.revealed
        let shown = DisclosureView.Shown(file, [.account])
        payees = shown.payees ?? []
        merchantName = filing.merchantName
        order = filing.order
        occurredOn = filing.occurredOn
        paidFen = filing.paid
        claimedFen = filing.claimed
        story = filing.story
        wanted = filing.wanted
        transferredFrom = filing.transferredFrom
        facts = file.facts
        said =
            file.contacts.map { Said(at: Timestamp(zone.text($0.at)), text: $0.story) }
            + file.followUps.map { Said(at: Timestamp(zone.text($0.at)), text: $0.note) }
            + [file.contest?.reason, file.contest?.answer].compactMap { $0 }
            .map { Said(at: nil, text: $0) }
        evidence = file.evidence.map { File($0, zone) }
        payouts = file.payouts.map { payout in
            Paid(
                number: payout.number, amountFen: payout.amount,
                account: payout.payee.account.revealed,
                orderedAt: Timestamp(zone.text(payout.orderedAt)),
                state: PayoutView(payout, zone, .masked).state)
        }
        events = recorded.map {
            Happened(at: Timestamp(zone.text($0.at)), kind: $0.event.kind)
        }
        contact = written.map { Written(way: $0.way.rawValue, address: $0.address.revealed) }
        consent = agreed.map {
            Agreed(version: $0.version, sha256: $0.hash, at: Timestamp(zone.text($0.at)))
        }
        looks = rows.map { Look($0, zone) }
    }
}

extension OwnDataView.File {
    init(_ evidence: Evidence, _ zone: Zone) {
        self.init(
            name: evidence.name, kind: evidence.kind, type: evidence.type.mediaType,
            size: evidence.size, sha256: evidence.hash,
            addedAt: Timestamp(zone.text(evidence.addedAt)))
    }
}

/// All of a work order that is about its caller, unmasked.
struct OwnOrderDataView: Codable, Sendable {
    let number: String
    let registeredAt: Timestamp
    let channel: String
    let name: String?
    let phone: String?
    let text: String
    let place: String?
    let numberElsewhere: String?
    let facts: [String: Fact]
    let said: [OwnDataView.Said]
    let evidence: [OwnDataView.File]
    let events: [OwnDataView.Happened]
    let looks: [OwnDataView.Look]

    init(_ order: WorkOrder, _ recorded: [RecordedOrder], _ rows: [Disclosure], _ zone: Zone) {
        let demand = order.demand
        number = order.id.text
        registeredAt = Timestamp(zone.text(order.registeredAt))
        channel = demand.channel.rawValue
        name = demand.caller.name?.revealed
        phone = demand.caller.phone?.revealed
        text = demand.text
        place = demand.place?.revealed
        numberElsewhere = demand.numberElsewhere
        facts = order.facts
        said =
            order.messages.filter { $0.from == .caller }.map {
                OwnDataView.Said(at: nil, text: $0.text)
            } + [order.reply].compactMap { $0 }.map { OwnDataView.Said(at: nil, text: $0) }
        evidence = order.evidence.map { OwnDataView.File($0, zone) }
        events = recorded.map {
            OwnDataView.Happened(at: Timestamp(zone.text($0.at)), kind: $0.event.kind)
        }
        looks = rows.map { OwnDataView.Look($0, zone) }
    }
}
