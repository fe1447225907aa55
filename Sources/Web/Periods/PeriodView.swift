import Ledger
import Store
import Workflow

struct ClosingProposalView: Codable, Sendable {
    let period: String
    let proposedBy: String
    let proposedAt: Timestamp

    init(_ proposal: ClosingProposal, _ zone: Zone) {
        period = proposal.period.description
        proposedBy = proposal.proposedBy
        proposedAt = Timestamp(zone.text(proposal.proposedAt))
    }
}

struct ClosedPeriodView: Codable, Sendable {
    let period: String
    let bankFen: Money
    let platformFen: Money
    /// The last voucher of the books as closed.
    let head: HeadOfLedgerView
    let closedAt: Timestamp
    let proposedBy: String
    let closedBy: String
    /// The signed text, to be kept as it is; absent when the office has no signing key.
    let checkpoint: String?

    init(_ closed: ClosedPeriod, _ zone: Zone) {
        period = closed.period.description
        bankFen = closed.bank
        platformFen = closed.platform
        head = HeadOfLedgerView(number: closed.head.number, hash: closed.head.hash.hex)
        closedAt = Timestamp(zone.text(closed.closedAt))
        proposedBy = closed.maker
        closedBy = closed.checker
        checkpoint = closed.checkpoint?.text
    }
}

struct PeriodView: Codable, Sendable {
    let period: String
    let head: HeadOfLedgerView
    let closedAt: Timestamp
    let proposedBy: String
    let closedBy: String

    init(_ closing: Closing, _ zone: Zone) {
        period = closing.period.description
        head = HeadOfLedgerView(number: closing.head.number, hash: closing.head.hash.hex)
        closedAt = Timestamp(zone.text(closing.closedAt))
        proposedBy = closing.maker
        closedBy = closing.checker
    }
}

struct PeriodListView: Codable, Sendable {
    /// The last day that takes no voucher any more.
    let closedThrough: Day?
    let lastClosedDay: Day?
    let periods: [PeriodView]
}

struct CheckpointListView: Codable, Sendable {
    /// Each as it was signed, to the letter; the oldest first.
    let checkpoints: [String]
}
