import Foundation
import Testing

/// What `docs/ARCHITECTURE.md` and the conventions say about the sources, as far as a program can see it.
@Suite struct TidyTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private struct Source {
        /// From the root: `Sources/Ledger/Money.swift`.
        let path: String
        let text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    private static let sources: [Source] = ["Sources", "Tests"].flatMap { folder -> [Source] in
        let base = root.appendingPathComponent(folder)
        let all = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
        var found: [Source] = []
        while let file = all?.nextObject() as? URL {
            guard file.pathExtension == "swift",
                let text = try? String(contentsOf: file, encoding: .utf8)
            else { continue }
            found.append(Source(path: String(file.path.dropFirst(root.path.count + 1)), text: text))
        }
        return found
    }

    /// Lines of `Sources` that match, as `path:line`.
    private func offenders(
        _ pattern: String, outside allowed: [String] = [], in folder: String = "Sources/"
    ) throws -> [String] {
        let regex = try NSRegularExpression(pattern: pattern)
        return Self.sources.filter { source in
            source.path.hasPrefix(folder) && !allowed.contains { source.path.hasPrefix($0) }
        }.flatMap { source in
            source.lines.enumerated().compactMap { number, line in
                let text = String(line)
                guard !text.trimmingCharacters(in: .whitespaces).hasPrefix("//"),
                    regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
                else { return nil }
                return "\(source.path):\(number + 1)"
            }
        }
    }

    @Test func `no file is longer than a reader can hold`() {
        let long = Self.sources.filter { source in
            source.lines.count > (source.path.hasPrefix("Tests") ? 600 : 400)
        }
        #expect(long.map { "\($0.path): \($0.lines.count)" } == [])
    }

    @Test func `there are sources to look at`() { #expect(Self.sources.count > 100) }

    @Test func `nothing is left for later`() throws {
        #expect(try offenders("(TO" + "DO|FIX" + "ME|X" + "XX|fatal" + "Error\\()") == [])
    }

    @Test func `nothing is forced`() throws {
        #expect(try offenders("\\btry!|\\bas!") == [])
    }

    @Test func `names say something`() {
        let empty = ["Manager", "Helper", "Util", "Utils", "Common", "Base", "Impl"]
        let bad = Self.sources.map(\.path).filter { path in
            let name = path.split(separator: "/").last?.dropLast(".swift".count) ?? ""
            return empty.contains { name.hasSuffix($0) }
        }
        #expect(bad == [])
    }

    @Test func `SQL stands in Store alone`() throws {
        let pattern = "(\"|^\\s*)(select|insert into|update|delete from) [a-z_]"
        #expect(
            try offenders(
                pattern,
                // A benchmark writes the same rows as plain SQL would; an auditor reads them by itself.
                outside: [
                    "Sources/Store/", "Sources/Database/", "Sources/amends/Bench/",
                    "Sources/Simulation/Auditor/",
                ]) == [])
    }

    @Test func `the pure core knows no clock, no thread and no engine`() throws {
        for target in ["Decisions", "Ledger", "Banking", "Casework"] {
            let pattern =
                "\\bDate\\(\\)|\\bDate\\.now|\\basync\\b|\\bawait\\b|import (GRDB|CPostgres|Hummingbird|NIO)"
            #expect(try offenders(pattern, in: "Sources/\(target)/") == [])
        }
    }

    @Test func `engines do not leave Database`() throws {
        #expect(
            try offenders("import (GRDB|GRDBSQLite|CPostgres)", outside: ["Sources/Database/"])
                == [])
    }

    @Test func `money never passes through floating point`() throws {
        for target in ["Ledger", "Banking", "Casework", "Store"] {
            #expect(try offenders("\\b(Double|Float|CGFloat)\\b", in: "Sources/\(target)/") == [])
        }
    }
}
