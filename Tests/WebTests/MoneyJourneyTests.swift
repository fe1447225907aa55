import Casework
import Courier
import HTTPTypes
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// The money's people at work in a browser without script.
struct MoneyJourneyTests {
    private static let head =
        "凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息\n"
    private static let own = "2201020000000000017"

    /// The grant that `Service` booked, and a receipt that nobody announced.
    private static let statement =
        head
        + "V1,\(own),6222001,2024-07-31 10:00:00,贷,,1000000.00,,拨款,财政拨款 2024-1,财政局,1000000.00,\n"
        + "V2,\(own),6222777,2024-07-31 11:00:00,贷,,88.00,,往来,不知何款,海棠湾百货,1000088.00,\n"

    private func add(_ name: String, _ role: Role, to service: Service) async throws -> Browser {
        _ = try await service.addPerson(
            name, PersonDraft(name: name, displayName: name, roles: [role]))
        let browser = Browser(service)
        _ = try await browser.logIn(name, Service.password)
        return browser
    }

    /// Follows where the last answer leads.
    private func follow(_ browser: Browser, _ reply: Reply) async throws -> Reply {
        #expect(reply.status == 303, "\(reply.text)")
        return try await browser.open(reply.headers["location"] ?? "")
    }

    @Test
    func `a statement is uploaded and matched, suspense is settled by two, and the day closes`()
        async throws
    {
        try await Service.run(secondFactor: .off) { service in
            let wu = try await add("wu", .accountant, to: service)
            let fu = try await add("fu", .supervisor, to: service)
            let empty = try await wu.open("/money/statements")
            #expect(empty.text.contains("enctype=\"multipart/form-data\""))

            // No file, and a file that is no statement: said beside the form, and nothing is kept.
            let none = try await wu.upload("/money/statements", "file", "", [])
            #expect(none.status == 400 && none.text.contains("role=\"alert\""), "\(none.text)")
            let bad = try await wu.upload(
                "/money/statements", "file", "a.csv", Array("a,b\n1,2\n".utf8))
            #expect((400..<500).contains(bad.status) && bad.text.contains("role=\"alert\""))

            let sent = try await wu.upload(
                "/money/statements", "file", "7.csv", Array(Self.statement.utf8))
            let page = try await follow(wu, sent)
            #expect(page.text.contains("class=\"outcome\""), "\(page.text)")
            #expect(page.text.contains("/money/vouchers/1?") && page.text.contains("待查"))
            try await wu.open("/money/statements")
            let again = try await wu.upload(
                "/money/statements", "file", "7.csv", Array(Self.statement.utf8))
            let repeated = try await follow(wu, again)
            #expect(repeated.text.contains(MoneyText.repeated.zh))

            let suspense = try await wu.open("/money/suspense")
            let form = try #require(
                suspense.text.firstMatch(of: /href="(\/suspense\/1002\/[0-9a-f]+\/proposals)\?/)
            ).1
            let wrong = try await wu.send(
                String(form), [("as", "merchant"), ("reason", "像是偿还"), ("key", "p-1")])
            #expect(wrong.status == 400 && wrong.text.contains("aria-invalid"), "\(wrong.text)")
            #expect(wrong.text.contains("像是偿还"))
            let proposed = try await wu.send(
                String(form), [("as", "grant"), ("reason", "区里的补助"), ("key", "p-2")])
            let waiting = try await follow(wu, proposed)
            #expect(waiting.text.contains(MoneyText.ownProposal.zh))
            #expect(!waiting.text.contains("/suspense-proposals/"))

            let seen = try await fu.open("/money/suspense")
            #expect(seen.text.contains("/suspense-proposals/1/confirmation?"))
            try await fu.open("/suspense-proposals/1/confirmation")
            let confirmed = try await fu.send(
                "/suspense-proposals/1/confirmation", [("key", "c-1")])
            let settled = try await follow(fu, confirmed)
            #expect(settled.text.contains(MoneyText.nothingInSuspense.zh), "\(settled.text)")

            try await close("2024-07-31", wu, fu)
        }
    }

    private func close(_ day: String, _ proposer: Browser, _ closer: Browser) async throws {
        let open = try await proposer.open("/money/periods/\(day)")
        #expect(open.text.contains(MoneyText.noObstacles.zh), "\(open.text)")
        #expect(!open.text.contains("/periods/\(day)/closing"))
        try await proposer.open("/periods/\(day)/proposal")
        let put = try await proposer.send("/periods/\(day)/proposal", [("key", "o-1")])
        let own = try await follow(proposer, put)
        #expect(own.text.contains(MoneyText.ownClosing.zh))
        try await closer.open("/periods/\(day)/closing")
        let agreed = try await closer.send("/periods/\(day)/closing", [("key", "o-2")])
        let closed = try await follow(closer, agreed)
        #expect(closed.text.contains(MoneyText.isClosed.zh), "\(closed.text)")
        #expect(!closed.text.contains("/periods/\(day)/proposal"))
    }

