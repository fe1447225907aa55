import Banking
import Courier
import Ledger
import Synchronization
import Workflow

/// A payment platform that does what it is told once, however often it is told, and answers as badly as the
/// network lets it: not at all, late, twice, out of order, or with something that nobody can read.
///
/// It keeps a journal of its own, which the auditor reads. It shares no code with the office but the protocol.
final class SimulatedWallet: Wallet {
    /// What it has been told to pay, and what became of it.
    struct Order: Hashable, Sendable {
        let number: String
        let fen: Int64
        let account: String
        /// When it reaches each state, the earliest first.
        var course: [Stop]

        struct Stop: Hashable, Sendable {
            let at: Moment
            let state: TransferState
        }

        func stands(at now: Moment) -> TransferState {
            course.last { $0.at <= now }?.state ?? .accepted
        }
    }

    /// Money that moved.
    struct Movement: Hashable, Sendable {
        let number: String
        /// Negative when it left for a tourist.
        let fen: Int64
        let account: String
        let at: Moment
    }

    fileprivate struct State {
        var chance: Chance
        var account: StatedAccount
        var orders: [String: Order] = [:]
        /// Orders that are on their way though their sender gave up waiting.
        var late: [(at: Moment, transfer: Transfer)] = []
        var journal: [Movement] = []
        /// Movements that are to come, in order of time.
        var due: [(at: Moment, order: String, fen: Int64)] = []
        var held_fen: Int64 = 0
        /// Whether calls still go wrong.
        var isMischievous: Bool
        var planted: PlantedFault?
        /// Returns whose line bears another word than the payout's number, by that word.
        var unnamed: [String: String] = [:]
    }

    private let state: Mutex<State>
    private let time: SimulatedTime

    init(seed: UInt64, number: String, time: SimulatedTime, isMischievous: Bool) {
        self.time = time
        state = Mutex(
            State(
                chance: Chance(seed, "wallet"), account: StatedAccount(number: number),
                isMischievous: isMischievous))
    }

    // MARK: What the office asks

    func order(_ transfer: Transfer) async -> Reply {
        let now = time.now
        return state.withLock { state in
            state.advance(to: now)
            let mischief = state.mischief()
            switch mischief {
            case .lost: return .unknown(.mayHaveArrived(.connectionLost))
            case .late:
                let at = now.advanced(byMs: state.chance.minutes_ms(1...90))
                state.late.append((at, transfer))
                return .unknown(.mayHaveArrived(.timeout))
            case .none, .dropped, .erred, .unreadable, .stale: break
            }
            let reply = state.take(transfer, at: now)
            return state.answer(reply, mischief, transfer.number)
        }
    }

    func query(_ number: String) async -> Reply {
        let now = time.now
        return state.withLock { state in
            state.advance(to: now)
            let mischief = state.mischief()
            if mischief == .lost || mischief == .late {
                return .unknown(.mayHaveArrived(.timeout))
            }
            guard let order = state.orders[number] else {
                return state.answer(.notFound, mischief, number)
            }
            return state.answer(.state(order.stands(at: now)), mischief, number)
        }
    }

    // MARK: What the world does

    /// Money that the cashier sent from the bank arrives.
    func topUp(_ fen: Int64, reference: String) {
        let now = time.now
        state.withLock { state in
            state.advance(to: now)
            state.account.book(
                fen, on: Zone.china.day(at: now), text: "充值 \(reference)", number: reference)
        }
    }

    /// Lets calls go through from here on.
    func behave() { state.withLock { $0.isMischievous = false } }

    func plant(_ fault: PlantedFault?) { state.withLock { $0.planted = fault } }

    /// What it says, when asked, of lines that do not name their payout: the number, by a word of the line.
    var unnamed: [String: String] { state.withLock(\.unnamed) }

    /// When the next money moves by itself; nil while none does.
    var nextTime: Moment? {
        state.withLock { state in (state.due.map(\.at) + state.late.map(\.at)).min() }
    }

    func statement(through day: Day) -> Statement? {
        let now = time.now
        return state.withLock { state in
            state.advance(to: now)
            return state.account.statement(through: day)
        }
    }

    /// For the auditor, and for the cashier who looks at the balance.
    var books: (account: StatedAccount, orders: [String: Order], journal: [Movement]) {
        let now = time.now
        return state.withLock { state in
            state.advance(to: now)
            return (state.account, state.orders, state.journal)
        }
    }
}

extension SimulatedWallet {
    fileprivate enum Mischief { case none, lost, late, dropped, erred, unreadable, stale }
}

extension SimulatedWallet.State {
    fileprivate mutating func mischief() -> SimulatedWallet.Mischief {
        guard isMischievous, chance.happens(350) else { return .none }
        return chance.pick([.lost, .late, .dropped, .erred, .unreadable, .stale])
    }

    /// What of `reply` reaches the caller.
    fileprivate mutating func answer(
        _ reply: Reply, _ mischief: SimulatedWallet.Mischief, _ number: String
    ) -> Reply {
        switch mischief {
        case .none, .lost, .late: return reply
        case .dropped: return .unknown(.mayHaveArrived(.connectionLost))
        case .erred: return .unknown(.status(chance.pick([429, 500, 502, 503])))
        case .unreadable: return .unknown(.unreadable(status: 200))
        case .stale:
            // An answer from before overtaken by this one: an earlier state of the same order.
            guard let order = orders[number], let first = order.course.first else { return reply }
            return .state(first.state)
        }
    }

