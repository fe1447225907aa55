import Casework
import Ledger
import Store
import Synchronization
import Workflow

/// The mail server and the SMS gateway: they fail, delay, repeat, refuse, and stand still for days.
///
/// They keep a journal of their own, which the auditor reads.
final class SimulatedPost: MessageOutlet {
    /// One attempt of the office's to hand a message over.
    struct HandOver: Hashable, Sendable {
        let id: String
        let to: String
        let text: String
        let at: Moment
        /// What the office was told, if it was still there to hear it.
        let outcome: MessageOutcome
        /// When it reaches its reader: never when the server failed first, twice when it repeats by itself.
        let arrivals: [Moment]
    }

    fileprivate struct State {
        var chance: Chance
        var journal: [HandOver] = []
        var isMischievous: Bool
        var downUntil: Moment?
        var planted: PlantedFault?
    }

    private let state: Mutex<State>
    private let time: SimulatedTime

    init(seed: UInt64, time: SimulatedTime, isMischievous: Bool) {
        self.time = time
        state = Mutex(State(chance: Chance(seed, "post"), isMischievous: isMischievous))
    }

    func send(_ message: TouristMessage) async -> MessageOutcome {
        let now = time.now
        return state.withLock { $0.take(message, at: now) }
    }

    var journal: [HandOver] { state.withLock(\.journal) }

    /// Takes everything from here on.
    func behave() {
        state.withLock { ($0.isMischievous, $0.downUntil) = (false, nil) }
    }

    func plant(_ fault: PlantedFault?) { state.withLock { $0.planted = fault } }
}

extension SimulatedPost.State {
    private enum Mischief: CaseIterable { case refused, greylisted, lost, slow, repeated, down }

    fileprivate mutating func take(_ message: TouristMessage, at now: Moment) -> MessageOutcome {
        misbehave(message, at: now)
        let (outcome, arrivals) = answer(at: now)
        journal.append(
            .init(
                id: message.id, to: message.to.revealed, text: message.text.revealed, at: now,
                outcome: outcome, arrivals: arrivals))
        return outcome
    }

    private mutating func answer(at now: Moment) -> (MessageOutcome, [Moment]) {
        if let until = downUntil, now < until { return (.failed("no connection"), []) }
        guard isMischievous, chance.happens(350) else { return (.accepted, [now]) }
        switch chance.pick(Mischief.allCases) {
        case .refused:
            return chance.happens(300) ? (.refused("SMTP 550"), []) : (.failed("SMTP 452"), [])
        case .greylisted: return (.failed("SMTP 451"), [])
        // It was taken, and nobody heard of it.
        case .lost: return (.failed("timeout"), [now])
        case .slow: return (.accepted, [now.advanced(byMs: chance.minutes_ms(1...3_000))])
        case .repeated: return (.accepted, [now, now.advanced(byMs: chance.minutes_ms(0...60))])
        case .down:
            // Longer than a message is of use, now and then.
            downUntil = now.advanced(byMs: chance.minutes_ms(10...5_000))
            return (.failed("no connection"), [])
        }
    }

    /// What an office might do wrong, as the journal would show it.
    private mutating func misbehave(_ message: TouristMessage, at now: Moment) {
        var (id, to, text) = (message.id, message.to.revealed, message.text.revealed)
        switch planted {
        case .writtenTwice:
            let first = journal.first {
                $0.outcome == .accepted && $0.at.distanceMs(to: now) > 60_000
            }
            guard let first else { return }
            (id, to, text) = (first.id, first.to, first.text)
        case .writtenAtOnce: break
        case .wrongPerson: to = "13900000000"
        case .writtenForNothing: id += "X"
        default: return
        }
        journal.append(
            .init(id: id, to: to, text: text, at: now, outcome: .accepted, arrivals: [now]))
        planted = nil
    }
}