    @Test
    func `a day that does not agree with the bank says what is missing, and offers no closing`()
        async throws
    {
        try await Service.run(secondFactor: .off) { service in
            let wu = try await add("wu", .accountant, to: service)
            let page = try await wu.open("/money/periods/2024-07-31")
            #expect(page.text.contains("尚未导入对账单"), "\(page.text)")
            #expect(!page.text.contains("/periods/2024-07-31/proposal"))
            try await wu.open("/periods/2024-07-31/proposal")
            let forced = try await wu.send("/periods/2024-07-31/proposal", [("key", "f-1")])
            #expect(forced.status == 409 && forced.text.contains("role=\"alert\""))
            #expect(try await wu.open("/money/periods?period=2024-13").status == 400)
            #expect(
                try await wu.open("/money/periods?period=2024-07").headers["location"]
                    == "/money/periods/2024-07?lang=zh")
        }
    }

    @Test func `a payment file is prepared by one, released by another, and fetched`() async throws
    {
        try await Service.run(secondFactor: .off) { service in
            let cashier = try await add("zhou", .cashier, to: service)
            let wu = try await add("wu", .accountant, to: service)
            let number = try await service.filePaid([
                "payee": """
                {"account":"622202123450","name":"王小明","bank":{"name":"工商银行三亚分行","number":"102641000018"}}
                """
            ]).number
            let list = try await cashier.open("/money/payment-files")
            #expect(
                list.text.contains("/payouts/\(number.replacing("-", with: ""))P1/return"),
                "\(list.text)")
            try await cashier.open("/payment-files")
            let prepared = try await cashier.send("/payment-files", [("key", "a-1")])
            let file = try await follow(cashier, prepared)
            let id = try #require(file.text.firstMatch(of: /<h1>(SYPF[0-9-]+)<\/h1>/)).1
            #expect(!file.text.contains("/release?"))
            // Not before it is released.
            #expect(try await cashier.open("/money/payment-files/\(id)/document").status == 409)
            #expect(try await cashier.open("/payment-files/\(id)/release").status == 403)

            let seen = try await wu.open("/money/payment-files/\(id)")
            #expect(seen.text.contains("/payment-files/\(id)/release?"))
            try await wu.open("/payment-files/\(id)/release")
            let released = try await wu.send("/payment-files/\(id)/release", [("key", "a-2")])
            let after = try await follow(wu, released)
            #expect(after.text.contains(MoneyText.fileState("released").zh), "\(after.text)")
            #expect(!after.text.contains("/withdrawal"))
            let document = try await wu.open("/money/payment-files/\(id)/document")
            #expect(document.text.contains("pain.001.001.09"))
            #expect(document.headers["content-disposition"]?.contains("\(id).xml") == true)
            let underWay = try await cashier.open("/money/payment-files")
            #expect(underWay.text.contains(Names.payout("underWay").zh))
        }
    }

    @Test func `a file that was not released is taken apart, and its payouts wait again`()
        async throws
    {
        try await Service.run(secondFactor: .off) { service in
            let cashier = try await add("zhou", .cashier, to: service)
            _ = try await service.filePaid([
                "payee": """
                {"account":"622202123450","name":"王小明","bank":{"name":"工商银行三亚分行","number":"102641000018"}}
                """
            ])
            try await cashier.open("/payment-files")
            let prepared = try await cashier.send("/payment-files", [("key", "b-1")])
            let file = try await follow(cashier, prepared)
            let id = try #require(file.text.firstMatch(of: /<h1>(SYPF[0-9-]+)<\/h1>/)).1
            try await cashier.open("/payment-files/\(id)/withdrawal")
            let back = try await cashier.send("/payment-files/\(id)/withdrawal", [("key", "b-2")])
            let apart = try await follow(cashier, back)
            #expect(apart.text.contains(MoneyText.fileState("withdrawn").zh))

            // Then the money leaves for the platform: the bank covers nothing, and the page says so of each.
            try await service.office.work { work in
                _ = try work.transfer(
                    Money(fen: 99_990_000), toPlatform: true, id: "t1", on: work.today,
                    by: Actor(name: "setup", roles: [.cashier]))
            }
            try await cashier.open("/payment-files")
            let short = try await cashier.send("/payment-files", [("key", "b-3")])
            #expect(short.status == 409 && short.text.contains("专户余额"), "\(short.text)")
        }
    }

    @Test func `a balance at any time leads to its vouchers, their case and the bank's line`()
        async throws
    {
        try await Service.run(secondFactor: .off) { service in
            let auditor = try await add("zhou", .auditor, to: service)
            let number = try await service.filePaid().number
            let today = try await auditor.open("/money/balances")
            #expect(today.text.contains("/money/balances/1122?day=2024-08-01"), "\(today.text)")
            let owed = try await auditor.open("/money/balances/1122?day=2024-08-01")
            #expect(owed.text.contains("500.00") && owed.text.contains("/cases/\(number)"))
            // Before it happened, and as it was known before it was recorded: nothing.
            for time in ["day=2024-07-31", "day=2024-08-01&known=2024-07-31"] {
                let before = try await auditor.open("/money/balances/1122?\(time)")
                #expect(before.text.contains(BalanceText.nothing.zh), "\(time): \(before.text)")
            }
            #expect(try await auditor.open("/money/balances/9999").status == 404)
            #expect(try await auditor.open("/money/balances?day=yesterday").status == 400)
            let voucher = try await auditor.open("/money/vouchers/2")
            #expect(voucher.text.contains("/cases/\(number)?lang=zh#event-"), "\(voucher.text)")
            let page = try await auditor.open("/cases/\(number)")
            #expect(page.text.contains("id=\"event-") && page.text.contains("/money/vouchers/2?"))
            #expect(try await auditor.open("/money/vouchers/99").status == 404)
        }
    }

    @Test func `the fund at a glance is drawn without inline style, with its figures beside`()
        async throws
    {
        try await Service.run(secondFactor: .off) { service in
            _ = try await service.filePaid()
            let wu = try await add("wu", .accountant, to: service)
            let page = try await wu.open("/fund")
            #expect(page.text.contains("<svg viewBox") && page.text.contains("class=\"series-2\""))
            #expect(!page.text.contains("style="))
            // Each drawing has its table: fourteen points and thirteen weeks.
            #expect(page.text.matches(of: /<details>/).count == 2)
            #expect(page.text.contains("不会用完") == false)
            let owed = try await wu.open("/money/receivables")
            #expect(owed.text.contains("海棠湾百货") && owed.text.contains("500.00"))
            // The public sees sums, and no course of them.
            let public_ = try await Browser(service).open("/fund")
            #expect(public_.status == 200 && !public_.text.contains("<figure"))
        }
    }

    @Test func `an axis reaches over all amounts in whole steps, with zero among them`() {
        for fen in [[0], [1], [-1], [100, 999_99], [-5_000_00, 12_345_67], [Int64.max, .min]] {
            let scale = ChartScale(fen.map { Money(fen: $0) })
            #expect(scale.low <= 0 && scale.high >= 0 && scale.height > 0, "\(fen)")
            #expect(fen.allSatisfy { Int128($0) >= scale.low && Int128($0) <= scale.high })
            #expect((2...9).contains(scale.height / scale.step + 1), "\(fen)")
            #expect(scale.low % scale.step == 0 && scale.high % scale.step == 0)
        }
    }

    @Test(arguments: ["hledger", "beancount", "csv", "jsonl"])
    func `the books leave as the command line gives them`(format: String) async throws {
        try await Service.run(secondFactor: .off) { service in
            let auditor = try await add("zhou", .auditor, to: service)
            let file = try await auditor.open("/money/books/\(format)")
            #expect(file.status == 200 && file.text.contains("财政拨款"), "\(file.text)")
            #expect(file.headers["content-disposition"]?.hasPrefix("attachment") == true)
            #expect(try await auditor.open("/money/books/docx").status == 404)
            let sheet = try await auditor.open("/money/sheets/journal?period=2024-07")
            #expect(sheet.text.contains("财政拨款"))
        }
    }

    @Test func `every page and every form's target refuses the roles that its table does not name`()
        async throws
    {
        try await Service.run { service in
            let number = try await service.file().number
            var asked = 0
            for route in Routes.all where route.isPage && !route.access.isOpen {
                guard let roles = route.access.roles else { continue }
                var path = route.path.replacing("{case}", with: number)
                while let name = path.firstMatch(of: /\{[a-z]+\}/) {
                    path.replaceSubrange(name.range, with: "1")
                }
                for role in Role.allCases where role != .office && role != .tourist {
                    guard !roles.contains(role) else { continue }
                    let reply = try await service.send(
                        route.method == .get ? .get : .post, path, as: role.rawValue,
                        headers: [
                            "Accept": "text/html",
                            "Content-Type": "application/x-www-form-urlencoded",
                        ])
                    asked += 1
                    #expect(
                        reply.status == 403 && reply.text.contains("<code>not_permitted</code>"),
                        "\(route.method) \(path) as \(role): \(reply.status)")
                }
            }
            #expect(asked > 500)
        }
    }

    @Test func `the pages of the money refuse all who may not read the books`() async throws {
        try await Service.run(secondFactor: .off) { service in
            let paths = [
                "/money/statements/1002/1", "/money/payment-files/X", "/money/periods/2024-07",
                "/money/periods/2024-07/accounts", "/money/balances/1002", "/money/vouchers/1",
                "/money/vouchers/1/sheet", "/money/books/csv", "/money/sheets/journal",
            ]
            for path in paths {
                for role in Role.allCases where role != .office && role != .tourist {
                    let reply = try await service.send(
                        .get, path, as: role.rawValue, headers: ["Accept": "text/html"])
                    let may = Permissions.permit([role], .readBooks)
                    let isRefused = reply.text.contains("<code>not_permitted</code>")
                    #expect(isRefused == !may, "\(path) as \(role): \(reply.status)")
                    #expect(reply.status < 500, "\(path) as \(role): \(reply.text)")
                }
            }
        }
    }
}
