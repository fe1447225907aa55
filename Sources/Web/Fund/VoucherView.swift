import Casework
import Ledger

struct VoucherView: Codable, Sendable {
    let number: Int64
    let id: String
    let businessDate: Day
    let recordedAt: Timestamp
    let reason: String
    let source: String
    /// The number of the case that caused it.
    let caseNumber: String?
    let maker: String
    let checker: String?
    let reverses: String?
    /// The voucher that this one puts right, together with its reversal.
    let corrects: String?
    let currency: String
    let lines: [VoucherLineView]
    let previousHash: String
    let hash: String
    let href: String

    init(_ voucher: Voucher, _ chart: Chart, _ zone: Zone) {
        let draft = voucher.draft
        number = voucher.number
        id = draft.id.text
        businessDate = draft.businessDate
        recordedAt = Timestamp(zone.text(voucher.recordedAt))
        reason = draft.reason
        source = draft.source
        caseNumber = CaseNumber.read(draft.source.prefix { $0 != "#" })?.text
        maker = draft.maker
        checker = draft.checker
        reverses = draft.reverses?.text
        corrects = draft.corrects?.text
        currency = draft.currency
        lines = draft.lines.map { VoucherLineView($0, chart) }
        previousHash = voucher.previousHash.hex
        hash = voucher.hash.hex
        href = Link.apiVoucher(voucher.number).text
    }
}

struct VoucherLineView: Codable, Sendable {
    let account: String
    let zh: String
    let en: String
    let side: String
    let amountFen: Money
    /// `opens`, `releases`, `returns`.
    let step: String?
    let reservation: String?

    init(_ line: Line, _ chart: Chart) {
        let entry = chart[line.account.code]
        account = line.account.description
        zh = entry?.chinese ?? line.account.code
        en = entry?.english ?? line.account.code
        side = line.side.rawValue
        amountFen = line.amount
        step = line.reservation?.step.rawValue
        reservation = line.reservation?.id.text
    }
}

struct VoucherListView: Codable, Sendable {
    let vouchers: [VoucherView]
    /// Give it as `after`, or as `before` when the page was read backward; absent on the last page.
    let next: Int64?
}
