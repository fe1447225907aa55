package import Casework
package import Ledger
import Store

/// Sends what waits in the outbox to the wallet, and brings its answers back as commands.
///
/// At least once, to any number of servers: a payout keeps its number from first attempt to last, and
/// after any doubt it is asked for before it is ordered again, so nobody is paid twice.
package struct Paymaster: Sendable {
    let office: Office
    let wallet: any Wallet
    /// How long a message is ours; longer than the wallet's slowest answer.
    private static let leaseMs: Int64 = 60_000
    /// Messages in the hand at once.
    private let batch: Int
    /// How many places must be free before more messages are taken.
    private static let refill = 4

    /// - Parameter batch: One where the order of answers must not depend on the machine.
    package init(office: Office, wallet: any Wallet, batch: Int = 16) {
        self.office = office
        self.wallet = wallet
        self.batch = batch
    }

    /// Sends everything that is due; the cases whose messages were handled.
    @discardableResult
    package func runOnce() async throws -> [ID<Case>] {
        let messages = try await lease(batch)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for message in messages {
                group.addTask { try await handle(message) }
            }
            try await group.waitForAll()
        }
        return messages.map(\.caseID)
    }

    /// Sends until nothing is due, and takes what becomes due meanwhile: an answer that is long in coming
    /// holds up its own message, and not those after it. Once it is cancelled it takes no more.
    package func runUntilIdle() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var underWay = 0
            while true {
                // Several at a time, as each lease is a commit.
                if !Task.isCancelled, batch - underWay >= min(batch, Self.refill) {
                    let messages = try await lease(batch - underWay)
                    for message in messages { group.addTask { try await handle(message) } }
                    underWay += messages.count
                }
                guard underWay > 0 else { return }
                try await group.next()
                underWay -= 1
            }
        }
    }

    private func lease(_ limit: Int) async throws -> [Message] {
        try await office.work { work in
            try work.transaction.lease(at: work.now, leaseMs: Self.leaseMs, limit: limit)
        }
    }

    private func handle(_ message: Message) async throws {
        let file = try await office.read { [office] transaction in
            try office.known(message.caseID, in: transaction, at: office.now())?.file
        }
        guard let payout = file?.payouts.first(where: { $0.number == message.payload }) else {
            // Nothing that was enqueued is without its payout: the row was tampered with.
            return try await finish(message)
        }
        let reply = await ask(message, payout)
        try await office.work { work in try work.take(reply, to: message) }
    }

    /// A first attempt orders; every later one asks first, and orders again what was never seen.
    ///
    /// As long as no answer was to our own order, a number that the wallet knows is ordered again as well, as it is:
    /// that makes nothing, and only then does the wallet compare the contents. After a restore to an earlier time
    /// the number may be another case's, whose success would be taken for ours.
    private func ask(_ message: Message, _ payout: Payout) async -> Reply {
        if message.kind == .payoutCheck { return await wallet.query(payout.number) }
        if message.attempts > 1 {
            let reply = await wallet.query(payout.number)
            switch reply {
            case .notFound: break
            case .state where !payout.isKnownAsOurs: break
            case .state, .unknown, .refused: return reply
            }
        }
        return await wallet.order(Transfer(payout))
    }

    private func finish(_ message: Message) async throws {
        try await office.work { work in try work.transaction.finish(message.id, at: work.now) }
    }
}

extension Work {
    /// Takes the wallet's answer into the case, and the message off the outbox or back onto it.
    func take(_ reply: Reply, to message: Message) throws {
        let answer = answer(reply, isCheck: message.kind == .payoutCheck)
        if let state = answer.state {
            try perform(
                .payoutAnswered(number: message.payload, state), on: message.caseID, by: .office)
        }
        if answer.isFinal {
            try transaction.finish(message.id, at: now)
        } else {
            let pauseMs = min(Int64(1_000) << min(message.attempts, 9), 300_000)
            try transaction.postpone(
                message.id, until: now.advanced(byMs: pauseMs), because: "\(reply)")
        }
    }

    private func answer(_ reply: Reply, isCheck: Bool) -> (state: Payout.State?, isFinal: Bool) {
        switch reply {
        case .state(let state): (payoutState(state), state.isSettled)
        // A check that got no answer is asked again; it has nothing to say about the payout.
        case .unknown where isCheck: (nil, false)
        case .unknown(let doubt): (.unknown("\(doubt)"), false)
        // After a query without an order in the same attempt: the next attempt orders.
        case .notFound: (nil, isCheck)
        case .refused(let refusal) where refusal.code == .notEnough:
            (.underWay("waiting for the platform's balance"), false)
        case .refused(let refusal): (.failed(reason: "\(refusal.code.rawValue)"), true)
        }
    }

    private func payoutState(_ state: TransferState) -> Payout.State {
        switch state {
        case .accepted: .underWay("accepted")
        case .processing: .underWay("processing")
        case .waitUserConfirm: .underWay("waiting for the tourist to confirm")
        case .transferring: .underWay("transferring")
        case .success(let moment): .confirmed(on: books.zone.day(at: moment))
        case .fail(let reason, _): .failed(reason: "\(reason)")
        case .closed: .lapsed
        case .bounced: .bounced(reason: "returned by the payee's bank")
        }
    }
}

extension Payout {
    /// Whether the wallet once answered to the order itself.
    fileprivate var isKnownAsOurs: Bool {
        switch state {
        case .ordered, .unknown: false
        case .underWay, .confirmed, .failed, .lapsed, .bounced: true
        }
    }
}

extension Transfer {
    fileprivate init(_ payout: Payout) {
        self.init(
            number: payout.number, amount: payout.amount,
            payee: Payee(
                account: payout.payee.account.revealed, realName: payout.payee.name.revealed),
            perception: .refund, reason: "旅游消费先行赔付", remark: payout.number)
    }
}
