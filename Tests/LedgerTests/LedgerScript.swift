import Ledger
import LedgerModel
import Testing

let fund = "sanya"
let start = Moment("2025-01-01T09:00:00+08:00")!

func yuan(_ text: some StringProtocol) -> Money { Money(yuan: text)! }

func draft(
    _ id: String, _ lines: [Line], fund: String = fund, currency: String = "CNY",
    reason: String = "摘要", reverses: String? = nil
) -> Draft {
    Draft(
        id: ID(id), fund: fund, currency: currency, businessDate: Day("2025-01-01")!,
        reason: reason,
        source: "test", maker: "clerk", reverses: reverses.map { ID($0) }, lines: lines)
}

/// All that a refused draft must leave as it was.
struct Snapshot: Equatable {
    let head: Head
    let totals: [String: Money]
    let balances: [Account: Money]
    let reservations: [ID<Reservation>: Reservation]

    init(_ book: Book) {
        (head, totals) = (book.head, book.totals)
        (balances, reservations) = (book.balances, book.reservations)
    }
}

/// Posts a script, a voucher a line: `event id [R…] amount [setting=value …] outcome [free x] [open y] …`.
///
/// Several events joined by `+` give one voucher with the lines of all. Settings: `at` (minutes after
/// `start`), `until` (the expiry, likewise), `on` (business date), `reverses`, `corrects`, `fund`,
/// `currency`, `reason`, `source`, `maker`, `checker`. Two lines are no vouchers: `close DAY` closes the
/// books through a day, `lapse MINUTES` posts what is due, and says how many.
///
/// `outcome` is `ok`, `again` (accepted before) or the refusal's name, with its facts where it has any.
/// After what was refused every balance is as it was, byte for byte. `free` is the guard's sum at the
/// line's moment, `open` what is left of the reservation in the line, `owed` what the merchant M1 owes,
/// `due` what is payable to case C1; all after the line.
func check(_ script: String, sourceLocation: SourceLocation = #_sourceLocation) {
    var book = Book(chart: .advanceFund, fund: fund)
    for text in script.split(separator: "\n") {
        var words = text.split(separator: " ").map(String.init)
        let event = words.removeFirst()
        if event == "close" {
            book.close(through: Day(words[0])!)
            continue
        }
        if event == "lapse" {
            let posted = try? book.lapse(at: minute(words[0])).count
            #expect(posted == Int(words[1]), "\(text)", sourceLocation: sourceLocation)
            continue
        }
        let id = words.removeFirst()
        let reservation = words.first.flatMap { $0.hasPrefix("R") ? ID<Reservation>($0) : nil }
        if reservation != nil { words.removeFirst() }
        let amount = yuan(words.removeFirst())
        var settings: [String: String] = [:]
        while let word = words.first, word.contains("=") {
            let parts = word.split(separator: "=", omittingEmptySubsequences: false)
            settings[String(parts[0])] = String(parts[1])
            words.removeFirst()
        }
        let at = settings["at"].map(minute) ?? start
        let all = event.split(separator: "+").flatMap {
            lines(
                of: String($0), amount, reservation ?? ID("none"),
                until: settings["until"].map(minute))
        }
        let before = Snapshot(book)
        let outcome: String
        do throws(PostingError) {
            let voucher = try book.post(draft(id == "-" ? "" : id, all, settings), at: at)
            outcome = voucher.number == before.head.number + 1 ? "ok" : "again"
        } catch { outcome = name(of: error) }
        if outcome != "ok" {
            #expect(Snapshot(book) == before, "\(text)", sourceLocation: sourceLocation)
        }
        let facts = [
            "free": book.free("spendable", at: at),
            "open": reservation.flatMap { book.reservations[$0]?.open(at: at) },
            "owed": book.balance(Account(Chart.receivable, sub: "M1")),
            "due": Money(fen: -book.balance(Account(Chart.payable, sub: "C1")).fen),
        ]
        var expected: [String] = []
        // A lapse that is due is the refusal `due R1`, not the fact.
        while let word = words.first, facts[word] == nil || words.dropFirst().first?.first == "R" {
            expected.append(words.removeFirst())
        }
        #expect(
            outcome == expected.joined(separator: " "), "\(text)", sourceLocation: sourceLocation)
        while words.count >= 2 {
            let fact = facts[words[0]] ?? nil
            #expect(fact == yuan(words[1]), "\(text)", sourceLocation: sourceLocation)
            words.removeFirst(2)
        }
        #expect(words.isEmpty, "left over: \(words)", sourceLocation: sourceLocation)
    }
}

