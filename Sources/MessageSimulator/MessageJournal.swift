import FoundationEssentials
import Glibc
import Synchronization

/// One message as a simulator took it.
package struct JournaledMessage: Codable, Hashable, Sendable {
    /// The sender's own id; for a gateway that knows none, its own.
    package let id: String
    package let to: String
    package let template: String
    package let blanks: [String: String]
    /// Came before under its id: nothing was sent again.
    package var isRepeat = false
}

/// What was taken, in memory and in a file of JSON lines, which a simulator started on it again remembers.
///
/// It may be cut short by a crash of the machine: it is for demonstrations and tests.
package final class MessageJournal: Sendable {
    private struct State {
        var messages: [JournaledMessage] = []
        var ids: Set<String> = []
    }

    private let file: CInt
    private let state: Mutex<State>

    /// - Parameter path: Nil: it is kept in memory alone.
    /// - Throws: The system's `errno` where the file cannot be opened.
    package init(path: String?) throws(MessageJournalError) {
        var state = State()
        guard let path else {
            file = -1
            self.state = Mutex(state)
            return
        }
        if let data = FileManager.default.contents(atPath: path) {
            for line in data.split(separator: UInt8(ascii: "\n")) {
                // A last line that was cut short was never answered for.
                guard
                    let message = try? JSONDecoder().decode(
                        JournaledMessage.self, from: Data(line))
                else { continue }
                state.messages.append(message)
                state.ids.insert(message.id)
            }
        }
        let opened = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw MessageJournalError(errno: errno) }
        file = opened
        self.state = Mutex(state)
    }

    deinit { if file >= 0 { close(file) } }

    package var messages: [JournaledMessage] { state.withLock { $0.messages } }

    /// - Returns: Whether it is new.
    @discardableResult
    func take(_ message: JournaledMessage) -> Bool {
        state.withLock { state in
            var message = message
            message.isRepeat = !state.ids.insert(message.id).inserted
            state.messages.append(message)
            if file >= 0, var line = try? JSONEncoder().encode(message) {
                line.append(UInt8(ascii: "\n"))
                // A journal that cannot be written keeps what it was told in memory.
                _ = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            }
            return !message.isRepeat
        }
    }
}

package struct MessageJournalError: Error, Equatable, Sendable {
    package let errno: Int32
}

/// How a simulator treats its callers, decided by the seed alone.
package struct MessageBehaviour: Sendable {
    package var seed: UInt64 = 1
    /// Of a thousand calls: answered by 503, nothing done.
    package var busy = 0
    /// Of a thousand calls: done, and the answer is an error all the same.
    package var lost = 0
    /// The longest delay of an answer.
    package var delay_ms = 0

    package init() {}

    /// A network as it is on bad days.
    package static func mischievous(seed: UInt64) -> MessageBehaviour {
        var behaviour = MessageBehaviour()
        (behaviour.seed, behaviour.busy, behaviour.lost) = (seed, 200, 200)
        behaviour.delay_ms = 300
        return behaviour
    }

    enum Fate { case plain, busy, lost }

    /// - Parameter call: Counts the calls.
    func fate(of call: Int) -> (Fate, delay_ms: Int) {
        let number = scrambled(seed &+ UInt64(call) &* 0x9E37_79B9_7F4A_7C15)
        let thousandth = Int(number % 1_000)
        let delay = delay_ms == 0 ? 0 : Int(number >> 32) % (delay_ms + 1)
        if thousandth < busy { return (.busy, delay) }
        return (thousandth < busy + lost ? .lost : .plain, delay)
    }

    /// SplitMix64's last steps.
    private func scrambled(_ number: UInt64) -> UInt64 {
        var z = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
