import Courier
package import Ledger
import Synchronization

/// A wallet in this process on the caller's clock: for demonstrations on virtual time.
///
/// Calls go wrong here as they do over the network: see `Mischief`.
package final class BookWallet: Wallet {
    private struct State {
        var book: WalletBook
        var attempts: [String: Int] = [:]

        mutating func mischief(on call: WalletBehaviour.Call, _ number: String) -> Mischief {
            let key = "\(call.rawValue)/\(number)"
            let attempt = attempts[key, default: 0] + 1
            attempts[key] = attempt
            return book.behaviour.mischief(on: call, number, attempt: attempt)
        }
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> Moment

    package init(_ book: WalletBook, now: @escaping @Sendable () -> Moment) {
        state = Mutex(State(book: book))
        self.now = now
    }

    /// The book at the clock's time.
    package var book: WalletBook {
        let now = now()
        return state.withLock { state in
            state.book.advance(to: now)
            return state.book
        }
    }

    package func order(_ transfer: Transfer) async -> Reply {
        let now = now()
        return state.withLock { state in
            let mischief = state.mischief(on: .order, transfer.number)
            if mischief == .lost { return .unknown(.mayHaveArrived(.connectionLost)) }
            let reply: Reply
            do throws(WalletRefusal) {
                reply = .state(try state.book.order(transfer, at: now).state)
            } catch {
                reply = .refused(error)
            }
            return mischief.doubt.map(Reply.unknown) ?? reply
        }
    }

    package func query(_ number: String) async -> Reply {
        let now = now()
        return state.withLock { state in
            let mischief = state.mischief(on: .query, number)
            let receipt = state.book.query(number, at: now)
            return mischief.doubt.map(Reply.unknown)
                ?? receipt.map { .state($0.state) } ?? .notFound
        }
    }

    package func topUp(_ amount: Money, reference: String) throws(WalletRefusal) -> Money {
        let now = now()
        let outcome: Result<Money, WalletRefusal> = state.withLock { state in
            do throws(WalletRefusal) {
                return .success(try state.book.topUp(amount, reference: reference, at: now))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    package func bill(of day: Day) throws(WalletRefusal) -> String {
        var book = book
        return try book.bill(of: day, at: book.now)
    }
}

extension Mischief {
    /// What the caller is left with; nil when the answer reaches it.
    fileprivate var doubt: WalletDoubt? {
        switch self {
        case .none: nil
        case .lost, .dropped: .mayHaveArrived(.connectionLost)
        case .erred: .status(500)
        case .slow: .mayHaveArrived(.timeout)
        }
    }
}
