package import Casework
package import Database
package import Ledger

/// A figure's address: which records it is made of.
package struct FigureAddress: Hashable, Sendable {
    package let period: ReportPeriod
    package var scope = ReportScope.all
    package var facet = Facet.total
    /// Of the facet; ignored for `.total`.
    package var slice = ""
    /// A record is behind the figure when it is in any of these counts (`Measure.cells`).
    package let cells: [Cell]
    package var population = Population.all

    /// - Parameter cells: Sums and histograms stand for the counts behind them.
    package init(_ period: ReportPeriod, cells: [Cell]) {
        self.period = period
        self.cells = cells.map(\.behind)
    }
}

/// A place in the list behind a figure.
package struct RecordPlace: Hashable, Sendable {
    package let day: Day
    package let id: String

    package init(day: Day, id: String) {
        self.day = day
        self.id = id
    }
}

extension Transaction {
    /// A page of what is behind a figure, by day and id.
    ///
    /// Days without any are left out by the tallies; of the others an index holds all that is asked. So a
    /// page costs at most as many days' records as it has lines.
    ///
    /// - Parameters:
    ///   - after: The last place of the page before; nil for the first page.
    ///   - limit: 1…200.
    package func records(
        behind figure: FigureAddress, after: RecordPlace? = nil, limit: Int = 50
    ) throws(DatabaseError) -> [RecordPlace] {
        try write(OpenTallies.self)
        let (first, last) = figure.period.days
        let wanted = min(max(limit, 1), 200)
        // Cells of registration and of ending lie on different days: no measure mixes them.
        let isOfEnding = figure.cells.contains(where: \.isOfEnding)
        var from = max(first, after?.day ?? first)
        var found: [RecordPlace] = []
        while from <= last {
            let span = Array(
                sequence(first: from) { $0 < last ? $0.advanced(by: 1) : nil }
                    .prefix(dayPage))
            for day in try days(of: figure, among: span) {
                let afterID = day == after?.day ? after?.id ?? "" : ""
                found += try ids(
                    behind: figure, on: day, after: afterID, isOfEnding: isOfEnding,
                    limit: wanted - found.count)
                if found.count >= wanted { return found }
            }
            guard let end = span.last, end < last else { return found }
            from = end.advanced(by: 1)
        }
        return found
    }

    /// Of `span` the days on which the nearest tally kept by day has something: the figure's own, or for a
    /// bureau's breakdown the bureau's.
    private func days(
        of figure: FigureAddress, among span: [Day]
    ) throws(DatabaseError) -> [Day] {
        var (scope, facet, slice) = (figure.scope.stored, figure.facet, figure.slice)
        if case .bureau(let code) = figure.scope { (scope, facet, slice) = ("", .bureau, code) }
        if facet == .total { slice = "" }
        let wanted = PackedCells.Names(figure.cells)
        var days: Set<Day> = []
        for row in try rows(
            """
            select period, cells from report_tally
            where scope = \(scope) and facet = \(facet.rawValue) and grain = 'day'
                and period in (\(list: span.map { .text($0.description) })) and slice = \(slice) and is_times = 0
            """)
        {
            let cells = try PackedCells.cells(row.text(1), wanted)
            if let day = Day(try row.text(0)), cells.values.contains(where: { $0 > 0 }) {
                days.insert(day)
            }
        }
        return days.sorted()
    }

    private func ids(
        behind figure: FigureAddress, on day: Day, after: String, isOfEnding: Bool, limit: Int
    ) throws(DatabaseError) -> [RecordPlace] {
        let mask = figure.cells.reduce(Int64(0)) { mask, cell in
            cell.bit.map { mask | (1 << $0) } ?? mask
        }
        var sql: SQL =
            isOfEnding
            ? "select record_id from report_record where ended_day = \(day.description)"
            : "select record_id from report_record where registered_day = \(day.description)"
        sql = "\(sql: sql) and record_id > \(after) and (cells & \(mask)) <> 0"
        switch figure.scope {
        case .all: break
        case .area(let code): sql = "\(sql: sql) and area = \(code)"
        case .bureau(let code): sql = "\(sql: sql) and bureau = \(code)"
        }
        switch figure.facet {
        case .total: break
        case .area: sql = "\(sql: sql) and area = \(figure.slice)"
        case .bureau: sql = "\(sql: sql) and bureau = \(figure.slice)"
        case .kind: sql = "\(sql: sql) and kind = \(figure.slice)"
        case .category: sql = "\(sql: sql) and category = \(figure.slice)"
        case .channel: sql = "\(sql: sql) and channel = \(figure.slice)"
        case .edition: sql = "\(sql: sql) and edition = \(figure.slice)"
        }
        if figure.population == .withoutOther { sql = "\(sql: sql) and is_other = 0" }
        var found: [RecordPlace] = []
        for row in try rows("\(sql: sql) order by record_id limit \(limit)") {
            found.append(RecordPlace(day: day, id: try row.text(0)))
        }
        return found
    }

    /// A page of what is behind a merchant's figure of registered items, by day and id.
    package func records(
        behind cells: [Cell], of merchant: ID<Merchant>, in period: ReportPeriod,
        after: RecordPlace? = nil, limit: Int = 50
    ) throws(DatabaseError) -> [RecordPlace] {
        let mask = cells.map(\.behind).reduce(Int64(0)) { mask, cell in
            cell.bit.map { mask | (1 << $0) } ?? mask
        }
        let (first, last) = period.days
        let from = after ?? RecordPlace(day: first, id: "")
        var found: [RecordPlace] = []
        for row in try rows(
            """
            select registered_day, record_id from report_record
            where merchant_id = \(merchant.text) and registered_day <= \(last.description)
                and (registered_day, record_id) > (\(from.day.description), \(from.id))
                and (cells & \(mask)) <> 0
            order by registered_day, record_id limit \(min(max(limit, 1), 200))
            """)
        {
            guard let day = Day(try row.text(0)) else { continue }
            found.append(RecordPlace(day: day, id: try row.text(1)))
        }
        return found
    }
}

/// How many days are looked up at once.
private let dayPage = 64
