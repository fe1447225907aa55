import Casework
import Ledger
import Store

/// What of a case must reach outside.
enum Outward {
    /// How long after a payout was confirmed the wallet is asked whether it came back: a bounce
    /// (退票) usually shows within two days.
    private static let checksAfterMinutes = [24 * 60, 3 * 24 * 60]

    static func messages(
        for recorded: [Recorded], of file: Case, at now: Moment
    ) -> [(message: Message, notBefore: Moment)] {
        recorded.flatMap { each -> [(message: Message, notBefore: Moment)] in
            switch each.event {
            // What goes by bank waits for a payment file, and people send that.
            case .payoutOrdered(_, _, let payee) where payee.rail == .bank: []
            case .payoutConfirmed(let number, _, _) where file.rail(of: number) == .bank: []
            case .payoutOrdered(let number, _, _):
                [(Message(id: number, kind: .payout, caseID: file.id, payload: number), now)]
            case .payoutConfirmed(let number, _, _):
                checksAfterMinutes.enumerated().map { index, minutes in
                    (
                        Message(
                            id: "\(number)/check/\(index + 1)", kind: .payoutCheck, caseID: file.id,
                            payload: number), now.advanced(byMinutes: minutes)
                    )
                }
            default: []
            }
        }
    }
}

extension Case {
    fileprivate func rail(of number: String) -> Rail? {
        payouts.first { $0.number == number }?.payee.rail
    }
}
