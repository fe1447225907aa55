import Banking
import Ledger

/// The bank that keeps the dedicated account: it reads payment files, pays, sends some of it back, answers, and
/// states what it booked. It shares no code with the office but the bytes.
struct SimulatedBank: Sendable {
    private(set) var account: StatedAccount
    private(set) var paid: [Payment] = []
    private var chance: Chance
    private var seen: Set<String> = []
    /// Payments that come back, and when.
    private var returns: [(on: Day, payment: Payment)] = []
    private var answers = 0
    /// Returns whose line bears another word than the payout's number, by that word.
    private(set) var unnamed: [String: String] = [:]

    struct Payment: Hashable, Sendable {
        let number: String
        let fen: Int64
        let account: String
        var isReturned = false
    }

    init(seed: UInt64, number: String) {
        chance = Chance(seed, "bank")
        account = StatedAccount(number: number)
    }

    mutating func book(_ fen: Int64, on day: Day, text: String, from name: String? = nil) {
        account.book(fen, on: day, text: text, from: name)
    }

    /// Takes a payment file and answers it; the same file again is answered, and pays nothing.
    ///
    /// - Returns: Answers (pain.002) in the order in which they are sent; none where the bank forgets.
    mutating func take(_ document: String, at now: Moment) -> [String] {
        guard let id = document.between("<MsgId>", "</MsgId>").first else { return [] }
        guard seen.insert(id).inserted else { return [] }
        let day = Zone.china.day(at: now)
        var statuses: [(number: String, status: String)] = []
        for order in document.between("<CdtTrfTxInf>", "</CdtTrfTxInf>") {
            guard let payment = Payment(order) else { continue }
            switch chance.int(0...99) {
            case ..<10: statuses.append((payment.number, "RJCT"))
            case ..<20:
                // Said to be under way: only the statement tells that it was paid.
                pay(payment, on: day)
                statuses.append((payment.number, "PDNG"))
            default:
                pay(payment, on: day)
                statuses.append((payment.number, "ACSC"))
                if chance.happens(100) {
                    returns.append((day.advanced(by: chance.int(1...3)), payment))
                }
            }
        }
        guard !chance.happens(100) || statuses.contains(where: { $0.status == "RJCT" }) else {
            return []
        }
        let answer = report(on: id, statuses, at: now)
        return chance.happens(200) ? [answer, answer] : [answer]
    }

    private mutating func pay(_ payment: Payment, on day: Day) {
        paid.append(payment)
        account.book(
            -payment.fen, on: day, text: "转账 \(payment.number)", number: payment.number)
    }

    /// What comes back by `day` is booked.
    mutating func pass(to day: Day) {
        for (on, payment) in returns where on <= day {
            if chance.happens(400) {
                // Not the case's number either: with the amount it would read as the merchant's repayment.
                account.book(payment.fen, on: day, text: "退汇 账户已销 \(word(for: payment.number))")
            } else {
                account.book(
                    payment.fen, on: day, text: "退汇 \(payment.number)", number: payment.number)
            }
            if let index = paid.firstIndex(of: payment) { paid[index].isReturned = true }
        }
        returns.removeAll { $0.on <= day }
    }

    private mutating func word(for number: String) -> String {
        let word = "BK\(digits(unnamed.count + 1, 5))"
        unnamed[word] = number
        return word
    }

    /// Planted: somebody else's money, which the bank takes for the payment of `number` come back.
    mutating func bookStray(_ fen: Int64, as number: String, on day: Day) {
        account.book(fen, on: day, text: "退汇 账户已销 \(word(for: number))")
    }

    var hasReturns: Bool { !returns.isEmpty }

    mutating func statement(through day: Day) -> Statement? { account.statement(through: day) }

    private mutating func report(
        on id: String, _ statuses: [(number: String, status: String)], at now: Moment
    ) -> String {
        answers += 1
        let payments = statuses.map { number, status in
            let why = status == "RJCT" ? "<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf>" : ""
            return "<TxInfAndSts><OrgnlEndToEndId>\(number)</OrgnlEndToEndId>"
                + "<TxSts>\(status)</TxSts>\(why)</TxInfAndSts>"
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
            <GrpHdr><MsgId>R\(answers)</MsgId><CreDtTm>\(Zone.china.text(now))</CreDtTm></GrpHdr>
            <OrgnlGrpInfAndSts><OrgnlMsgId>\(id)</OrgnlMsgId>
            <OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>
            <OrgnlPmtInfAndSts><OrgnlPmtInfId>\(id)-1</OrgnlPmtInfId>\(payments.joined())
            </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
            """
    }
}

extension SimulatedBank.Payment {
    /// Read from a `CdtTrfTxInf` of pain.001.
    fileprivate init?(_ text: String) {
        guard let number = text.between("<EndToEndId>", "</EndToEndId>").first,
            let amount = text.between("Ccy=\"CNY\">", "</InstdAmt>").first,
            let fen = Money(yuan: amount)?.fen,
            let payee = text.between("<CdtrAcct>", "</CdtrAcct>").first,
            let account = payee.between("<Id>", "</Id>").last?.split(separator: ">").last
        else { return nil }
        self.init(number: number, fen: fen, account: String(account))
    }
}

extension String {
    /// The texts between each `start` and the `end` that follows it.
    func between(_ start: String, _ end: String) -> [String] {
        var found: [String] = []
        var rest = self[...]
        while let begin = rest.firstRange(of: start) {
            rest = rest[begin.upperBound...]
            guard let stop = rest.firstRange(of: end) else { break }
            found.append(String(rest[..<stop.lowerBound]))
            rest = rest[stop.upperBound...]
        }
        return found
    }
}
