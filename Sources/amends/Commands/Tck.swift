import ArgumentParser
import Decisions
import Foundation

struct Tck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the cases of the DMN Technology Compatibility Kit, in its lenient mode.")
    @Argument(help: "A folder with models and their test cases, or one of such folders.")
    var folder: String
    @Flag(help: "List every case that fails, expected beside actual.") var failures = false
    @Option(help: "Write a line for each case to this CSV file.") var report: String?
    @Flag(help: "Print JSON instead of text.") var json = false

    func run() async throws {
        let folders = try testFolders(below: folder)
        guard !folders.isEmpty else {
            complain("no *.xml with test cases in \(folder) or below it")
            throw ExitCode(2)
        }
        let progress = Progress("tck", total: folders.count)
        var outcomes: [FolderOutcome] = []
        for (index, path) in folders.enumerated() {
            outcomes.append(FolderOutcome(path))
            progress.show(index + 1)
        }
        progress.finish()
        try show(outcomes)
        if let report {
            try csv(outcomes).write(toFile: report, atomically: true, encoding: .utf8)
        }
        guard outcomes.allSatisfy(\.isComplete) else { throw ExitCode(1) }
    }

    private func show(_ outcomes: [FolderOutcome]) throws {
        if json { return try printJSON(outcomes.map(FolderView.init)) }
        let total = outcomes.map(\.conformance).reduce(Conformance(), +)
        var rows = [["folder", "passed", "of", "not null", "of"]]
        rows += outcomes.map { outcome in row(outcome.name, outcome.conformance) }
        rows.append(row("all", total))
        print(columns(rows, numeric: [1, 2, 3, 4]))
        for outcome in outcomes {
            for problem in outcome.problems { print("\(outcome.name): \(problem)") }
            guard failures else { continue }
            for result in outcome.results where !result.passed {
                print("\(outcome.name) \(result.id) \(result.decision)")
                print("  expected \(result.expected)\n  actual   \(result.actual)")
                for note in result.notes { print("  \(note)") }
            }
        }
    }

    private func row(_ name: String, _ counts: Conformance) -> [String] {
        [
            name, "\(counts.passed)", "\(counts.total)", "\(counts.passedNotNull)",
            "\(counts.totalNotNull)",
        ]
    }

    private func csv(_ outcomes: [FolderOutcome]) -> String {
        func cell(_ text: String) -> String {
            "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
        }
        let lines = outcomes.flatMap { outcome in
            outcome.results.map { result in
                [
                    outcome.name, result.id, result.decision, result.passed ? "passed" : "failed",
                    result.expected, result.actual,
                ].map(cell).joined(separator: ",")
            }
        }
        return (["folder,case,decision,outcome,expected,actual"] + lines).joined(separator: "\n")
            + "\n"
    }
}

/// How the cases of one folder came out.
private struct FolderOutcome {
    let name: String
    var results: [TestResult] = []
    /// Models or test files that could not be read.
    var problems: [String] = []

    var conformance: Conformance { Conformance(results) }
    var isComplete: Bool { problems.isEmpty && conformance.isComplete }

    init(_ path: String) {
        name = URL(fileURLWithPath: path).lastPathComponent
        var models: [String: Model] = [:]
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        // A model may import another of the folder, in any order: what is missing is tried again.
        var waiting = files.filter { $0.hasSuffix(".dmn") }
        var isStuck = false
        while !waiting.isEmpty, !isStuck {
            isStuck = true
            for file in waiting {
                do {
                    models[file] = try Model(
                        xml: try bytes(path, file), file: file, importing: Array(models.values),
                        natives: .compatibilityKit)
                    waiting.removeAll { $0 == file }
                    isStuck = false
                } catch ModelError.missingImport {
                    continue
                } catch {
                    problems.append("\(error)")
                    waiting.removeAll { $0 == file }
                }
            }
        }
        problems += waiting.map { "\($0): imports a model that is not in this folder" }
        for file in files where file.hasSuffix(".xml") { run(file, in: path, on: models) }
    }

    private mutating func run(_ file: String, in path: String, on models: [String: Model]) {
        do {
            let cases = try TestCases(xml: try bytes(path, file), file: file)
            guard let model = cases.modelName.flatMap({ models[$0] }) ?? models.values.first else {
                problems.append("\(file): its model \(cases.modelName ?? "") could not be read")
                return
            }
            results += cases.run(on: model, mode: .lenient)
        } catch {
            problems.append("\(error)")
        }
    }

    private func bytes(_ path: String, _ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path).appendingPathComponent(file)))
    }
}

private struct FolderView: Encodable {
    let folder: String
    let passed: Int
    let total: Int
    let passed_not_null: Int
    let total_not_null: Int
    let problems: [String]

    init(_ outcome: FolderOutcome) {
        folder = outcome.name
        passed = outcome.conformance.passed
        total = outcome.conformance.total
        passed_not_null = outcome.conformance.passedNotNull
        total_not_null = outcome.conformance.totalNotNull
        problems = outcome.problems
    }
}

/// Folders that hold both a model and test cases, in order of their names.
private func testFolders(below folder: String) throws -> [String] {
    let manager = FileManager.default
    guard manager.fileExists(atPath: folder) else {
        throw ValidationError("there is no folder \(folder).")
    }
    var folders: Set<String> = []
    let root = URL(fileURLWithPath: folder)
    let all = manager.enumerator(at: root, includingPropertiesForKeys: nil)
    while let file = all?.nextObject() as? URL {
        if file.pathExtension == "dmn" { folders.insert(file.deletingLastPathComponent().path) }
    }
    return folders.sorted()
}
