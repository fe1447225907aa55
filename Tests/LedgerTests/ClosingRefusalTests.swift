import Ledger
import Testing

struct ClosingRefusalTests {
    /// Each line has its own fault and every fault that is checked later: the first one wins.
    @Test func `a closing with several faults is refused for the first in the documented order`() {
        check(
            """
            period   today       checker through     books    lapse after            refused
            2025     2025-06-30  王      2025-12-30  damaged  R1    2025             samePerson
            2025     2025-06-30  -       2025-12-30  damaged  R1    2025             samePerson
            2025     2025-06-30  李      2025-12-30  damaged  R1    2025             notOver
            2025     2026-06-30  李      2025-12-30  damaged  R1    2025             alreadyClosed 2025
            2025     2026-06-30  李      2025-12-30  damaged  R1    2026             alreadyClosed 2026
            2025     2026-06-30  李      2025-12-30  damaged  R1    2023             outOfOrder 2024
            2025     2026-06-30  李      2025-12-30  damaged  R1    2024             wrongPosition
            2025     2026-06-30  李      never       damaged  R1    2024             wrongPosition
            2025     2026-06-30  李      2025-12-31  damaged  R1    2024             booksOutOfBalance
            2025     2026-06-30  李      2025-12-31  income   R1    2024             lapseDue R1
            2025     2026-06-30  李      2025-12-31  income   -     2024             notCarriedForward 6051
            2025     2026-06-30  李      2025-12-31  carried  -     2024             -
            2025     2025-12-31  李      2025-12-31  carried  -     -                -
            2025-12  2026-06-30  李      2025-12-31  income   -     2025-11          notCarriedForward 6051
            2025-11  2026-06-30  李      2025-11-30  income   -     2025-10          -
            2025-11  2026-06-30  李      2025-11-30  income   -     2025-09          outOfOrder 2025-10
            2025-11-07  2026-06-30  李   2025-11-07  income   -     2025-11-01       -
            2025-11-07  2026-06-30  李   2025-11-07  income   -     2025-12          -
            """)
    }

    /// Columns as the heading names them; `-` is none.
    private func check(_ table: String, sourceLocation: SourceLocation = #_sourceLocation) {
        for text in table.split(separator: "\n").dropFirst() {
            let words = text.split(separator: " ").map(String.init)
            let refused = words[7...].joined(separator: " ")
            #expect(refusal(words) == refused, "\(text)", sourceLocation: sourceLocation)
        }
    }

    private func refusal(_ words: [String]) -> String {
        let period = Period(words[0])!
        let earlier = words[6] == "-" ? [] : [closing(Period(words[6])!)]
        let position = Position(
            at: start, through: Day(words[3]), head: Head(number: 9, hash: .zero),
            balances: balances(words[4]), open: [:])
        do throws(ClosingError) {
            let closing = try Closing(
                period, of: fund, chart: .advanceFund, position: position,
                lapsesDue: words[5] == "-" ? [] : [ID(words[5])], after: earlier,
                today: Day(words[1])!, maker: "王", checker: words[2] == "-" ? "" : words[2])
            return closing.period == period && closing.balances == position.balances ? "-" : "wrong"
        } catch {
            return switch error {
            case .samePerson: "samePerson"
            case .notOver: "notOver"
            case .alreadyClosed(let last): "alreadyClosed \(last)"
            case .outOfOrder(_, let next): "outOfOrder \(next)"
            case .wrongPosition: "wrongPosition"
            case .booksOutOfBalance: "booksOutOfBalance"
            case .lapseDue(let id): "lapseDue \(id)"
            case .notCarriedForward(let account, _): "notCarriedForward \(account)"
            }
        }
    }

    private func balances(_ books: String) -> [Account: Money] {
        switch books {
        case "damaged": [Posting.bank: yuan("5"), Account(Chart.interest): yuan("-1")]
        case "income": [Posting.bank: yuan("1"), Account(Chart.interest): yuan("-1")]
        default: [Posting.bank: yuan("1"), Account(Chart.available): yuan("-1")]
        }
    }

    private func closing(_ period: Period) -> Closing {
        Closing(
            fund: fund, period: period, head: .none, balances: [:], closedAt: start, maker: "王",
            checker: "李")
    }
}
