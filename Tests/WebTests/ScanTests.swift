import Casework
import Courier
import Foundation
import Ledger
import Testing
import Workflow

@testable import Web

/// Files are looked at before they are taken, by a program the office names.
struct ScanTests {
    /// A shell script as the program; `$1` is the file.
    private func scanner(
        _ script: String, timeout_ms: Int = 5_000,
        _ body: (EvidenceScanner, URL) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "amends-scan-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = folder.appending(path: "scan")
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: program)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700], ofItemAtPath: program.path)
        let copies = folder.appending(path: "copies")
        try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
        let scanner = try #require(
            EvidenceScanner(
                command: "\(program.path) --quiet", timeout_ms: timeout_ms, folder: copies.path))
        try await body(scanner, copies)
        #expect(try FileManager.default.contentsOfDirectory(atPath: copies.path).isEmpty)
    }

    @Test func `the program is given the file, and its end decides`() async throws {
        try await scanner("grep -q harmful \"$2\" && exit 1; exit 0") { scanner, _ in
            try await scanner.scan(Array("a receipt".utf8))
            await #expect(throws: WorkflowError.evidenceInfected) {
                try await scanner.scan(Array("something harmful".utf8))
            }
        }
    }

    @Test func `a program that fails, hangs, or is not there admits nothing`() async throws {
        for script in ["exit 2", "kill -9 $$", "exec /nowhere/at/all"] {
            try await scanner(script) { scanner, _ in
                await #expect("\(script)") {
                    try await scanner.scan([1, 2, 3])
                } throws: { error in
                    if case WorkflowError.evidenceNotScanned = error { true } else { false }
                }
            }
        }
        try await scanner("sleep 60 & sleep 60", timeout_ms: 200) { scanner, _ in
            let started = ContinuousClock.now
            await #expect(throws: WorkflowError.self) { try await scanner.scan([1, 2, 3]) }
            #expect(started.duration(to: .now) < .seconds(10))
        }
        let nowhere = try #require(EvidenceScanner(command: "/nowhere/at/all"))
        await #expect(throws: WorkflowError.self) { try await nowhere.scan([1]) }
        #expect(EvidenceScanner(command: "  ") == nil)
    }

    @Test func `it sees nothing of the office's environment`() async throws {
        try await scanner("[ -z \"$AMENDS_TEST_SECRET\" ] && [ -n \"$PATH\" ] || exit 1") {
            scanner, _ in
            setenv("AMENDS_TEST_SECRET", "x", 1)
            defer { unsetenv("AMENDS_TEST_SECRET") }
            try await scanner.scan([1])
        }
    }

    @Test func `a refused file is refused with a sentence, by the API, the page and with a filing`()
        async throws
    {
        try await scanner(
            "grep -q harmful \"$2\" && exit 1; grep -q broken \"$2\" && exit 7; exit 0"
        ) {
            scanner, _ in
            try await Service.run(scanner: scanner) { service in
                let filed = try await service.file()
                let path = "/api/v1/cases/\(filed.number)/evidence?kind=chat"
                let table: [(String, Int, String?)] = [
                    ("fine", 201, nil), ("harmful", 422, "evidence_refused"),
                    ("broken", 503, "evidence_not_scanned"),
                ]
                for (text, status, code) in table {
                    let reply = try await service.send(
                        .post, path, as: "agent", bytes: Array(text.utf8))
                    #expect(reply.status == status, "\(text): \(reply.text)")
                    if let code { #expect(reply.code == code) }
                }
                let view = try await service.send(
                    .get, "/api/v1/cases/\(filed.number)", as: "agent")
                #expect(view["evidence.0.kind"] == "chat" && view["evidence.1.kind"] == nil)
                let archive = try await service.send(
                    .post, path, as: "agent", bytes: [0x50, 0x4B, 3, 4, 0])
                #expect(archive.code == "evidence_type", "by content, and before it is scanned")
            }
        }
    }
}
