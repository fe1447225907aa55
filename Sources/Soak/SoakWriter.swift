import Database
import Ledger
import LedgerModel
import Store
import Synchronization

/// One of the writers that race: it hands its drafts to the books one after another.
struct SoakWriter: Sendable {
    let number: Int
    private var generator: DraftGenerator
    private(set) var reruns = 0

    /// How often a write is run again when another server was in the way.
    private static let rerunLimit = 200

    init(number: Int, seed: UInt64) {
        self.number = number
        generator = DraftGenerator(
            seed: seed &+ UInt64(number) &* 0x9E37_79B9, fund: soakFund, from: soakStart,
            prefix: "w\(number)-")
    }

    mutating func write(
        _ count: Int, to server: Database, _ desk: SoakDesk
    ) async throws -> [SoakStep] {
        var steps: [SoakStep] = []
        steps.reserveCapacity(count)
        for step in 0..<count {
            let now = desk.advance(byMs: Int64(generator.pick(20_000)))
            if number == 0, step == count / 2 {
                steps.append(try await perform(on: server) { try $0.closeDay(at: now) })
            }
            // Now and then somebody else's, perhaps while that one is still about it.
            let others = generator.pick(40) == 0 ? desk.draft(generator.pick(1_000)) : nil
            let draft = others ?? generator.next(at: now)
            desk.lay(draft)
            let undoes = generator.pick(8) == 0
            steps.append(
                try await perform(on: server) { try $0.step(draft, at: now, undoes: undoes) })
        }
        return steps
    }

    private mutating func perform(
        on server: Database, _ body: @escaping @Sendable (Transaction) throws -> SoakStep
    ) async throws -> SoakStep {
        var attempt = 0
        while true {
            do {
                return try await server.write(body)
            } catch let undone as Undone {
                return undone.step
            } catch let error as DatabaseError where error == .conflict || error == .busy {
                attempt += 1
                guard attempt < Self.rerunLimit else { throw error }
                reruns += 1
            }
        }
    }
}

/// What the writers share: the clock, and the drafts of late.
final class SoakDesk: Sendable {
    private let state = Mutex((now: soakStart, recent: [Draft]()))
    private static let limit = 64

    /// Moves the clock on, and reads it. Who reads it first need not be first in the books.
    func advance(byMs span: Int64) -> Moment {
        state.withLock { state in
            state.now = state.now.advanced(byMs: span)
            return state.now
        }
    }

    func lay(_ draft: Draft) {
        state.withLock { state in
            state.recent.append(draft)
            if state.recent.count > Self.limit { state.recent.removeFirst(Self.limit / 2) }
        }
    }

    /// Nil when there is none yet.
    func draft(_ choice: Int) -> Draft? {
        state.withLock { $0.recent.isEmpty ? nil : $0.recent[choice % $0.recent.count] }
    }
}
