import Casework
import Courier
import Ledger
import Testing

@testable import Workflow

/// A wallet that is long in answering one order.
@Suite struct SlowWalletTests {
    /// Answers every order at once but the first, which waits until it is let go.
    private actor Slow: Wallet {
        private let paidAt: Moment
        private var first: String?
        private var waiting: CheckedContinuation<Void, Never>?

        init(paidAt: Moment) { self.paidAt = paidAt }

        func order(_ transfer: Transfer) async -> Reply {
            if first == nil {
                first = transfer.number
                await withCheckedContinuation { waiting = $0 }
            }
            return .state(.success(at: paidAt))
        }

        func query(_ number: String) async -> Reply { .notFound }

        func letGo() {
            waiting?.resume()
            waiting = nil
        }
    }

    @Test func `an answer that is long in coming holds up its own payout alone`() async throws {
        try await withOffice(on: .sqliteMemory) { play in
            var files: [ID<Case>] = []
            for number in 0..<9 {
                files.append(try await play.file(100, order: "SW\(number)").id)
            }
            let slow = Slow(paidAt: play.clock.now)
            // Fewer places than payouts: the last ones are taken only when earlier ones are done.
            let paymaster = Paymaster(office: play.office, wallet: slow, batch: 6)
            async let whole: Void = paymaster.runUntilIdle()
            var paid = 0
            for _ in 0..<1_000 where paid < files.count - 1 {
                try await Task.sleep(for: .milliseconds(10))
                paid = try await confirmed(files, play)
            }
            #expect(paid == files.count - 1)
            await slow.letGo()
            try await whole
            #expect(try await confirmed(files, play) == files.count)
        }
    }

    /// Takes a moment for every order, and counts them.
    private actor Counting: Wallet {
        private let paidAt: Moment
        private(set) var count = 0

        init(paidAt: Moment) { self.paidAt = paidAt }

        func order(_ transfer: Transfer) async -> Reply {
            count += 1
            try? await Task.sleep(for: .milliseconds(20))
            return .state(.success(at: paidAt))
        }

        func query(_ number: String) async -> Reply { .notFound }
    }

    @Test func `a service that ends takes no more payouts, and the next one makes them`()
        async throws
    {
        try await withOffice(on: .sqliteMemory) { play in
            var files: [ID<Case>] = []
            for number in 0..<12 {
                files.append(try await play.file(100, order: "EW\(number)").id)
            }
            let wallet = Counting(paidAt: play.clock.now)
            let paymaster = Paymaster(office: play.office, wallet: wallet, batch: 2)
            let task = Task { try await paymaster.runUntilIdle() }
            while await wallet.count == 0 { try await Task.sleep(for: .milliseconds(1)) }
            task.cancel()
            _ = await task.result
            // Two under way, and two that were being taken at that moment.
            #expect(await wallet.count <= 4)
            play.clock.set(play.clock.now.advanced(byMinutes: 10))
            try await paymaster.runUntilIdle()
            #expect(try await confirmed(files, play) == files.count)
        }
    }

    private func confirmed(_ files: [ID<Case>], _ play: PlayOffice) async throws -> Int {
        var count = 0
        for id in files {
            if case .confirmed = try await play.show(id).payouts.first?.state { count += 1 }
        }
        return count
    }
}
