package import Ledger

/// A report as a value: what it says, in which tables, with the definition of every measure in it.
///
/// `BulletinJSON`, `BulletinCSV` and `BulletinHTML` write it; none of them reckons anything.
package struct Bulletin: Hashable, Sendable {
    package let form: Form
    package let title: Words
    package let office: Words
    package let period: ReportPeriod
    /// The day it was drawn up: what ended later is not in it.
    package let drawnUp: Day
    package let sections: [Section]

    /// The raw value stands in files and addresses.
    package enum Form: String, Hashable, Sendable, CaseIterable {
        /// 每日简情.
        case daily
        case month, quarter, halfYear = "half-year", year
        /// 专报: one category, area or bureau, over any days.
        case special

        package var name: Words {
            switch self {
            case .daily: Words("每日简情", "Daily brief")
            case .month: Words("月度通报", "Monthly bulletin")
            case .quarter: Words("季度通报", "Quarterly bulletin")
            case .halfYear: Words("半年通报", "Half-year bulletin")
            case .year: Words("年度通报", "Yearly bulletin")
            case .special: Words("专报", "Special report")
            }
        }
    }

    package struct Section: Hashable, Sendable {
        package let code: String
        package let title: Words
        package let paragraphs: [Words]
        package let tables: [Table]

        package init(
            _ code: String, _ title: Words, paragraphs: [Words] = [], tables: [Table] = []
        ) {
            self.code = code
            self.title = title
            self.paragraphs = paragraphs
            self.tables = tables
        }
    }

    package struct Table: Hashable, Sendable {
        /// Unique in the bulletin: the name of its CSV file.
        package let code: String
        package let title: Words
        package let columns: [Column]
        package let rows: [Row]
        package let notes: [Words]
        /// What the rows are by, so that a figure can be opened; nil where they are measures.
        package let facet: Facet?
        /// What its figures open to, where that is no case or work order; the row's code says which.
        package let opens: Opening?

        package init(
            _ code: String, _ title: Words, columns: [Column], rows: [Row], notes: [Words] = [],
            facet: Facet? = nil, opens: Opening? = nil
        ) {
            self.code = code
            self.title = title
            self.columns = columns
            self.rows = rows
            self.notes = notes
            self.facet = facet
            self.opens = opens
        }
    }

    /// Figures of what is in no record. The raw value is part of an address.
    package enum Opening: String, Hashable, Sendable, CaseIterable {
        /// To the vouchers that made a line of the fund's statement.
        case fund
        case merchantList = "merchant-list"
        /// To the statement lines in suspense of an age.
        case unidentified
    }

    package struct Column: Hashable, Sendable {
        package let code: String
        package let title: Words
        /// Nil where each row has its own.
        package let unit: Measure.Unit?
        /// What it shows; nil for names, ranks, shares and changes.
        package let measure: Measure?

        package init(_ code: String, _ title: Words, unit: Measure.Unit?) {
            self.code = code
            self.title = title
            self.unit = unit
            measure = nil
        }

        package init(_ measure: Measure) {
            code = measure.code
            title = measure.name
            unit = measure.unit
            self.measure = measure
        }
    }

    package struct Row: Hashable, Sendable {
        /// A measure's, or that of the facet's value; `total` for the last line.
        package let code: String
        package let name: Words
        /// One for each column.
        package let values: [FigureValue]
        package let measure: Measure?

        package init(
            _ code: String, _ name: Words, _ values: [FigureValue], measure: Measure? = nil
        ) {
            self.code = code
            self.name = name
            self.values = values
            self.measure = measure
        }
    }

    /// Every measure that is shown, once, in the order of the catalogue.
    package var definitions: [Measure] {
        let tables = sections.flatMap(\.tables)
        let shown = Set(
            tables.flatMap { $0.columns.compactMap(\.measure) + $0.rows.compactMap(\.measure) })
        let known = Measure.all.filter(shown.contains)
        return known + shown.subtracting(known).sorted { $0.code < $1.code }
    }
}

/// What an office calls its codes.
package struct Labels: Hashable, Sendable {
    private let names: [Facet: [String: Words]]
    private let merchants: [String: String]

    package init(_ names: [Facet: [String: Words]] = [:], merchants: [String: String] = [:]) {
        self.names = names
        self.merchants = merchants
    }

    /// The code itself where there is no name.
    package func name(of code: String, _ facet: Facet) -> Words {
        if code.isEmpty {
            return facet == .edition
                ? Words("未记录", "not recorded") : Words("未注明", "not stated")
        }
        return names[facet]?[code] ?? Words(code, code)
    }

    package func merchant(_ code: String) -> Words {
        let name = merchants[code] ?? code
        return Words(name, name)
    }
}

extension Facet {
    package var name: Words {
        switch self {
        case .total: Words("合计", "total")
        case .area: Words("区域", "area")
        case .bureau: Words("承办单位", "bureau")
        case .kind: Words("诉求类型", "kind")
        case .category: Words("诉求分类", "category")
        case .channel: Words("来源渠道", "channel")
        case .edition: Words("规则版本", "edition of the rules")
        }
    }
}
