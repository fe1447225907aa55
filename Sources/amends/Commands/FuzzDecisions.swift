import ArgumentParser
import Decisions
import Foundation
import Glibc

struct FuzzDecisions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz-decisions",
        abstract: "Put random FEEL and damaged DMN models through the decision engine.",
        discussion: """
            Runs in child processes, so a case that ends one is named and the rest goes on. A case \
            follows from its seed and index: --first INDEX --count 1 runs it again, --show prints it.
            """)
    @Option(help: "The seed of all cases.") var seed: UInt64 = 1
    @Option(help: "The index of the first case.") var first = 0
    @Option(help: "How many cases.") var count = 10_000
    @Option(help: "A folder with *.dmn files to damage.") var models: String?
    @Flag(help: "Print the first case instead of running it.") var show = false
    @Flag(help: .hidden) var child = false

    /// Cases of one child process.
    private static let batch = 20_000

    func validate() throws {
        guard count > 0, first >= 0 else {
            throw ValidationError("--count is at least 1 and --first at least 0.")
        }
    }

    func run() async throws {
        let files = try modelFiles()
        if show { return print(text(of: Fuzz.case(seed: seed, index: first, models: files))) }
        if child { return runHere(files) }
        var crashes: [Int] = []
        var next = first
        let progress = Progress("fuzz-decisions", total: count)
        while next < first + count {
            let size = min(Self.batch, first + count - next)
            if let crash = try runChild(from: next, size) {
                complain("the case of seed \(seed) and index \(crash) ends the process")
                crashes.append(crash)
                next = crash + 1
            } else {
                next += size
            }
            progress.show(next - first)
        }
        progress.finish()
        guard crashes.isEmpty else {
            complain(
                "\(crashes.count) crashes: run one again with --child --count 1 --seed \(seed) --first INDEX"
            )
            throw ExitCode(1)
        }
    }

    private func modelFiles() throws -> [[UInt8]] {
        guard let models else { return [] }
        let root = URL(fileURLWithPath: models)
        guard FileManager.default.fileExists(atPath: root.path) else {
            throw ValidationError("there is no folder \(models).")
        }
        var paths: [URL] = []
        let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        while let file = all?.nextObject() as? URL {
            if file.pathExtension == "dmn" { paths.append(file) }
        }
        return try paths.sorted { $0.path < $1.path }.map { [UInt8](try Data(contentsOf: $0)) }
    }

    private func text(of one: Fuzz.Case) -> String {
        switch one {
        case .expression(let text), .unaryTests(let text): text
        case .model(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }

    /// Tells each index on standard error before it runs, so that the last one told is the guilty one.
    private func runHere(_ files: [[UInt8]]) {
        let report = Fuzz.run(seed: seed, first: first, count: count, models: files) { index in
            let line = Array("\(index)\n".utf8)
            _ = write(STDERR_FILENO, line, line.count)
        }
        print(report)
    }

    /// The index of the case that ended the child, or nil where none did.
    private func runChild(from start: Int, _ size: Int) throws -> Int? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "fuzz-decisions", "--child", "--seed", "\(seed)", "--first", "\(start)", "--count",
            "\(size)",
        ]
        if let models { process.arguments?.append(contentsOf: ["--models", models]) }
        let told = Pipe()
        process.standardError = told
        try process.run()
        var last = start
        var rest = ""
        while case let data = told.fileHandleForReading.availableData, !data.isEmpty {
            rest += String(decoding: data, as: UTF8.self)
            let lines = rest.split(separator: "\n", omittingEmptySubsequences: false)
            rest = String(lines.last ?? "")
            for line in lines.dropLast() { last = Int(line) ?? last }
        }
        process.waitUntilExit()
        return process.terminationStatus == 0 ? nil : last
    }
}
