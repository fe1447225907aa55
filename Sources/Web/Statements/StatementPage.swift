import Casework
import Ledger
import Store
import Workflow

/// A statement with its lines, their vouchers, and where it stands beside the books.
struct FoundStatement: Sendable {
    let row: StatementRow
    let lines: [StatementLineRow]
    /// By the line's key.
    let met: [String: [MetVoucher]]
    /// At the end of its last day.
    let booked: Money
    let stated: Money?
    /// Booked by then, and in no statement.
    let unmet: [CashVoucher]
}

extension Call {
    /// The statement in the path.
    func statement() async throws -> FoundStatement {
        let (text, digits) = (part("account"), part("position"))
        guard let account = Account(text: text), let position = Int64(digits) else {
            throw Problem.noSuch(MoneyText.statements, "\(text)/\(digits)")
        }
        let fund = office.books.fund
        let found = try await office.read { transaction -> FoundStatement? in
            guard let row = try transaction.statement(of: account, position: position) else {
                return nil
            }
            let met = try transaction.vouchersMet(inStatement: position, of: account, in: fund)
            return FoundStatement(
                row: row, lines: try transaction.lines(of: account, statement: position),
                met: Dictionary(grouping: met, by: \.key),
                booked: try transaction.balance(fund, of: account.code, through: row.to),
                stated: try transaction.statedBalance(of: account, through: row.to),
                unmet: try transaction.unmetCash(fund, account).filter { $0.day <= row.to })
        }
        guard let found else { throw Problem.noSuch(MoneyText.statements, "\(text)/\(digits)") }
        return found
    }
}

struct StatementPage {
    /// Lines shown; a statement may have a hundred thousand.
    static let linesShown = 500

    let call: Call
    let found: FoundStatement

    private var parts: Parts { call.parts }

    func answer() -> Answer {
        let view = StatementView(found.row, call.zone)
        let address = Link.statement(view.account, view.position)
        let again: HTML? = call.query("again").map { _ in
            "<p class=\"outcome\" role=\"status\">\(parts.say(MoneyText.repeated))</p>"
        }
        return MoneyFrame(call: call).page(
            MoneyText.statements, at: address, below: .statements,
            """
            \(again)<section class="lead">\(parts.crumb(.statements, MoneyText.statements))
            <h1>\(parts.say(MoneyText.name(of: view)))</h1>
            \(parts.list([
                (Phrase("账户", "Account"), "\(parts.say(MoneyText.account(view.account))) <code>\(view.account)</code>"),
                (Phrase("起止", "Days"), "\(parts.day(view.from)) – \(parts.day(view.to))"),
                (Phrase("期初", "Opening"), parts.yuan(view.openingFen)),
                (Phrase("期末", "Closing"), parts.yuan(view.closingFen)),
                (Phrase("导入", "Imported"), "\(parts.time(view.importedAt)) · \(view.importedBy)"),
            ]))
            <ul class="chips">\(counts)</ul></section>
            \(parts.section(MoneyText.difference, "difference", difference))
            \(parts.section(MoneyText.sideBySide, "lines", lead: MoneyText.sideBySideLead, lines))
            """
        ).answer()
    }

    private var counts: [HTML] {
        let byKind = Dictionary(grouping: found.lines, by: \.matched)
        return byKind.sorted { $0.key < $1.key }.map { kind, lines in
            "<li class=\"\(kind == "suspense" ? "open" : "done")\">\(parts.say(MoneyText.matched(kind))) <b>\(lines.count)</b></li>"
        }
    }

    private var difference: HTML {
        let agrees = found.stated == found.booked
        let rows: [[HTML]] = found.unmet.prefix(100).map { voucher in
            [
                parts.link(.voucher(voucher.number), "\(voucher.number)"),
                parts.day(voucher.day), "\(voucher.reason)", parts.flow(voucher.amount),
            ]
        }
        let unmet = parts.table(
            [
                .text("凭证", "Voucher"), .text("日期", "Date"), .text("摘要", "Summary"),
                .number("金额", "Amount"),
            ], rows, label: parts.say(MoneyText.unmet), empty: MoneyText.allMet)
        return """
            \(parts.list([
                (Phrase("账上余额（\(found.row.to)）", "In the books (\(found.row.to))"), parts.yuan(found.booked)),
                (Phrase("银行余额（\(found.row.to)）", "At the bank (\(found.row.to))"), found.stated.map { parts.yuan($0) }),
                (MoneyText.difference, parts.pace(agrees ? .inTime : .late, parts.say(agrees ? MoneyText.agree : MoneyText.differ))),
            ]))
            <h3>\(parts.say(MoneyText.unmet))</h3>
            \(rows.isEmpty ? nil : "<p class=\"quiet\">\(parts.say(MoneyText.unmetLead))</p>" as HTML?)\(unmet)
            """
    }

    private var lines: HTML {
        let rows = found.lines.prefix(Self.linesShown).map(row)
        return """
            \(parts.table([
                .text("银行：日期", "Bank: date"), .text("对方与附言", "Party and text"),
                .number("金额", "Amount"), .text("认作", "Recognised as"),
                .text("账上：凭证与案件", "Books: voucher and case"),
            ], rows, label: parts.say(MoneyText.sideBySide), empty: Phrase("这份对账单没有流水。", "This statement has no lines.")))
            \(parts.cut(rows.count, at: Self.linesShown))
            """
    }

    private func row(_ line: StatementLineRow) -> [HTML] {
        let vouchers = (found.met[line.key] ?? []).map(voucher)
        let isOpen = line.matched == "suspense"
        let open: HTML? =
            isOpen
            ? "<span class=\"under\">\(parts.link(.suspense, parts.say(MoneyText.suspense)))</span>"
            : nil
        return [
            parts.day(line.bookedOn),
            "\(BankLineText(line: line, sight: call.sight).party)<span class=\"under\">\(BankLineText(line: line, sight: call.sight).text)</span>",
            parts.flow(line.amount),
            "\(parts.pace(isOpen ? .soon : .inTime, parts.say(MoneyText.matched(line.matched))))\(open)",
            "\(vouchers)",
        ]
    }

    private func voucher(_ met: MetVoucher) -> HTML {
        let number = CaseNumber.read(met.source.prefix { $0 != "#" })?.text
        let of: HTML? = number.map { " · \(parts.caseLink($0))" }
        return
            "<span class=\"met\">\(parts.link(.voucher(met.number), parts.say(Phrase("凭证\(met.number)", "Voucher \(met.number)"))))\(of)</span>"
    }
}

/// Who and what a bank line names, as far as the reader may see it: payouts name tourists.
struct BankLineText {
    let line: StatementLineRow
    let sight: Sight

    var party: String {
        guard let party = line.counterparty else { return "–" }
        return line.matched.hasPrefix("payout") ? sight.name(Personal(party)) : party
    }

    var text: String { sight.text(line.remittance) }
}
