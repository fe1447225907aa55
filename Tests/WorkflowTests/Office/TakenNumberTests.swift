import Casework
import Courier
import Ledger
import Store
import Synchronization
import Testing

@testable import Workflow

/// After a restore to an earlier time the wallet may know a number as another case's.
@Suite struct TakenNumberTests {
    /// Loses its first answer, and knows every number as a transfer that was paid: our own, or another's.
    private final class Stranger: Wallet {
        let isOurs: Bool
        private let orders = Mutex(0)
        private let paidAt: Moment

        init(isOurs: Bool, paidAt: Moment) { (self.isOurs, self.paidAt) = (isOurs, paidAt) }

        var ordered: Int { orders.withLock { $0 } }

        func order(_ transfer: Transfer) async -> Reply {
            let count = orders.withLock { orders in
                orders += 1
                return orders
            }
            if count == 1 { return .unknown(.mayHaveArrived(.timeout)) }
            return isOurs
                ? .state(.success(at: paidAt)) : .refused(WalletRefusal(.numberTaken, "taken"))
        }

        func query(_ number: String) async -> Reply { .state(.success(at: paidAt)) }
    }

    @Test(arguments: [true, false])
    func `a success under our number is ours only when the wallet knows the contents`(
        _ isOurs: Bool
    ) async throws {
        try await withOffice(on: .sqliteMemory) { play in
            let file = try await play.file(300, order: "T1")
            let stranger = Stranger(isOurs: isOurs, paidAt: play.clock.now)
            for _ in 1...3 {
                play.clock.set(play.clock.now.advanced(byMinutes: 1))
                _ = try await Paymaster(office: play.office, wallet: stranger).runOnce()
            }
            let payout = try #require(try await play.show(file.id).payouts.first)
            #expect(stranger.ordered == 2)
            if isOurs {
                #expect(payout.state == .confirmed(on: Day("2024-06-03")!))
            } else {
                guard case .failed = payout.state else {
                    Issue.record("taken for made: \(payout.state)")
                    return
                }
            }
        }
    }
}
