import Ledger
import Store
import Workflow

/// What recomputing the books from the vouchers alone found.
struct VerificationView: Codable, Sendable {
    let isSound: Bool
    let vouchers: Int64
    let head: HeadOfLedgerView
    let spendableFen: Money
    /// The first voucher that does not hold.
    let fault: String?
    /// Where stored balances differ from the vouchers'.
    let differences: [String]
    let ties: [TieView]
    /// Signed checkpoints that the chain was held to.
    let checkpoints: Int
    /// The first closed day whose books are no longer those that were closed.
    let brokenDay: Day?
    /// The first stored sum of a block of vouchers that they do not give.
    let brokenBlock: String?
    /// Whether the stored statement of the fund, the five amounts above all, is what its vouchers give.
    let isStatementTrue: Bool
    /// Days and tiers whose stored sum of commitments, to which caps are held, is not that of the advances.
    let brokenCaps: [String]

    init(_ proof: BooksProof) {
        isSound = proof.isSound
        vouchers = proof.vouchers
        head = HeadOfLedgerView(number: proof.head.number, hash: proof.head.hash.hex)
        spendableFen = proof.spendable
        fault = proof.fault.map { "voucher \($0.number) (\($0.id)): \($0.reason)" }
        differences = proof.differences.map { "\($0)" }
        checkpoints = proof.checkpoints
        brokenDay = proof.brokenDay
        isStatementTrue = proof.isStatementTrue
        brokenCaps = proof.brokenCaps
        brokenBlock = proof.brokenBlock?.description
        ties = proof.ties.map {
            TieView(name: $0.name, booksFen: $0.books, casesFen: $0.cases, holds: $0.holds)
        }
    }
}

/// A sum of the books beside the same sum of the cases.
struct TieView: Codable, Sendable {
    let name: String
    let booksFen: Money
    let casesFen: Money
    let holds: Bool
}
