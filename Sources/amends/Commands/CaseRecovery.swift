import ArgumentParser
import Casework
import Ledger
import Store
import Workflow

struct CaseDemand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demand",
        abstract:
            "Record that the merchant was asked again; the years begin anew in which it can be.")
    @Argument(help: "The case number.") var number: String
    @Option(help: "What proves it, such as the registered letter's number.") var proof: String
    @Option(help: "The day it was served; today when left out.") var on: String?
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        let id = try caseNumber(number)
        let served = try on.map { text in
            guard let day = Day(text) else {
                throw ValidationError("'\(text)' is no day: write it like 2026-02-10.")
            }
            return day
        }
        let actor = options.actor(.accountant)
        let file = try await options.withOffice { office in
            try await office.work { [proof] work in
                let day = min(served ?? work.today, work.today)
                return try work.perform(.demand(on: day, proof: proof), on: id, by: actor)
            }
        }
        let last = file.recovery?.limitationDay.map { "\($0)" } ?? "–"
        print("\(id): demanded; the recovery lapses on \(last)")
    }
}

struct CaseClearPayout: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear-payout",
        abstract: "Let a payout go that waits for a look, as somebody who had no hand in it.")
    @Argument(help: "The case number.") var number: String
    @Option(help: "What was looked into, and what came of it.") var reason: String
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        let id = try caseNumber(number)
        let actor = options.actor(.reviewer)
        let file = try await options.withOffice { office in
            try await office.work { [reason] work in
                try work.perform(.clearPayout(reason: reason), on: id, by: actor)
            }
        }
        print("\(id): \(file.payouts.last.map { "payout \($0.number) ordered" } ?? "cleared")")
    }
}

struct CaseAttempts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attempts",
        abstract: "Refused attempts to do alone what takes another person, the newest first.")
    @Option(help: "Only of this person.") var by: String?
    @Option(help: "How many, at most 200.") var limit = 50
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        try options.refuseMissingFile()
        let attempts = try await options.withOffice { office in
            try await office.read { [by, limit] in try $0.attempts(by: by, limit: limit) }
        }
        if options.json {
            return try printJSON(
                attempts.map {
                    [
                        "number": "\($0.number)", "actor": $0.actor, "command": $0.command,
                        "rule": $0.rule, "case": $0.caseID?.text ?? "", "at": "\($0.at)",
                    ]
                })
        }
        print(
            columns(
                attempts.map { each in
                    [
                        "#\(each.number)", "\(each.at)", each.actor, each.command, each.rule,
                        each.caseID?.text ?? "",
                    ]
                }))
    }
}

func caseNumber(_ text: String) throws -> ID<Case> {
    guard let id = CaseNumber.read(text) else {
        throw ValidationError(
            "'\(text)' is no case number: like SY-24-0001234-7, the last digit checks the rest.")
    }
    return id
}
