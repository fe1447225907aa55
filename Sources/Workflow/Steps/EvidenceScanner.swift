import Casework
import Database
import Glibc
import Logging
import Synchronization

/// Asks a program whether a file is harmful, before it is taken as evidence. It runs outside every
/// transaction, and is given a copy of the file and none of the office's environment.
package final class EvidenceScanner: Sendable {
    /// The program and what it is given before the file's path.
    private let words: [String]
    private let timeout_ms: Int
    /// Where the copies lie while they are looked at.
    private let folder: String
    private let running = Mutex(0)

    /// Each holds a copy of up to ten megabytes.
    private static let width = 4

    /// - Parameters:
    ///   - command: `clamdscan --fdpass --no-summary`: words between blanks, no shell.
    ///   - timeout_ms: After so long the program is killed, and the file is not taken.
    package init?(command: String, timeout_ms: Int = 30_000, folder: String = "/tmp") {
        words = command.split(separator: " ").map(String.init)
        guard !words.isEmpty, timeout_ms > 0 else { return nil }
        self.timeout_ms = timeout_ms
        self.folder = folder
    }

    /// - Throws: `.evidenceInfected` where the program ends with 1; `.evidenceNotScanned` where it ends with
    ///   anything but 0 and 1, cannot be started, takes too long, or too many run already.
    package func scan(_ bytes: [UInt8]) async throws(WorkflowError) {
        let isFree = running.withLock { count in
            guard count < Self.width else { return false }
            count += 1
            return true
        }
        guard isFree else { throw .evidenceNotScanned("busy") }
        defer { running.withLock { $0 -= 1 } }
        guard let copy = ScanCopy(bytes, in: folder) else {
            throw .evidenceNotScanned("no copy in \(folder)")
        }
        defer { copy.remove() }
        guard let child = ScanChild(words + [copy.path]) else {
            throw .evidenceNotScanned("\(words[0]) does not start")
        }
        switch await child.end(within_ms: timeout_ms) {
        case 0?: return
        case 1?: throw .evidenceInfected
        case let code?: throw .evidenceNotScanned("\(words[0]) ended with \(code)")
        case nil: throw .evidenceNotScanned("\(words[0]) took more than \(timeout_ms) ms")
        }
    }
}

extension Office {
    /// Looks at a file that somebody brings, where the office has a program for that.
    ///
    /// - Throws: What `addEvidence` says of a file too large or of another type, before it is looked at.
    package func scan(_ bytes: [UInt8]) async throws {
        guard let scanner else { return }
        guard bytes.count <= EvidenceLimits.file_bytes else {
            throw WorkflowError.evidenceTooLarge(limit: EvidenceLimits.file_bytes)
        }
        guard FileType.sniff(bytes) != nil else { throw WorkflowError.evidenceType }
        do {
            try await scanner.scan(bytes)
        } catch {
            switch error {
            case .evidenceNotScanned(let why):
                logger.error(
                    "a file was not taken as it could not be scanned: look at AMENDS_SCAN_COMMAND",
                    metadata: ["reason": "\(why)"])
            default: logger.warning("a file was refused by the scanner")
            }
            throw error
        }
    }
}

/// A copy of a file that only this user may read, for as long as it is looked at.
private struct ScanCopy {
    let path: String

    /// Nil where it cannot be written.
    init?(_ bytes: [UInt8], in folder: String) {
        var generator = SystemRandomNumberGenerator()
        path = "\(folder)/amends-scan-\(UInt64.random(in: 0 ... .max, using: &generator))"
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                unlink(path)
                return nil
            }
            rest = rest.dropFirst(count)
        }
    }

    func remove() { unlink(path) }
}

/// A program that was started in a group of its own, so that what it starts ends with it.
private struct ScanChild {
    private let id: pid_t
    /// The service has connections open; the program shall have none of them.
    private static let descriptors = 4_096

    /// Nil where it cannot be started.
    init?(_ words: [String]) {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for descriptor in Int32(0)...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        // What is not open is closed without complaint, up to the limit.
        for descriptor in 3..<Int32(min(sysconf(Int32(_SC_OPEN_MAX)), Self.descriptors)) {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let names: [String] = ["PATH", "HOME", "LANG", "TMPDIR"]
        let given: [String] = names.compactMap { name in
            getenv(name).map { "\(name)=\(String(cString: $0))" }
        }
        var arguments = copies(words)
        var environment = copies(given)
        defer {
            for word in arguments + environment { free(word) }
        }
        var child: pid_t = 0
        guard
            posix_spawnp(&child, words[0], &actions, &attributes, &arguments, &environment) == 0
        else { return nil }
        id = child
    }

    /// What it ended with; 128 and more where a signal ended it. Nil where it had to be killed.
    func end(within_ms limit: Int) async -> Int? {
        let started = ContinuousClock.now
        var pause_ms = 2
        while true {
            var status: Int32 = 0
            let found = waitpid(id, &status, WNOHANG)
            if found == id { return Self.code(status) }
            let isOver = started.duration(to: .now) > .milliseconds(limit)
            if found < 0 || isOver || Task.isCancelled { break }
            // Cancelled: seen above.
            try? await Task.sleep(for: .milliseconds(pause_ms))
            pause_ms = min(pause_ms * 2, 50)
        }
        kill(-id, SIGKILL)
        var status: Int32 = 0
        waitpid(id, &status, 0)
        return nil
    }

    private static func code(_ status: Int32) -> Int {
        let signal = status & 0x7F
        return signal == 0 ? Int(status >> 8 & 0xFF) : 128 + Int(signal)
    }
}

/// As C takes a list of texts; each is to be freed.
private func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    var copies: [UnsafeMutablePointer<CChar>?] = []
    for text in texts { copies.append(strdup(text)) }
    copies.append(nil)
    return copies
}
