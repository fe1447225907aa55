import ArgumentParser
import Foundation
import Fuzzing
import Glibc
import Web
import Workflow

struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz", abstract: "Put damaged inputs through what reads them.",
        subcommands: [FuzzParsers.self])
}

struct FuzzParsers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parsers",
        abstract:
            "Damage files and requests, and see that their readers neither end, hang nor lie.",
        discussion: """
            Each reader works in a process of its own, so that one that ends or hangs is named and the rest goes on. \
            An input follows from its subject, the seed and its index alone: --subject NAME --show INDEX prints it.
            """)
    @Option(help: "The seed of all inputs.") var seed: UInt64 = 1
    @Option(help: "How long all subjects together are tried, in seconds.") var seconds = 60
    @Option(help: "Only the subject of this name; may be repeated.") var subject: [String] = []
    @Option(help: "The index of the first input.") var first = 0
    @Option(help: "How long one input may take, in milliseconds.") var limitMs = 2_000
    @Option(help: "Print the input of this index, and do no more.") var show: Int?
    @Flag(help: "Print JSON instead of text.") var json = false
    @Flag(help: .hidden) var child = false

    /// A child that says nothing for so long hangs.
    private static let silence_ms: Int32 = 20_000

    static var subjects: [FuzzSubject] {
        CoreSubjects.all + BankFileSubjects.all + PolicyFuzz.subjects + WebFuzz.subjects
    }

    func validate() throws {
        guard seconds > 0, first >= 0, limitMs > 0 else {
            throw ValidationError("--seconds and --limit-ms are at least 1, --first at least 0")
        }
        let known = Self.subjects.map(\.name)
        for name in subject where !known.contains(name) {
            throw ValidationError(
                "there is no subject '\(name)'; there are \(known.joined(separator: ", "))")
        }
    }

    func run() async throws {
        let chosen = Self.subjects.filter { subject.isEmpty || subject.contains($0.name) }
        if let show {
            for one in chosen {
                FileHandle.standardOutput.write(Data(one.input(seed: seed, index: show)))
            }
            return
        }
        if child { return try runHere(chosen[0]) }
        var isClean = true
        var tallies: [FuzzTally] = []
        for (number, one) in chosen.enumerated() {
            let share = max(
                1, seconds * (number + 1) / chosen.count - seconds * number / chosen.count)
            let (tally, ends) = try watch(one, seconds: share)
            tallies.append(tally)
            if !json { print(tally) }
            for wrong in tally.wrong { complain("\(one.name) \(wrong.index): \(wrong.what)") }
            for end in ends { complain(end) }
            isClean = isClean && tally.isClean && ends.isEmpty
        }
        if json { try printJSON(tallies) }
        complain("seed \(seed): \(tallies.map(\.inputs).reduce(0, +)) inputs")
        guard isClean else { throw ExitCode(1) }
    }

    /// Tells each index on standard error before it is read, so that the last one told is the guilty one.
    private func runHere(_ one: FuzzSubject) throws {
        var tally = FuzzTally(subject: one.name)
        let end = ContinuousClock.now + .seconds(seconds)
        var index = first
        while ContinuousClock.now < end {
            let line = Array("\(index)\n".utf8)
            _ = write(STDERR_FILENO, line, line.count)
            tally.run(one, seed: seed, index: index, limit_ms: limitMs)
            index += 1
        }
        try printJSON(tally)
    }

    /// Runs one subject in child processes until its time is over.
    private func watch(_ one: FuzzSubject, seconds: Int) throws -> (FuzzTally, [String]) {
        var tally = FuzzTally(subject: one.name)
        var ends: [String] = []
        let end = ContinuousClock.now + .seconds(seconds)
        var next = first
        while ContinuousClock.now < end {
            let left = max(1, Int(ContinuousClock.now.duration(to: end) / .seconds(1)))
            let outcome = try runChild(one.name, from: next, seconds: left)
            if let counted = outcome.tally { tally.add(counted) }
            guard let fate = outcome.fate else { break }
            ends.append(
                "\(one.name): input \(outcome.last) \(fate); print it with amends fuzz parsers "
                    + "--subject '\(one.name)' --seed \(seed) --show \(outcome.last)")
            next = outcome.last + 1
            // A reader that ends at every other input has been found out.
            if ends.count >= 10 { break }
        }
        return (tally, ends)
    }

    private struct Outcome {
        var last: Int
        var tally: FuzzTally?
        /// How the child ended, where it did not end by itself.
        var fate: String?
    }

    private func runChild(_ name: String, from start: Int, seconds: Int) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "fuzz", "parsers", "--child", "--subject", name, "--seed", "\(seed)", "--first",
            "\(start)",
            "--seconds", "\(seconds)", "--limit-ms", "\(limitMs)",
        ]
        let (told, answered) = (Pipe(), Pipe())
        process.standardError = told
        process.standardOutput = answered
        try process.run()
        var outcome = Outcome(last: start)
        let descriptor = told.fileHandleForReading.fileDescriptor
        var isHanging = false
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var rest: [UInt8] = []
        while true {
            var asked = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&asked, 1, Self.silence_ms) == 0 {
                isHanging = true
                process.terminate()
                kill(process.processIdentifier, SIGKILL)
                break
            }
            let count = read(descriptor, &buffer, buffer.count)
            if count <= 0 { break }
            rest += buffer[..<count]
            guard let end = rest.lastIndex(of: 10) else { continue }
            let lines = rest[..<end].split(separator: 10)
            if let last = lines.last.flatMap({ Int(String(decoding: $0, as: UTF8.self)) }) {
                outcome.last = last
            }
            rest.removeSubrange(...end)
        }
        let answer = answered.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        if isHanging {
            outcome.fate = "hangs"
        } else if process.terminationStatus != 0 {
            outcome.fate = "ends the process (\(process.terminationStatus))"
        } else {
            outcome.tally = try JSONDecoder().decode(FuzzTally.self, from: answer)
        }
        return outcome
    }
}
