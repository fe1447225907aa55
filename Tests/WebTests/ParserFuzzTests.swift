import Fuzzing
import Testing
import Workflow

@testable import Web

/// A short, seeded run of what `amends fuzz parsers` does for as long as it is told.
@Suite struct ParserFuzzTests {
    private static let seed: UInt64 = 1
    private static let inputs = 400

    private static let subjects =
        CoreSubjects.all + BankFileSubjects.all + PolicyFuzz.subjects + WebFuzz.subjects

    @Test(arguments: subjects.map(\.name))
    func `no damaged input ends its reader, hangs it or makes it lie`(name: String) throws {
        let subject = try #require(Self.subjects.first { $0.name == name })
        var tally = FuzzTally(subject: name)
        // Eight masks are drawn for each code: slow without optimisation.
        for index in 0..<(name == "qr code" ? 20 : Self.inputs) {
            tally.run(subject, seed: Self.seed, index: index, limit_ms: 5_000)
        }
        #expect(tally.isClean, "seed \(Self.seed): \(tally) \(tally.wrong)")
        // Where nothing or all is accepted, the damage misses its mark.
        #expect(tally.accepted > 0, "\(tally)")
    }

    @Test func `an input follows from subject, seed and index alone`() {
        for subject in Self.subjects {
            #expect(subject.input(seed: 7, index: 3) == subject.input(seed: 7, index: 3))
        }
        #expect(Set(Self.subjects.map(\.name)).count == Self.subjects.count)
    }

    @Test func `a reader that lies or dawdles is told`() {
        let liar = FuzzSubject("liar", texts: ["a"]) { _ in .wrong("lie") }
        var tally = FuzzTally(subject: "liar")
        for index in 0..<9 { tally.run(liar, seed: 1, index: index, limit_ms: 100) }
        #expect(!tally.isClean && tally.wrongCount == 9 && tally.wrong.count == 5)
        let slow = FuzzSubject("slow", texts: ["a"]) { _ in
            let end = ContinuousClock.now + .milliseconds(60)
            while ContinuousClock.now < end {}
            return .accepted
        }
        var late = FuzzTally(subject: "slow")
        late.run(slow, seed: 1, index: 0, limit_ms: 2)
        #expect(!late.isClean && late.slow == 1)
    }
}