    fileprivate mutating func take(_ transfer: Transfer, at now: Moment) -> Reply {
        do throws(WalletRefusal) {
            try transfer.validate()
        } catch {
            return .refused(error)
        }
        let (fen, account) = (transfer.amount.fen, transfer.payee.account)
        if let order = orders[transfer.number] {
            guard order.fen == fen, order.account == account else {
                return .refused(WalletRefusal(.numberTaken, "another transfer has this number"))
            }
            return .state(order.stands(at: now))
        }
        guard fen <= self.account.balance_fen - held_fen else {
            return .refused(WalletRefusal(.notEnough, "the balance does not cover it"))
        }
        let course = course(from: now)
        orders[transfer.number] = SimulatedWallet.Order(
            number: transfer.number, fen: fen, account: account, course: course)
        held_fen += fen
        for stop in course {
            switch stop.state {
            case .success: plan(stop.at, transfer.number, -fen)
            case .bounced: plan(stop.at, transfer.number, fen)
            case .fail, .closed: plan(stop.at, transfer.number, 0)
            case .accepted, .processing, .waitUserConfirm, .transferring: break
            }
        }
        return .state(.accepted)
    }

    private mutating func course(from start: Moment) -> [SimulatedWallet.Order.Stop] {
        var at = start
        var course: [SimulatedWallet.Order.Stop] = [.init(at: at, state: .accepted)]
        func pass(_ span_ms: Int64, _ state: (Moment) -> TransferState) {
            at = at.advanced(byMs: span_ms)
            course.append(.init(at: at, state: state(at)))
        }
        pass(chance.minutes_ms(0...1)) { _ in .processing }
        let isSlow = chance.happens(200)
        switch chance.int(0...99) {
        case ..<6: pass(chance.minutes_ms(1...30)) { .fail(.nameMismatch, at: $0) }
        case ..<10: pass(chance.minutes_ms(1...30)) { .fail(.other("ACCOUNT_FROZEN"), at: $0) }
        case ..<18:
            pass(chance.minutes_ms(1...5)) { _ in .waitUserConfirm }
            pass(24 * 3_600_000) { .closed(at: $0) }
        default:
            pass(chance.minutes_ms(isSlow ? 60...1_400 : 0...5)) { .success(at: $0) }
            if chance.happens(100) { pass(chance.minutes_ms(200...4_000)) { .bounced(at: $0) } }
        }
        return course
    }

    private mutating func plan(_ at: Moment, _ number: String, _ fen: Int64) {
        due.append((at, number, fen))
        // Stable: what was planned first happens first.
        due = due.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    fileprivate mutating func advance(to now: Moment) {
        while true {
            let arrival = late.indices.filter { late[$0].at <= now }
                .min { late[$0].at < late[$1].at }
            let movement = due.first.flatMap { $0.at <= now ? $0 : nil }
            switch (arrival, movement) {
            case (nil, nil): return
            case (let index?, let next) where next.map({ late[index].at <= $0.at }) ?? true:
                let (at, transfer) = late.remove(at: index)
                _ = take(transfer, at: at)
            case (_, let next?):
                due.removeFirst()
                move(next.fen, of: next.order, at: next.at)
            case (_?, nil): return
            }
        }
    }

    private mutating func move(_ fen: Int64, of number: String, at: Moment) {
        guard let order = orders[number] else { return }
        if fen <= 0 { held_fen -= order.fen }
        guard fen != 0 else { return }
        pay(fen, number, order.account, at)
        guard fen < 0, let planted else { return }
        switch planted {
        case .paidTwice: pay(fen, number + "X", order.account, at)
        case .paidMore: pay(-100, number, order.account, at)
        default: return
        }
        self.planted = nil
    }

    private mutating func pay(_ fen: Int64, _ number: String, _ payee: String, _ at: Moment) {
        journal.append(.init(number: number, fen: fen, account: payee, at: at))
        let day = Zone.china.day(at: at)
        guard fen > 0, chance.happens(300) else {
            let text = fen < 0 ? "商家转账 " : "商家转账退回 "
            return account.book(fen, on: day, text: text + number, number: number)
        }
        let word = "WX\(digits(unnamed.count + 1, 5))"
        unnamed[word] = number
        // With the number of the case, which may have another payout of this amount, or with none.
        let file = chance.happens(500) ? " \(caseNumber(ofPayout: number))" : ""
        account.book(fen, on: day, text: "商家转账退回 \(word)\(file)")
    }
}

/// `SY2400012347P1` → `SY-24-0001234-7`, as somebody at the platform might write it down.
private func caseNumber(ofPayout number: String) -> String {
    let file = number[..<(number.lastIndex(of: "P") ?? number.endIndex)]
    let letters = file.prefix(while: \.isLetter)
    let figures = file.dropFirst(letters.count)
    return "\(letters)-\(figures.prefix(2))-\(figures.dropFirst(2).dropLast())-\(figures.suffix(1))"
}
