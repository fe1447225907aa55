import ArgumentParser
import Foundation
import Glibc
import Synchronization
import Web

/// Prints `value` as JSON with sorted keys.
func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// Runs `body`; an error becomes one line for a person that says what to do, and an exit code.
func reporting<T>(_ body: () async throws -> T) async throws -> T {
    do {
        return try await body()
    } catch let code as ExitCode {
        throw code
    } catch let mistake as ValidationError {
        throw mistake
    } catch {
        let (text, isAskers) = Console.sentence(for: error)
        complain(text)
        throw ExitCode(isAskers ? 1 : 2)
    }
}

/// Writes a line to standard error.
func complain(_ text: String) {
    FileHandle.standardError.write(Data("amends: \(text)\n".utf8))
}

/// A bar on standard error while a command takes its time; nothing where nobody looks.
final class Progress: Sendable {
    private let label: String
    private let total: Int
    private let isShown: Bool
    private let done = Atomic<Int>(0)

    init(_ label: String, total: Int) {
        self.label = label
        self.total = max(total, 1)
        isShown = isatty(STDERR_FILENO) == 1
    }

    func show(_ done: Int) {
        guard isShown else { return }
        let width = 30
        let filled = min(width, done * width / total)
        let bar =
            String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
        FileHandle.standardError.write(Data("\r\(label) \(bar) \(done)/\(total)".utf8))
    }

    /// One more is done.
    func step() { show(done.add(1, ordering: .relaxed).newValue) }

    func finish() {
        guard isShown else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8))
    }
}

/// Columns of text, padded so that they stand below each other. A Chinese character is two wide.
func columns(_ rows: [[String]], numeric: Set<Int> = []) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
        rows.map { column < $0.count ? displayWidth($0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
        row.enumerated().map { index, cell in
            let pad = String(repeating: " ", count: max(0, widths[index] - displayWidth(cell)))
            return numeric.contains(index) ? pad + cell : cell + pad
        }.joined(separator: "  ").trimmingTrailingSpaces
    }.joined(separator: "\n")
}

private func displayWidth(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFEF).contains($1.value) ? 2 : 1) }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
