import Courier
import Foundation
import Testing

@testable import Web

@Suite struct EncryptionTests {
    @Test func `with a certificate the service speaks TLS and tells browsers to keep to it`()
        async throws
    {
        try await withCertificate { chain, key in
            let certificate = try Certificate(chain: chain, key: key)
            try await Service.run({ $0.certificate = certificate }) { service in
                let answer = try run(
                    "curl",
                    [
                        "-sS", "-i", "--cacert", chain, "--resolve",
                        "amends.test:\(service.port):127.0.0.1",
                        "https://amends.test:\(service.port)/healthz",
                    ])
                #expect(answer.contains("200"))
                #expect(answer.lowercased().contains("strict-transport-security: max-age="))
            }
        }
    }

    @Test func `a key that is another certificate's is refused`() async throws {
        try await withCertificate { chain, key in
            try await withCertificate { _, other in
                #expect(throws: CertificateError.unfit(certificate: chain, key: other)) {
                    try Certificate(chain: chain, key: other)
                }
            }
            #expect(throws: CertificateError.unreadable(file: "missing")) {
                try Certificate(chain: "missing", key: key)
            }
            #expect(throws: CertificateError.unreadable(file: chain)) {
                try Certificate(chain: chain, key: chain)
            }
        }
    }

    @Test(arguments: [
        (nil, false), ("http://fund.example", false), ("https://fund.example", true),
    ])
    func `browsers are told to keep to TLS only where they reach us by it`(
        _ address: String?, _ isTold: Bool
    ) async throws {
        try await Service.run({ $0.publicURL = address }) { service in
            let page = try await service.send(.get, "/")
            #expect((page.headers["strict-transport-security"] != nil) == isTold)
            #expect(page.headers["cross-origin-opener-policy"] == "same-origin")
            #expect(page.headers["x-frame-options"] == "DENY")
            #expect(page.headers["permissions-policy"]?.contains("camera=()") == true)
            #expect(
                page.headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
        }
    }

    /// A self-signed certificate for `amends.test`, gone afterwards.
    private func withCertificate(
        _ body: (_ chain: String, _ key: String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "amends-tls-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (chain, key) = (folder.path + "/chain.pem", folder.path + "/key.pem")
        _ = try run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2", "-subj", "/CN=amends.test", "-addext",
                "subjectAltName=DNS:amends.test", "-keyout", key, "-out", chain,
            ])
        try await body(chain, key)
    }

    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(program)")
        return String(decoding: bytes, as: UTF8.self)
    }
}
