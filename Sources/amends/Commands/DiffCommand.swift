import ArgumentParser
import Decisions
import Workflow

struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "What another edition would decide otherwise.",
        discussion: """
            Regions of facts whose answer differs, each with facts that lie in it and both answers; \
            parameters with other values; models only one edition has. What it cost or saves on past \
            cases says `policy backtest`.
            """)
    @Argument(help: "The edition in force, such as 2024-02-05.") var old: String
    @Argument(help: "The other edition.") var new: String
    @Option(help: "The jurisdiction's folder.") var policies = "policies/sanya"
    @Flag(help: "In Chinese.") var zh = false

    func run() async throws {
        let diff = try await reporting { try PolicyBook.load(directory: policies).diff(old, new) }
        for (name, before, after) in diff.parameters {
            print("\(zh ? "参数" : "parameter") \(name): \(before ?? "–") → \(after ?? "–")")
        }
        for name in diff.added { print("\(zh ? "新增模型" : "model added"): \(name)") }
        for name in diff.removed { print("\(zh ? "删去模型" : "model removed"): \(name)") }
        for model in diff.models { show(model) }
        if diff.parameters.isEmpty, diff.added.isEmpty, diff.removed.isEmpty, diff.models.isEmpty {
            print(zh ? "两版所用规则相同" : "both editions decide by the same files and parameters")
        }
    }

    private func show(_ model: EditionDiff.ModelDiff) {
        let difference = model.difference
        print("\(model.model):")
        for change in difference.changes { print("  \(zh ? change.chinese : change.english)") }
        for part in difference.regions {
            print("  \(zh ? part.region.chinese : part.region.english)")
            let facts = part.witness.map { "\($0.input) = \($0.text)" }.joined(separator: ", ")
            print("    \(zh ? "例如" : "for example"): \(facts)")
            print("    \(part.oldAnswer) → \(part.newAnswer)")
        }
        if difference.regions.isEmpty {
            print(zh ? "  所有事实结论相同" : "  no facts found that are answered differently")
        }
        for question in difference.openQuestions {
            print("  \(zh ? "未能判定" : "not decided"): \(question)")
        }
    }
}
