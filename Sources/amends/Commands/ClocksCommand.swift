import ArgumentParser
import Ledger
import Workflow

struct ClocksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clocks", abstract: "The limits of work orders and cases: prove them.",
        subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recompute every clock from the events, and hold it to what is stored.",
            discussion: """
                Ends, steps that fired and steps that are to fire must be the same, byte for byte. What differs is \
                printed, and the exit code is 1.
                """)
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try options.refuseMissingFile()
            let proof = try await options.withOffice { try await $0.verifyClocks() }
            if options.json {
                try printJSON(proof)
            } else {
                print(
                    """
                    \(proof.orders) work orders, \(proof.cases) cases, \(proof.clocks) clocks, \
                    \(proof.steps) steps fired
                    """)
                for finding in proof.findings { print(finding) }
                print(
                    proof.isSound
                        ? "时限逐件重算一致 recomputed, the same"
                        : "\(proof.differing) 件不一致 differ from their events")
            }
            guard proof.isSound else { throw ExitCode(1) }
        }
    }
}
