import Dispatch
import FoundationEssentials
import Glibc
import Ledger
import Synchronization
import Workflow

/// One line of the journal. What it became of a transfer is not written: it follows from the behaviour.
enum JournalLine: Hashable, Sendable, Codable {
    /// The first line.
    case opened(WalletBehaviour, at: Moment)
    /// At every start.
    case clock(SimulatedClock)
    case order(WalletWire.Order, at: Moment)
    case topUp(WalletWire.TopUp, at: Moment)
}

/// An append-only file of JSON lines that survives the end of its process at any instant.
///
/// Lines are written and synchronised together, as many as wait, on a queue of the journal's own. Answer
/// nobody before `settled` returned. After a failed write nothing is written any more.
final class Journal: Sendable {
    /// What the file held when it was opened.
    let lines: [JournalLine]

    private let file: CInt
    private let queue = DispatchQueue(label: "journal")
    private let state = Mutex(State())

    private struct State {
        var pending: [UInt8] = []
        var waiting: [CheckedContinuation<SimulatorError?, Never>] = []
        var failure: SimulatorError?
        var isOpen = true
    }

    /// Opens `path` for this process alone. A last line without its end was never answered for, and is cut.
    init(path: String) throws(SimulatorError) {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .journal("open", errno: errno) }
        do throws(SimulatorError) {
            guard flock(file, LOCK_EX | LOCK_NB) == 0 else { throw .journalInUse }
            let bytes = try readAll(file)
            let end = bytes.lastIndex(of: newline).map { $0 + 1 } ?? 0
            guard ftruncate(file, off_t(end)) == 0, lseek(file, off_t(end), SEEK_SET) >= 0 else {
                throw .journal("truncate", errno: errno)
            }
            lines = try decode(bytes[..<end])
            try synchroniseFolder(of: path)
        } catch {
            Glibc.close(file)
            throw error
        }
    }

    deinit { closeFile() }

    /// Adds `line` to what the next `settled` waits for. Keeps the order of calls.
    func append(_ line: JournalLine) {
        state.withLock { state in
            do {
                state.pending += Array(try JSONEncoder().encode(line)) + [newline]
            } catch {
                state.failure = .journal("encode: \(error)", errno: 0)
            }
        }
    }

    /// Waits until everything appended so far is on the disk.
    func settled() async throws(SimulatorError) {
        let failure = await withCheckedContinuation { waiter in
            state.withLock { $0.waiting.append(waiter) }
            queue.async { self.write() }
        }
        if let failure { throw failure }
    }

    /// Frees the file for another simulator, at once and for certain; `deinit` comes when it comes.
    func close() async {
        // What failed was reported to those who waited for it.
        try? await settled()
        closeFile()
    }

    private func closeFile() {
        state.withLock { state in
            guard state.isOpen else { return }
            state.isOpen = false
            state.failure = .journal("write", errno: EBADF)
            Glibc.close(file)
        }
    }

    private func write() {
        let (bytes, waiting, earlier) = state.withLock { state in
            defer { (state.pending, state.waiting) = ([], []) }
            return (state.pending, state.waiting, state.failure)
        }
        var failure = earlier
        if failure == nil, !bytes.isEmpty {
            failure = writeAll(bytes)
            if let failure { state.withLock { $0.failure = failure } }
        }
        for waiter in waiting { waiter.resume(returning: failure) }
    }

    private func writeAll(_ bytes: [UInt8]) -> SimulatorError? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return .journal("write", errno: errno) }
            rest = rest.dropFirst(count)
        }
        return fsync(file) == 0 ? nil : .journal("fsync", errno: errno)
    }
}

private let newline = UInt8(ascii: "\n")

private func readAll(_ file: CInt) throws(SimulatorError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(file, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw .journal("read", errno: errno) }
        if count == 0 { return bytes }
        bytes += buffer[..<count]
    }
}

private func decode(_ bytes: ArraySlice<UInt8>) throws(SimulatorError) -> [JournalLine] {
    var lines: [JournalLine] = []
    for line in bytes.split(separator: newline, omittingEmptySubsequences: false).dropLast() {
        do {
            lines.append(try JSONDecoder().decode(JournalLine.self, from: Data(line)))
        } catch {
            throw .journalDamaged(line: lines.count + 1)
        }
    }
    return lines
}

/// The file's name must survive, too.
private func synchroniseFolder(of path: String) throws(SimulatorError) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) }
    let handle = open(folder ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw .journal("open folder", errno: errno) }
    defer { Glibc.close(handle) }
    guard fsync(handle) == 0 else { throw .journal("fsync folder", errno: errno) }
}
