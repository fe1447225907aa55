import Casework
import Ledger
import Store

/// The line of a case in a list or queue. It holds no personal data.
struct CaseRowView: Codable, Sendable {
    let number: String
    let version: Int
    let stage: String
    let isOpen: Bool
    let channel: String
    let matter: String
    let category: String
    let path: String
    let edition: String
    let merchantId: String?
    let merchantName: String
    let bureau: String?
    let claimedFen: Money
    let advanceFen: Money
    let filedAt: Timestamp
    /// When the most pressing running clock ends.
    let due: Timestamp?
    let dueClock: String?
    let leftMs: Int64?
    let href: String

    init(_ row: CaseRow, _ zone: Zone, at now: Moment) {
        number = row.id.text
        version = row.version
        stage = row.stage
        isOpen = row.isOpen
        channel = row.channel
        matter = row.matter
        category = row.category
        path = row.path
        edition = row.edition
        merchantId = row.merchant?.text
        merchantName = row.merchantName
        bureau = row.bureau
        claimedFen = row.claimed
        advanceFen = row.advance
        filedAt = Timestamp(zone.text(row.filedAt))
        due = row.due.map { Timestamp(zone.text($0)) }
        dueClock = row.dueClock
        leftMs = row.due.map { now.distanceMs(to: $0) }
        href = Link.api(row.id).text
    }
}

struct CaseListView: Codable, Sendable {
    let cases: [CaseRowView]
    /// Give it as `after` for the next page; absent on the last.
    let next: String?
}

/// What a command on a case is answered with: enough to go on, and nothing personal.
struct CaseReceiptView: Codable, Sendable {
    let number: String
    let version: Int
    let stage: StageView
    let advance: AdvanceView?
    let clocks: [ClockView]
    let href: String

    init(_ file: Case, _ zone: Zone, at now: Moment) {
        number = file.id.text
        version = file.version
        stage = StageView(file.stage)
        advance = file.advance.map { AdvanceView($0, zone) }
        clocks = Clock.Name.allCases.compactMap { file.clocks[$0] }.map {
            ClockView($0, zone, at: now)
        }
        href = Link.api(file.id).text
    }
}

/// What filing is answered with. The tracking code is told here and never again.
struct FiledView: Codable, Sendable {
    let number: String
    let trackingCode: String
    let version: Int
    let stage: StageView
    let acceptance: AcceptanceView?
    let advance: AdvanceView?
    let clocks: [ClockView]
    /// Kinds of evidence without which the case waits.
    let evidenceWanted: [String]
    let href: String

    init(_ file: Case, trackingCode: String, _ zone: Zone, at now: Moment) {
        let receipt = CaseReceiptView(file, zone, at: now)
        number = receipt.number
        self.trackingCode = trackingCode
        version = receipt.version
        stage = receipt.stage
        acceptance = file.acceptance.map { AcceptanceView($0.outcome) }
        advance = receipt.advance
        clocks = receipt.clocks
        evidenceWanted = receipt.stage.awaited ?? []
        href = receipt.href
    }
}

/// What a tourist may see of the own case: where it stands, what was decided and why, what is wanted.
struct TrackingView: Codable, Sendable {
    let number: String
    let version: Int
    let stage: StageView
    let stageName: String
    let stageNameEn: String
    let merchantName: String
    let claimedFen: Money
    let filedAt: Timestamp
    let acceptance: AcceptanceView?
    let determination: DeterminationView?
    let advance: TouristAdvanceView?
    let rules: [RuleView]
    let clocks: [ClockView]
    let evidence: [EvidenceView]
    let payouts: [PayoutView]
    let hasPayee: Bool
    let mayContest: Bool
    let contest: ContestView?

    init(_ file: Case, _ recorded: [Recorded], _ zone: Zone, at now: Moment) {
        let name = Names.stage(file.stage.name)
        number = file.id.text
        version = file.version
        stage = StageView(file.stage)
        stageName = name.zh
        stageNameEn = name.en
        merchantName = file.filing.merchantName
        claimedFen = file.filing.claimed
        filedAt = Timestamp(zone.text(file.filedAt))
        acceptance = file.acceptance.map { AcceptanceView($0.outcome) }
        determination = file.determination.map { DeterminationView($0.outcome) }
        advance = file.advance.map { TouristAdvanceView(AdvanceView($0, zone)) }
        rules = RulingView.all(of: file, recorded).flatMap(\.rules)
        // What the fund does with the merchant afterwards is not the tourist's matter.
        clocks = [Clock.Name.acceptance, .audit, .closing, .freeze].compactMap { file.clocks[$0] }
            .map { ClockView($0, zone, at: now) }
        evidence = file.evidence.map { EvidenceView($0, of: file.id, zone, .masked) }
        payouts = file.payouts.map { PayoutView($0, zone, .masked) }
        hasPayee = file.payee != nil
        let actor = Actor.tourist
        // Only asked, not done.
        mayContest = (try? file.decide(.contest(reason: "?"), by: actor, at: now)) != nil
        contest = file.contest.map { ContestView(reason: $0.reason, answer: $0.answer) }
    }
}

/// An advance without who proposed and approved it.
struct TouristAdvanceView: Codable, Sendable {
    let path: String
    let code: String
    let amountFen: Money
    let state: String
    let reason: String?

    init(_ advance: AdvanceView) {
        path = advance.path
        code = advance.code
        amountFen = advance.amountFen
        state = advance.state
        reason = advance.reason
    }
}
