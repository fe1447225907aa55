import Casework
import HTTPTypes
import Ledger
import Workflow

enum RecoveryRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/recoveries/ageing", id: "showAgeing",
            summary: Phrase(
                "应追偿款账龄，按商家", "What merchants owe, by merchant and by how long they have owed it"),
            access: .action(.readBooks), success: .view(200, AgeingView.self)
        ) { call in
            Answer(AgeingView(try await call.office.ageing()))
        }
    ]
}

struct AgeingView: Codable, Sendable {
    let asOf: Day
    let total: AgeingLineView
    let merchants: [AgeingLineView]

    init(_ ageing: Ageing) {
        asOf = ageing.asOf
        total = AgeingLineView(ageing.total)
        merchants = ageing.merchants.map { AgeingLineView($0) }
    }
}

struct AgeingLineView: Codable, Sendable {
    let merchant: String?
    let name: String
    let cases: Int
    let totalFen: Money
    /// Days since the recovery was opened.
    let days0To30Fen: Money
    let days31To90Fen: Money
    let days91To180Fen: Money
    let days181To365Fen: Money
    let olderFen: Money
    /// Of the total, what lapses within 90 days, or has lapsed.
    let lapsingFen: Money

    init(_ line: Ageing.Line) {
        merchant = line.merchant?.text
        name = line.name
        cases = line.cases
        totalFen = line.total
        days0To30Fen = line.owed[.to30] ?? .zero
        days31To90Fen = line.owed[.to90] ?? .zero
        days91To180Fen = line.owed[.to180] ?? .zero
        days181To365Fen = line.owed[.to365] ?? .zero
        olderFen = line.owed[.older] ?? .zero
        lapsingFen = line.lapsing
    }
}
