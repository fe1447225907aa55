import Foundation
import Testing

@testable import Web

/// `scripts/mail-server.py`: a mail server of another make in a process of its own.
final class MailServer {
    let port: Int
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var rest = Data()

    /// A Python that has aiosmtpd; nil where none could be had.
    static let python = ProcessInfo.processInfo.environment["AMENDS_TEST_PYTHON"]

    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../scripts/mail-server.py").standardizedFileURL.path

    init(_ arguments: [String] = []) throws {
        process.executableURL = URL(filePath: try #require(Self.python))
        process.arguments = [Self.script] + arguments
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        let line = try #require(try Self.line(from: output, &rest))
        port = try #require(Int(try JSONReader.read(Array(line))["port"]?.string ?? ""))
    }

    deinit { stop() }

    /// The next message that was taken.
    func message() throws -> JSONValue {
        let line = try #require(try Self.line(from: output, &rest))
        return try JSONReader.read(Array(line))
    }

    func stop() {
        guard process.isRunning else { return }
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private static func line(from pipe: Pipe, _ rest: inout Data) throws -> Data? {
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                defer { rest = Data(rest[rest.index(after: end)...]) }
                return Data(rest[..<end])
            }
            let more = pipe.fileHandleForReading.availableData
            if more.isEmpty { return nil }
            rest.append(more)
        }
    }
}

/// Takes connections and never says a word.
final class BlackHole {
    let port: Int
    private let listener: Int32

    /// Nil where the machine has no port left.
    static func open() -> BlackHole? {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, 8) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard listener >= 0, isOpen else { return nil }
        return BlackHole(port: Int(UInt16(bigEndian: address.sin_port)), listener: listener)
    }

    private init(port: Int, listener: Int32) { (self.port, self.listener) = (port, listener) }

    deinit { close(listener) }
}
