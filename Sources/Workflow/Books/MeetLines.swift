import Banking
import Casework
import Ledger
import Store

/// What a statement line was recognised as.
struct LineOutcome {
    /// `payout`, `payoutReturn`, `repayment`, `topUp`, `transfer`, `fee`, `interest`, `reversal`,
    /// `suspense`.
    let name: String
    /// The payouts or cases, with spaces between.
    let target: String?
}

extension Work {
    /// Meets each line with what the books expect, and books what they do not know yet.
    func meet(
        _ lines: [StatementLine], keys: [String], on account: Account, by actor: Actor
    ) throws -> [LineOutcome] {
        let expected = try Expected(on: account, lines: lines, work: self)
        let prefix = try office.policies.edition(inForceOn: today).prefix
        let matching = match(
            lines: lines, expectations: expected.expectations, rules: LineRule.bankItems
        ) { text in
            CaseNumber.find(in: text, prefix: prefix).map(\.text)
        }
        var outcomes: [Int: LineOutcome] = [:]
        for match in matching.matches {
            outcomes[match.line] = try book(
                match, lines[match.line], key: keys[match.line], on: account, expected, by: actor)
        }
        for ruled in matching.ruled {
            outcomes[ruled.line] = try book(
                rule: ruled.rule, lines[ruled.line], key: keys[ruled.line], on: account, by: actor)
        }
        for reversal in matching.reversals {
            for index in [reversal.takenBack, reversal.line] {
                try bookReversed(
                    lines[index], key: keys[index], first: keys[reversal.takenBack], on: account,
                    by: actor)
                outcomes[index] = LineOutcome(name: "reversal", target: nil)
            }
        }
        for index in matching.unmatched {
            let line = lines[index]
            let amount = Money(fen: Int64(clamping: line.amount.fen.magnitude))
            try suspend(
                amount, isIncoming: line.amount.isPositive, line, key: keys[index], on: account,
                by: actor)
        }
        return lines.indices.map { outcomes[$0] ?? LineOutcome(name: "suspense", target: nil) }
    }

    private func book(
        _ match: Match, _ line: StatementLine, key: String, on account: Account,
        _ expected: Expected,
        by actor: Actor
    ) throws -> LineOutcome {
        var kind = "suspense"
        var targets: [String] = []
        for part in match.parts {
            guard let item = expected.items[part.expectation] else { continue }
            targets.append(item.target)
            guard let voucher = try voucher(for: item, part.amount, line, key: key, on: account)
            else {
                let isIncoming = line.amount.isPositive
                try suspend(
                    part.amount, isIncoming: isIncoming, line, key: key, on: account, by: actor,
                    part: item.target)
                continue
            }
            kind = item.kind
            try transaction.writeMatch(of: voucher, with: key, on: account)
        }
        if match.rest.isPositive {
            try suspend(match.rest, isIncoming: true, line, key: key, on: account, by: actor)
            kind = "suspense"
        }
        return LineOutcome(name: kind, target: targets.joined(separator: " "))
    }

    /// The voucher that stands for the line: one the books had, or the one that a case's command makes.
    /// Nil when the case refuses it or books nothing: the money is there all the same, and in suspense.
    private func voucher(
        for item: Expected.Item, _ amount: Money, _ line: StatementLine, key: String,
        on account: Account
    ) throws -> ID<Voucher>? {
        let command: Command
        switch item.origin {
        case .voucher(let id): return id
        case .openPayout(let number):
            command = .payoutAnswered(number: number, .confirmed(on: line.bookedOn))
        case .payoutReturn(let number):
            command = .payoutAnswered(number: number, .bounced(reason: line.remittance))
        case .recovery:
            // A bank's references begin anew with each statement; with the line's key it is one receipt's.
            let reference = [line.reference ?? "", String(key.prefix(16))].joined(separator: " ")
            command = .recordRepayment(
                amount, reference: String(reference.drop(while: \.isWhitespace)), on: line.bookedOn)
        }
        guard let id = item.caseID else { return nil }
        do {
            try perform(command, on: id, by: .office)
        } catch is Refusal {
            return nil  // Decided before anything was written.
        }
        let signed = line.amount.isNegative ? Money(fen: -amount.fen) : amount
        let unmet = try transaction.unmetCash(books.fund, account, source: id.text)
        return unmet.last { $0.amount == signed }?.id
    }

    private func book(
        rule: String, _ line: StatementLine, key: String, on account: Account, by actor: Actor
    ) throws -> LineOutcome {
        let amount = Money(fen: Int64(clamping: line.amount.fen.magnitude))
        if line.amount.isPositive {
            let lines = Posting.interest(amount, into: account)
            try bookLine(lines, "利息", line, key: key, on: account, by: actor)
        } else {
            let lines = Posting.bankFee(amount, from: account)
            try bookLine(lines, "手续费", line, key: key, on: account, by: actor)
        }
        return LineOutcome(name: rule, target: nil)
    }

    /// A line and the one that takes it back go through one place in suspense, each on its own day: the
    /// books agree with the bank on every day, and nothing stays.
    private func bookReversed(
        _ line: StatementLine, key: String, first: String, on account: Account, by actor: Actor
    ) throws {
        let amount = Money(fen: Int64(clamping: line.amount.fen.magnitude))
        let lines = Self.suspended(
            amount, isIncoming: line.amount.isPositive, sub: String(first.prefix(16)), on: account)
        try bookLine(lines, "冲正", line, key: key, on: account, by: actor)
    }

    private func suspend(
        _ amount: Money, isIncoming: Bool, _ line: StatementLine, key: String, on account: Account,
        by actor: Actor, part: String = ""
    ) throws {
        let lines = Self.suspended(
            amount, isIncoming: isIncoming, sub: String(key.prefix(16)), on: account)
        try bookLine(lines, "待查款项", line, key: key, on: account, by: actor, part: part)
    }

    private static func suspended(
        _ amount: Money, isIncoming: Bool, sub: String, on account: Account
    ) -> [Line] {
        isIncoming
            ? Posting.unidentifiedReceipt(amount, statementLine: sub, into: account)
            : [.debit(Chart.suspense, sub: sub, amount), Line(.credit, account, amount)]
    }

    private func bookLine(
        _ lines: [Line], _ reason: String, _ line: StatementLine, key: String, on account: Account,
        by actor: Actor, part: String = ""
    ) throws {
        let id = "line/\(account.code)/\(key.prefix(32))" + (part.isEmpty ? "" : "/\(part)")
        let voucher = try post(
            lines, id: id, reason: "\(reason) \(line.remittance.prefix(200))", day: line.bookedOn,
            by: actor)
        try transaction.writeMatch(of: voucher.id, with: key, on: account)
    }
}

extension LineRule {
    private static let banks: Counterparty = .nobodyOr([
        "支付宝", "支付宝（中国）网络技术有限公司", "财付通支付科技有限公司",
    ])

    /// How banks and platforms word their own lines, which name nobody or themselves.
    fileprivate static let bankItems = [
        LineRule(
            name: "interest", direction: .incoming,
            phrases: ["利息", "结息", "存款利息", "利息收入", "INTEREST"], counterparty: banks),
        LineRule(
            name: "fee", direction: .outgoing,
            phrases: [
                "手续费", "服务费", "账户管理费", "账户管理手续费", "转账手续费", "汇款手续费", "网银服务费",
            ], counterparty: banks),
    ]
}
