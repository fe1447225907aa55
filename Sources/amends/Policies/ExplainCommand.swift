import ArgumentParser
import Casework
import Foundation
import Ledger
import Store
import Workflow

extension PolicyCommand {
    struct ExplainCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract:
                "Which rules decided, with clause and arithmetic, and the one condition by which others failed.",
            discussion: """
                Of a case: amends policy explain SY-24-0001234-7. Of given facts: amends policy explain \
                --edition policies/sanya/2025-03-08 --decision advance --facts facts.json. In Chinese and \
                English, unless one of --zh and --en is given.
                """)
        @Argument(help: "The case number.") var number: String?
        @Option(help: "The edition's folder, or its name in the jurisdiction's folder.")
        var edition: String?
        @Option(help: "acceptance, determination, advance, authority, routing, settlement …")
        var decision: String?
        @Option(help: "A JSON file with facts by name; - for standard input.") var facts: String?
        @Flag(help: "Print Chinese only.") var zh = false
        @Flag(help: "Print English only.") var en = false
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            if let number {
                try await explainCase(number)
            } else if let edition, let decision, let facts {
                try await explainFacts(edition, decision, facts)
            } else {
                throw ValidationError(
                    "name a case, or --edition, --decision and --facts together.")
            }
        }

        private func explainCase(_ number: String) async throws {
            guard let id = CaseNumber.read(number) else {
                throw ValidationError(
                    "'\(number)' is no case number: like SY-24-0001234-7, the last digit checks the rest."
                )
            }
            let explanations = try await options.withOffice { office in
                guard let file = try await office.read({ try $0.caseFile(id) }) else {
                    throw WorkflowError.noSuchCase(id.text)
                }
                return try office.policies.explain(file)
            }
            try show(explanations)
        }

        private func explainFacts(
            _ edition: String, _ decision: String, _ path: String
        ) async throws {
            let data =
                path == "-"
                ? FileHandle.standardInput.readDataToEndOfFile()
                : FileManager.default.contents(atPath: path)
            guard let data else { throw ValidationError("\(path) cannot be read.") }
            let facts: Facts
            do {
                facts = try JSONDecoder().decode(Facts.self, from: data)
            } catch {
                throw ValidationError("\(path) holds no facts, a JSON object of them: \(error)")
            }
            let (outcome, explanation) = try await reporting {
                try PolicyBook.edition(at: edition, in: try options.policyDirectory)
                    .explain(decision, about: facts)
            }
            if !options.json { print("\(decision) = \(outcome)") }
            try show([explanation])
        }

        private func show(_ explanations: [Explanation]) throws {
            if options.json { return try printJSON(explanations.map(ExplanationView.init)) }
            for explanation in explanations {
                if !en { print(explanation.text { $0.chinese }) }
                if !zh { print(explanation.text { $0.english }) }
            }
        }
    }
}

private struct ExplanationView: Encodable {
    let model: String
    let edition: String
    let title: Said
    let isUnchanged: Bool
    let tables: [TableView]
    let heads: [RefundHead]

    struct TableView: Encodable {
        let name: String
        let label: Said
        let hits: [HitView]
        let nearMisses: [MissView]
    }

    struct HitView: Encodable {
        let rule: CitedRule
        let conditions: [ConditionView]
    }

    struct MissView: Encodable {
        let rule: CitedRule
        let failed: ConditionView
    }

    struct ConditionView: Encodable {
        let input: String
        let cell: String
        let actual: String
        let subject: Said
        let wanted: Said
        let found: Said

        init(_ condition: Explanation.Condition) {
            input = condition.input
            cell = condition.cell
            actual = condition.actual
            subject = condition.subject
            wanted = condition.wanted
            found = condition.found
        }
    }

    init(_ explanation: Explanation) {
        model = explanation.model
        edition = explanation.edition
        title = explanation.title
        isUnchanged = explanation.isUnchanged
        tables = explanation.tables.map { table in
            TableView(
                name: table.name, label: table.label,
                hits: table.steps.map {
                    HitView(rule: $0.rule, conditions: $0.conditions.map(ConditionView.init))
                },
                nearMisses: table.nearMisses.map {
                    MissView(rule: $0.rule, failed: ConditionView($0.failed))
                })
        }
        heads = explanation.heads
    }
}
