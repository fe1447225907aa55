import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Figures of a bulletin that are made of no case: the fund's lines, the list's changes, lines in suspense.
enum BookFigureRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/figures/{period}/fund/{line}", id: "openFundLine",
            summary: Phrase("资金收支一行背后的凭证", "The vouchers behind a line of the fund's statement"),
            access: .action(.readBooks), query: page, success: .view(200, FundFigureView.self)
        ) { call in
            let (first, last) = try call.reportPeriod().days
            let line = try call.choice("line", among: FundFigureView.codes)
            let after = try call.queryNumber("after", in: 0...Int64.max) ?? 0
            let (limit, fund) = (try call.pageLimit(), call.office.books.fund)
            let entries = try await call.office.read {
                try $0.fundEntries(
                    behind: line, of: fund, from: first, through: last, after: after, limit: limit)
            }
            return Answer(FundFigureView(line, entries, isFull: entries.count == limit))
        },
        Route(
            method: .get, path: "/api/v1/figures/{period}/merchant-list/{change}",
            id: "openListChange",
            summary: Phrase("名录和星级变动背后的商家", "The merchants behind a change of the list"),
            access: .action(.readReports), query: page, success: .view(200, ListFigureView.self)
        ) { call in
            let (first, last) = try call.reportPeriod().days
            let code = try call.choice("change", among: ListChange.allCases.map(\.rawValue))
            guard let change = ListChange(rawValue: code) else { preconditionFailure(code) }
            let (after, limit) = (try call.listPlace(), try call.pageLimit())
            let entries = try await call.office.read {
                try $0.listEntries(
                    behind: change, from: first, through: last, after: after, limit: limit)
            }
            return Answer(ListFigureView(change, entries, isFull: entries.count == limit))
        },
        Route(
            method: .get, path: "/api/v1/figures/{period}/unidentified/{age}",
            id: "openUnidentified",
            summary: Phrase(
                "某账龄的待查流水；账龄算到该期间最后一天，未到的算到今天",
                "Lines in suspense of an age, told on the last day of the period, or today"),
            access: .action(.readBooks), query: page, success: .view(200, SuspenseFigureView.self)
        ) { call in
            let last = try call.reportPeriod().days.last
            let today = call.zone.day(at: call.office.now())
            let code = try call.choice(
                "age", among: UnidentifiedLines.Age.allCases.map(\.rawValue))
            guard let age = UnidentifiedLines.Age(rawValue: code) else { preconditionFailure(code) }
            let days = age.booked(on: min(last, today))
            let (after, limit) = (try call.linePlace(), try call.pageLimit())
            let rows = try await call.office.read {
                try $0.linesInSuspense(
                    bookedFrom: days.first, through: days.last,
                    after: after.map { ($0.day, $0.id) }, limit: limit)
            }
            return Answer(SuspenseFigureView(age, rows, isFull: rows.count == limit))
        },
    ]

    private static let page: [Route.QueryParameter] = [
        .init(
            name: "after", about: Phrase("上一页的next", "next of the page before"),
            schema: ["type": "string"]),
        .init(
            name: "limit", about: Phrase("每页件数", "page size"),
            schema: ["type": "integer", "minimum": 1, "maximum": 200]),
    ]
}

struct FundFigureView: Codable, Sendable {
    let line: String
    let zh: String
    let en: String
    let vouchers: [FundEntryView]
    /// Give it as `after` for the next page; absent on the last.
    let next: String?

    static let codes = BulletinInput.FundLine.lines(of: FundStatement(of: [])).map(\.code)

    init(_ line: String, _ entries: [FundEntry], isFull: Bool) {
        let known = BulletinInput.FundLine.lines(of: FundStatement(of: []))
        let name = known.first { $0.code == line }?.name ?? Words(line, line)
        self.line = line
        (zh, en) = (name.chinese, name.english)
        vouchers = entries.map(FundEntryView.init)
        next = isFull ? entries.last.map { "\($0.voucher.number)" } : nil
    }
}

struct FundEntryView: Codable, Sendable {
    let number: Int64
    let businessDate: Day
    /// What it put into the line; below zero where it takes away.
    let amountFen: Money
    let reason: String
    /// The number of the case that caused it.
    let caseNumber: String?
    let href: String

    init(_ entry: FundEntry) {
        let draft = entry.voucher.draft
        number = entry.voucher.number
        businessDate = draft.businessDate
        amountFen = entry.amount
        reason = draft.reason
        caseNumber = CaseNumber.read(draft.source.prefix { $0 != "#" })?.text
        href = Link.apiVoucher(entry.voucher.number).text
    }
}

struct ListFigureView: Codable, Sendable {
    let change: String
    let zh: String
    let en: String
    let merchants: [ListEntryView]
    /// Give it as `after` for the next page; absent on the last.
    let next: String?

    init(_ change: ListChange, _ entries: [ListEntry], isFull: Bool) {
        self.change = change.rawValue
        (zh, en) = (change.name.chinese, change.name.english)
        merchants = entries.map(ListEntryView.init)
        next =
            isFull
            ? entries.last.map { "\($0.place.day)/\($0.place.position)/\($0.place.merchant)" } : nil
    }
}

struct ListEntryView: Codable, Sendable {
    /// From which the change is in force.
    let day: Day
    let merchant: String
    let name: String?
    let reason: String
    let href: String

    init(_ entry: ListEntry) {
        day = entry.place.day
        merchant = entry.place.merchant.text
        name = entry.name
        reason = entry.reason
        href = Link.apiMerchant(entry.place.merchant).text
    }
}

struct SuspenseFigureView: Codable, Sendable {
    let age: String
    let lines: [StatementLineView]
    /// Give it as `after` for the next page; absent on the last.
    let next: String?

    init(_ age: UnidentifiedLines.Age, _ rows: [StatementLineRow], isFull: Bool) {
        self.age = age.rawValue
        lines = rows.map { StatementLineView($0) }
        next = isFull ? rows.last.map { "\($0.bookedOn)/\($0.key)" } : nil
    }
}

extension Call {
    /// The part of the path, which is one of `codes`.
    fileprivate func choice(_ name: String, among codes: [String]) throws(Problem) -> String {
        let code = part(name)
        guard codes.contains(code) else {
            var problem = Problem.noSuch(Phrase("指标", "figure"), code)
            let list = codes.joined(separator: ", ")
            problem.errors = [
                FieldProblem(
                    field: "{\(name)}",
                    text: Phrase("应为以下之一：\(list)", "must be one of: \(list)"))
            ]
            throw problem
        }
        return code
    }

    fileprivate func pageLimit() throws(Problem) -> Int {
        Int(try queryNumber("limit", in: 1...200) ?? 50)
    }

    /// `2024-08-01/0/M1`.
    fileprivate func listPlace() throws(Problem) -> ListPlace? {
        guard let place = try linePlace() else { return nil }
        let parts = place.id.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let position = Int64(parts[0]) else { throw Self.notAPage }
        return ListPlace(day: place.day, merchant: ID(parts[1]), position: position)
    }

    /// `2024-08-01/key`.
    fileprivate func linePlace() throws(Problem) -> RecordPlace? {
        guard let text = query("after") else { return nil }
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let day = Day(parts[0]) else { throw Self.notAPage }
        return RecordPlace(day: day, id: parts[1])
    }

    private static var notAPage: Problem {
        .malformedQuery("after", "应为上一页的next", "must be the next of the page before")
    }
}