private func minute(_ text: String) -> Moment { start.advanced(byMinutes: Int(text)!) }

private func draft(_ id: String, _ lines: [Line], _ settings: [String: String]) -> Draft {
    Draft(
        id: ID(id), fund: settings["fund"] ?? fund, currency: settings["currency"] ?? "CNY",
        businessDate: Day(settings["on"] ?? "2025-01-01")!, reason: settings["reason"] ?? "摘要",
        source: settings["source"] ?? "test", maker: settings["maker"] ?? "clerk",
        checker: settings["checker"], reverses: settings["reverses"].map { ID($0) },
        corrects: settings["corrects"].map { ID($0) }, lines: lines)
}

private func lines(
    of event: String, _ amount: Money, _ reservation: ID<Reservation>, until expires: Moment?
) -> [Line] {
    switch event {
    case "grant": Posting.appropriation(amount)
    case "reserve": Posting.reserve(amount, as: reservation, expires: expires)
    case "lapses": Posting.lapse(amount, of: reservation)
    case "return": Posting.returned(amount, of: reservation)
    case "release": Posting.release(amount, of: reservation, toCase: "C1", owedBy: "M1")
    case "quick": Posting.quickPay(amount, toCase: "C1", owedBy: "M1")
    case "paid": Posting.payoutSucceeded(amount, toCase: "C1", from: Posting.bank)
    case "bounced": Posting.payoutReturned(amount, ofCase: "C1", into: Posting.bank)
    case "repay": Posting.merchantRepays(amount, by: "M1")
    case "defence": Posting.validDefence(amount, of: "M1", owedByCase: "C1")
    case "tourist": Posting.consumerRepays(amount, ofCase: "C1")
    case "deposit": Posting.depositCalled(amount, of: "M1")
    case "unknown": Posting.unidentifiedReceipt(amount, statementLine: "L1")
    case "identify":
        Posting.suspenseIdentified(
            amount, statementLine: "L1", as: Account(Chart.receivable, sub: "M1"))
    case "writeoff": Posting.writeOff(amount, of: "M1")
    case "late": Posting.recoveryAfterWriteOff(amount, by: "M1")
    case "interest": Posting.interest(amount)
    case "fee": Posting.bankFee(amount)
    case "transfer": Posting.transfer(amount, from: Posting.bank, to: Posting.platform)
    case "unquick":
        Posting.reversal(of: Posting.quickPay(amount, toCase: "C1", owedBy: "M1")) { $0 }
    // What no honest office writes.
    case "zero": [Line(.debit, Account(Chart.loss, sub: "M1"), .zero)]
    case "crowd": Array(repeating: Line(.debit, Account(Chart.loss), .zero), count: 1_001)
    case "stray": [.debit("9999", amount)]
    case "undivided": [.debit(Chart.receivable, amount)]
    case "divided": [.debit(Chart.available, sub: "x", amount)]
    case "uneven": [.debit(Chart.bank, amount)]
    case "bare": [.debit(Chart.available, amount), Line(.credit, Account(Chart.reserved), amount)]
    case "misplaced":
        [
            Line(.credit, Account(Chart.available), amount, reservation: .opens(reservation)),
            .debit(Chart.bank, amount),
        ]
    case "dated":
        [
            .credit(Chart.available, amount),
            Line(
                .debit, Account(Chart.reserved), amount,
                reservation: ReservationUse(.returns, reservation, expires: expires)),
        ]
    case "half":
        Array(Posting.release(amount, of: reservation, toCase: "C1", owedBy: "M1").prefix(2))
    case "elsewhere":
        [
            .credit(Chart.available, amount),
            Line(
                .debit, Account(Chart.reserved, sub: "C1"), amount,
                reservation: .returns(reservation)),
        ]
    case "huge":
        Posting.topUp(yuan("90000000000000000")) + Posting.topUp(yuan("90000000000000000"))
    case "nobody": Posting.payoutSucceeded(amount, toCase: "C9", from: Posting.bank)
    default: []
    }
}
