import Casework
import Database
import Ledger
import Store
import Synchronization
import Workflow

/// A part of the office that pages listen to.
enum LiveTopic: Hashable, Sendable {
    /// Of one bureau; nil: of all.
    case queue(bureau: String?)
    case file(ID<Case>)
}

/// What the pages that are open listen to: how it stands, told apart by a short text.
///
/// However many listen, each topic is read from the database at most once in a `pace`, so what another
/// server changed is seen as well. It knows nothing of what changed: whoever listens asks again, as
/// themselves.
final class LiveBoard: Sendable {
    struct Limits: Sendable {
        /// Streams at once.
        var streams = 256
        /// Of one person: pages open in several windows.
        var streamsPerPerson = 12
        /// Between two readings of a topic.
        var pace = Duration.seconds(1)
        /// A line without meaning at least so often: what stands between keeps the connection, and one that
        /// is gone is noticed.
        var heartbeat = Duration.seconds(15)
        /// Then the browser connects anew, and who asks is looked at again.
        var longest = Duration.seconds(600)
        /// How often somebody is seen again at a case.
        var seenAgain = Duration.seconds(15)
    }

    /// Whoever was not seen for so long has gone.
    static let absence_ms: Int64 = 40_000

    let limits: Limits
    private let state = Mutex(State())

    private struct State {
        var streams: [String: Int] = [:]
        var seen: [LiveTopic: Seen] = [:]
    }

    private struct Seen {
        var at: ContinuousClock.Instant
        var text: String?
        var listeners = 1
    }

    init(_ limits: Limits = Limits()) { self.limits = limits }

    func hasRoom(for person: String) -> Bool {
        state.withLock { hasRoom(for: person, $0) }
    }

    /// False where there is no room; otherwise `leave` must follow.
    func enter(_ person: String, _ topic: LiveTopic) -> Bool {
        state.withLock { state in
            guard hasRoom(for: person, state) else { return false }
            state.streams[person, default: 0] += 1
            if state.seen[topic] == nil {
                state.seen[topic] = Seen(at: .now - limits.pace)
            } else {
                state.seen[topic]?.listeners += 1
            }
            return true
        }
    }

    func leave(_ person: String, _ topic: LiveTopic) {
        state.withLock { state in
            state.streams[person, default: 1] -= 1
            if state.streams[person] == 0 { state.streams[person] = nil }
            state.seen[topic]?.listeners -= 1
            if state.seen[topic]?.listeners == 0 { state.seen[topic] = nil }
        }
    }

    var streams: Int { state.withLock { $0.streams.values.reduce(0, +) } }

    /// How the topic stands; nil where nobody has read it yet, or another is just reading it first.
    func now(_ topic: LiveTopic, in office: Office) async throws -> String? {
        let kept: Seen? = state.withLock { state in
            guard let seen = state.seen[topic] else { return nil }
            guard seen.at.duration(to: .now) >= limits.pace else { return seen }
            // Taken: whoever comes meanwhile gets what was read before.
            state.seen[topic]?.at = .now
            return nil
        }
        if let kept { return kept.text }
        let now = office.now()
        let text = try await office.read { try $0.standing(of: topic, at: now) }
        state.withLock { $0.seen[topic]?.text = text }
        return text
    }

    private func hasRoom(for person: String, _ state: State) -> Bool {
        state.streams[person, default: 0] < limits.streamsPerPerson
            && state.streams.values.reduce(0, +) < limits.streams
    }
}

extension Transaction {
    /// A text that changes when what a page of `topic` shows does.
    fileprivate func standing(of topic: LiveTopic, at now: Moment) throws -> String {
        switch topic {
        case .queue(let bureau):
            return QueueRows.standing(try queueRows(bureau: bureau, stage: nil))
        case .file(let id):
            let version = try caseRow(id)?.version ?? 0
            let people = try present(at: id, since: LiveBoard.presentSince(now))
            return LiveBoard.standing(version: version, people)
        }
    }
}

extension LiveBoard {
    static func presentSince(_ now: Moment) -> Moment { now.advanced(byMs: -absence_ms) }

    static func standing(version: Int, _ people: [Presence]) -> String {
        let names = sha256Hex(people.map(\.person).joined(separator: "\n")).prefix(8)
        return "\(version)-\(names)"
    }
}
