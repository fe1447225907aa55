import Decisions
import Foundation
import Testing

/// The compatibility kit: `AMENDS_TCK` or `../shared/dmn-tck` beside the repository.
private enum Kit {
    static let root: URL? = {
        let environment = ProcessInfo.processInfo.environment["AMENDS_TCK"]
        let repository = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder =
            environment.map { URL(filePath: $0) } ?? repository.appending(path: "../shared/dmn-tck")
        let exists = FileManager.default.fileExists(
            atPath: folder.appending(path: "compliance-level-2").path())
        if !exists {
            print("*** SKIPPED: no DMN test kit at \(folder.path()); set AMENDS_TCK ***")
        }
        return exists ? folder : nil
    }()

    static func files(in folder: URL, _ suffix: String) -> [URL] {
        let all = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        return (all ?? []).filter { $0.lastPathComponent.hasSuffix(suffix) }
            .sorted { $0.path() < $1.path() }
    }

    static func bytes(_ file: URL) throws -> [UInt8] { try [UInt8](Data(contentsOf: file)) }

    /// Runs every case of a folder; a model that does not load fails all of them.
    static func run(_ folder: URL) throws -> (results: [TestResult], error: String?) {
        var results: [TestResult] = []
        var trouble: String?
        for file in files(in: folder, ".xml") {
            let cases = try TestCases(xml: bytes(file), file: file.lastPathComponent)
            let modelFile = folder.appending(path: cases.modelName ?? "")
            do {
                let imported = try files(in: folder, ".dmn").filter {
                    $0.lastPathComponent != modelFile.lastPathComponent
                }.map { try Model(xml: bytes($0), file: $0.lastPathComponent) }
                let model = try Model(
                    xml: bytes(modelFile), file: modelFile.lastPathComponent, importing: imported,
                    natives: .compatibilityKit)
                results += cases.run(on: model, mode: .lenient)
            } catch {
                trouble = "\(error)"
                results += cases.cases.map {
                    TestResult(
                        id: $0.id, decision: $0.decision, passed: false,
                        isNull: $0.expected.isNull, expected: $0.expected.description, actual: "—",
                        notes: ["\(error)"])
                }
            }
        }
        return (results, trouble)
    }

    static func score(level: Int) throws -> (score: Conformance, report: String) {
        guard let root else { return (Conformance(), "") }
        var total = Conformance()
        var report = ""
        let level = root.appending(path: "compliance-level-\(level)")
        for folder in files(in: level, "") {
            let (results, trouble) = try run(folder)
            let score = Conformance(results)
            total = total + score
            report += "\(folder.lastPathComponent) \(score.passed)/\(score.total)"
            report += " not null \(score.passedNotNull)/\(score.totalNotNull) \(trouble ?? "")\n"
            for result in results where !result.passed {
                report += "    \(result.id) \(result.decision): expected \(result.expected)"
                report += ", got \(result.actual) \(result.notes.first ?? "")\n"
            }
        }
        return (total, report)
    }
}

@Suite(.enabled(if: Kit.root != nil, "the DMN test kit is not here"))
struct ConformanceTests {
    @Test func `every case of level 2 passes`() throws {
        let (score, report) = try Kit.score(level: 2)
        print("DMN level 2: \(score.passed) of \(score.total),", terminator: " ")
        print("\(score.passedNotNull) of \(score.totalNotNull) not null")
        #expect(score.total > 100)
        #expect(score.isComplete, "\(report)")
    }

    @Test func `every case of level 3 passes`() throws {
        let (score, report) = try Kit.score(level: 3)
        print("DMN level 3: \(score.passed) of \(score.total),", terminator: " ")
        print("\(score.passedNotNull) of \(score.totalNotNull) not null")
        if let path = ProcessInfo.processInfo.environment["AMENDS_TCK_REPORT"] {
            try report.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(score.total > 2500)
        #expect(score.isComplete, "\(report)")
    }
}
