import Casework
import Ledger
import Store
import Workflow

/// A case with all that is known of it, for JSON and for its page.
struct CaseView: Codable, Sendable {
    let number: String
    let version: Int
    let stage: StageView
    let channel: String
    let filedAt: Timestamp
    let filedBy: String
    let claimant: ClaimantView
    let merchant: CaseMerchantView
    let payee: PayeeView?
    let order: String?
    let matter: String
    let occurredOn: Day
    let paidFen: Money
    let claimedFen: Money
    let story: String
    let wanted: String
    let transferredFrom: String?
    let terms: TermsView
    let facts: [String: Fact]
    let acceptance: AcceptanceView?
    let classification: ClassificationView?
    let determination: DeterminationView?
    let advance: AdvanceView?
    let rulings: [RulingView]
    let clocks: [ClockView]
    let evidence: [EvidenceView]
    let payouts: [PayoutView]
    let workOrders: [WorkOrderView]
    let recovery: RecoveryView?
    let claimBack: ClaimBackView?
    let waitsFor: WaitView?
    let paidByMerchantFen: Money
    let contacts: [ContactView]
    let followUps: [FollowUpView]
    let contest: ContestView?
    let escalations: [String]
    let hasOpenMoney: Bool
    let events: [EventView]
    let vouchers: [VoucherView]

    /// - Parameter sight: Whether personal data may be seen.
    init(
        _ file: Case, events recorded: [Recorded], vouchers: [Voucher], chart: Chart, zone: Zone,
        at now: Moment, _ sight: Sight
    ) {
        let filing = file.filing
        number = file.id.text
        version = file.version
        stage = StageView(file.stage)
        channel = filing.channel.rawValue
        filedAt = Timestamp(zone.text(file.filedAt))
        filedBy = file.filedBy
        claimant = ClaimantView(filing.claimant, sight)
        merchant = CaseMerchantView(
            id: filing.merchant?.text, name: filing.merchantName,
            standing: file.terms.standing.rawValue)
        payee = file.payee.map { PayeeView($0, sight) }
        order = filing.order.map(sight.reference)
        matter = filing.matter
        occurredOn = filing.occurredOn
        paidFen = filing.paid
        claimedFen = filing.claimed
        story = sight.text(filing.story)
        wanted = sight.text(filing.wanted)
        transferredFrom = filing.transferredFrom.map(sight.reference)
        terms = TermsView(file.terms)
        facts = file.facts.mapValues { $0.seen(with: sight) }
        acceptance = file.acceptance.map { AcceptanceView($0.outcome) }
        classification = file.classification.map { ClassificationView($0.outcome) }
        determination = file.determination.map { DeterminationView($0.outcome) }
        advance = file.advance.map { AdvanceView($0, zone) }
        rulings = RulingView.all(of: file, recorded)
        clocks = Clock.Name.allCases.compactMap { file.clocks[$0] }.map {
            ClockView($0, zone, at: now)
        }
        evidence = file.evidence.map { EvidenceView($0, of: file.id, zone, sight) }
        payouts = file.payouts.map { PayoutView($0, zone, sight) }
        workOrders = file.handlings.map { WorkOrderView($0, zone, sight) }
        recovery = file.recovery.map { RecoveryView($0, zone, sight) }
        claimBack = file.claimBack.map { ClaimBackView($0, sight) }
        waitsFor = WaitView(file)
        paidByMerchantFen = file.paidByMerchant
        contacts = file.contacts.map { ContactView($0, zone, sight) }
        followUps = file.followUps.map { FollowUpView($0, zone, sight) }
        contest = file.contest.map {
            ContestView(reason: sight.text($0.reason), answer: $0.answer.map(sight.text))
        }
        escalations = file.escalations.map(sight.text)
        hasOpenMoney = file.hasOpenMoney
        self.events = recorded.map { EventView($0, zone, sight) }
        self.vouchers = vouchers.map { VoucherView($0, chart, zone) }
    }
}

extension Fact {
    /// Texts of people are masked like any other free text; names of codes stay.
    func seen(with sight: Sight) -> Fact {
        switch self {
        case .text(let text): .text(sight.reference(text))
        case .integer, .flag: self
        case .list(let list): .list(list.map { $0.seen(with: sight) })
        case .record(let record): .record(record.mapValues { $0.seen(with: sight) })
        }
    }
}

