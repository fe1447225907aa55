import ArgumentParser
import Ledger
import Workflow

struct FundAgeing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ageing",
        abstract: "What merchants owe, by merchant and by the days they have owed it.",
        discussion: "The last column is what lapses within 90 days, or has lapsed: demand it.")
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        try options.refuseMissingFile()
        let ageing = try await options.withOffice { try await $0.ageing() }
        let buckets = Ageing.Bucket.allCases
        func row(_ line: Ageing.Line, _ name: String) -> [String] {
            [name, "\(line.cases)"] + buckets.map { (line.owed[$0] ?? .zero).description }
                + [line.total.description, line.lapsing.description]
        }
        if options.json {
            return try printJSON(
                (ageing.merchants + [ageing.total]).map { line in
                    var fen = Dictionary(
                        uniqueKeysWithValues: buckets.map {
                            ("\($0.rawValue)_fen", "\((line.owed[$0] ?? .zero).fen)")
                        })
                    fen["merchant"] = line.merchant?.text ?? ""
                    fen["name"] = line.name
                    fen["total_fen"] = "\(line.total.fen)"
                    fen["lapsing_fen"] = "\(line.lapsing.fen)"
                    return fen
                })
        }
        let head = ["merchant", "cases"] + buckets.map(\.rawValue) + ["total", "lapsing"]
        print(
            columns(
                [head] + ageing.merchants.map { row($0, $0.name) } + [row(ageing.total, "total")],
                numeric: Set(1...(buckets.count + 3))))
    }
}
