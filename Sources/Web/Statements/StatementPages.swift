import Banking
import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Statements: the list with the form that takes one in, and each line beside its voucher.
enum StatementPages {
    static let shown = 100

    static let all: [Route] = [
        PageRoutes.page(
            "/money/statements", "statementsPage", MoneyText.statements, .action(.readBooks)
        ) { call in
            try await StatementsPage(call: call).answer()
        },
        PageRoutes.post(
            "/money/statements", "importStatementPage", MoneyText.upload, .action(.importStatement)
        ) { call in
            let reply: JSONValue
            do {
                reply = try await call.upload(to: "importStatement", upTo: StatementLimit.bytes)
            } catch {
                let problem = try call.shown(error)
                return try await StatementsPage(call: call, problem: problem)
                    .answer(problem.status)
            }
            return call.redirect(to: StatementsPage.place(of: reply))
        },
        PageRoutes.page(
            "/money/statements/{account}/{position}", "statementPage",
            Phrase("一份对账单", "One statement"), .action(.readBooks), query: [again]
        ) { call in
            try await StatementPage(call: call, found: call.statement()).answer()
        },
    ]

    static let again = Route.QueryParameter(
        name: "again", about: Phrase("此前已导入", "imported before"), schema: ["type": "string"])
}

/// What was imported so far, the newest first.
struct StatementsPage {
    let call: Call
    var problem: Problem?

    private var parts: Parts { call.parts }

    /// Where what was just imported is shown.
    static func place(of reply: JSONValue) -> Link {
        let statements = reply["statements"]?.asList ?? []
        guard statements.count == 1, let account = statements[0]["account"]?.asText,
            let position = statements[0]["position"]?.asNumber
        else { return Link.statements.with("done", "importStatement") }
        let link = Link.statement(account, position)
        return reply["is_repeat"] == .flag(true)
            ? link.with("again", "1") : link.with("done", "importStatement")
    }

    func answer(_ status: Int = 200) async throws -> Answer {
        let zone = call.zone
        let (rows, suspended) = try await call.office.read { transaction in
            (
                try transaction.statements(limit: StatementPages.shown),
                try transaction.suspenseCount()
            )
        }
        let views = rows.map { StatementView($0, zone) }
        let form: HTML? =
            call.visitor.may(.importStatement)
            ? parts.section(
                MoneyText.upload, "import",
                UploadForm(
                    call: call, action: .statements, label: MoneyText.statementFile,
                    hint: MoneyText.statementHint,
                    accept: ".xml,.csv,.txt,.sta,.940,text/csv,application/xml,text/plain",
                    problem: problem
                ).markup) : nil
        return MoneyFrame(call: call).page(
            MoneyText.statements, at: .statements, below: .statements,
            """
            <section class="lead"><h1>\(parts.say(MoneyText.statements))</h1>
            <p>\(parts.say(MoneyText.statementsLead))</p>
            <p>\(parts.link(.suspense, parts.say(Phrase("待查的流水：\(suspended)笔", "Lines in suspense: \(suspended)"))))</p></section>
            \(form)
            <section>\(parts.table(Self.columns, views.map(row), label: parts.say(MoneyText.statements), empty: MoneyText.noStatements))
            \(parts.cut(rows.count, at: StatementPages.shown))</section>
            """
        ).answer(status)
    }

    private static let columns: [Parts.Column] = [
        .text("对账单", "Statement"), .text("账户", "Account"), .text("起止", "Days"),
        .number("行数", "Lines"), .number("期初", "Opening"), .number("期末", "Closing"),
        .text("导入", "Imported"),
    ]

    private func row(_ view: StatementView) -> [HTML] {
        [
            parts.link(
                .statement(view.account, view.position), parts.say(MoneyText.name(of: view))),
            "\(parts.say(MoneyText.account(view.account)))",
            "\(parts.day(view.from)) – \(parts.day(view.to))", "\(view.lines)",
            parts.yuan(view.openingFen), parts.yuan(view.closingFen),
            "\(parts.time(view.importedAt))<span class=\"under\">\(view.importedBy)</span>",
        ]
    }
}