/// Where a case stands, with what the stage carries.
struct StageView: Codable, Sendable {
    let name: String
    let isOpen: Bool
    /// Of a declined case.
    let code: String?
    /// Of one handed over.
    let to: String?
    /// The number of the first case, of a merged one.
    let mergedInto: String?
    /// Kinds of evidence waited for.
    let awaited: [String]?
    let resolution: String?

    init(_ stage: Stage) {
        name = stage.name
        isOpen = stage.isOpen
        var (code, to, first, awaited): (String?, String?, String?, [String]?) = (
            nil, nil, nil, nil
        )
        var resolution: Resolution?
        switch stage {
        case .declined(let reason): code = reason
        case .handedOver(let body): to = body
        case .merged(let id): first = id.text
        case .awaitingEvidence(let kinds): awaited = kinds
        case .resolved(let how), .closed(let how): resolution = how
        case .filed, .assessing, .proposed, .awaitingFunds, .withBureau, .paying, .withdrawn: break
        }
        self.code = code
        self.to = to
        mergedInto = first
        self.awaited = awaited
        self.resolution = resolution?.rawValue
    }
}

struct ClaimantView: Codable, Sendable {
    let name: String
    let phone: String
    let identity: String?

    init(_ claimant: Claimant, _ sight: Sight) {
        name = sight.name(claimant.name)
        phone = sight.phone(claimant.phone)
        identity = claimant.identity.map(sight.identity)
    }
}

struct PayeeView: Codable, Sendable {
    let account: String
    let name: String
    /// `wallet`, or `bank`: in payment files.
    let rail: String
    let bank: BankView?

    struct BankView: Codable, Sendable {
        let name: String
        let number: String?
    }

    init(_ payee: Payee, _ sight: Sight) {
        account = sight.account(payee.account)
        name = sight.name(payee.name)
        rail = payee.rail.rawValue
        bank = payee.bank.map { BankView(name: $0.name, number: $0.number) }
    }
}

struct CaseMerchantView: Codable, Sendable {
    let id: String?
    let name: String
    /// On the day of purchase.
    let standing: String
}

struct TermsView: Codable, Sendable {
    let edition: String
    let editionHash: String
    let acceptMinutes: Int
    let auditMinutes: Int
    let closingMinutes: Int
    let freezeMinutes: Int

    init(_ terms: Terms) {
        edition = terms.edition
        editionHash = terms.editionHash
        acceptMinutes = terms.acceptMinutes
        auditMinutes = terms.auditMinutes
        closingMinutes = terms.closingMinutes
        freezeMinutes = terms.freezeMinutes
    }
}

struct EvidenceView: Codable, Sendable {
    let hash: String
    let size: Int
    let type: String
    let kind: String
    let name: String
    let addedAt: Timestamp
    let href: String

    init(_ evidence: Evidence, of id: ID<Case>, _ zone: Zone, _ sight: Sight) {
        hash = evidence.hash
        size = evidence.size
        type = evidence.type.rawValue
        kind = evidence.kind
        name = sight.reference(evidence.name)
        addedAt = Timestamp(zone.text(evidence.addedAt))
        href = Link.apiEvidence(id, evidence.hash).text
    }
}

struct ContactView: Codable, Sendable {
    let number: String
    let channel: String
    let story: String
    let at: Timestamp

    init(_ contact: Contact, _ zone: Zone, _ sight: Sight) {
        number = contact.id.text
        channel = contact.channel.rawValue
        story = sight.text(contact.story)
        at = Timestamp(zone.text(contact.at))
    }
}

struct FollowUpView: Codable, Sendable {
    let grade: String
    let note: String
    let at: Timestamp

    init(_ followUp: FollowUp, _ zone: Zone, _ sight: Sight) {
        grade = followUp.grade.rawValue
        note = sight.text(followUp.note)
        at = Timestamp(zone.text(followUp.at))
    }
}

struct ContestView: Codable, Sendable {
    let reason: String
    let answer: String?
}
