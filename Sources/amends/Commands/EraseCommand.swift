import ArgumentParser
import Casework
import Foundation
import Ledger
import Store
import Workflow

/// `amends privacy erase --due`: what is due by the rule, why, and what holds it back; with --execute it goes.
struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase what is personal in cases and work orders whose time is over.",
        discussion: """
            Without --execute nothing is changed: it prints what is due and why. The rule is retention.yaml in the \\
            jurisdiction's folder. Events, vouchers, hash chain and reports stay; afterwards the books are verified.
            """)
    /// Older answers to repeated requests are forgotten as well.
    private static let answerDays = 90

    @Flag(help: "Those whose time by the rule is over.") var due = false
    @Flag(help: "Really erase them.") var execute = false
    @OptionGroup var options: OfficeOptions

    func validate() throws {
        guard due else { throw ValidationError("say --due: there is no other choice") }
    }

    func run() async throws {
        try options.refuseMissingFile()
        guard let rule = try RetentionRule.load(directory: try options.policyDirectory) else {
            throw ValidationError(
                "there is no retention.yaml in \(try options.policyDirectory): nothing is ever due")
        }
        let actor = options.actor(.administrator).name
        try await options.withOffice { office in
            var (erased, held) = (0, 0)
            try await office.dueErasures(by: rule) { each in
                let day = office.books.zone.day(at: each.closedAt)
                let why =
                    "\(each.kind.rawValue), ended \(day), \(each.term.years) years: \(each.term.source)"
                guard each.heldBack.isEmpty else {
                    held += 1
                    let holds = each.heldBack.map { "\($0.chinese) \($0.english)" }
                    print("\(each.subject)\theld back\t\(holds.joined(separator: "; "))\t\(why)")
                    return
                }
                if execute {
                    guard try await office.erase(each, by: actor) else { return }
                }
                erased += 1
                print("\(each.subject)\t\(execute ? "erased" : "due")\t\(why)")
            }
            print("\(erased) \(execute ? "erased" : "due"), \(held) held back")
            guard execute else {
                print("nothing was changed; --execute erases what is due")
                return
            }
            let answers = try await office.work { work in
                try work.transaction.forgetAnswers(
                    before: work.now.advanced(byMinutes: -Self.answerDays * 24 * 60))
            }
            print("\(answers) answers to repeated requests forgotten")
            let proof = try await office.verifyBooks()
            guard proof.isSound else { throw ExitCode(1) }
            print("the books are sound: \(proof.vouchers) vouchers")
        }
    }
}
