import Ledger

extension Bulletin {
    /// Its tables as files, one each, in UTF-8 with a byte order mark, so that Excel reads the Chinese.
    ///
    /// Numbers stand alone, without unit or grouping; a missing value is an empty cell.
    package func csv(_ language: ReportLanguage) -> [CSVFile] {
        let own = sections.flatMap(\.tables).map { CSVFile($0, form, period, language) }
        return own + [CSVFile(definitions, form, period, language)]
    }

    package struct CSVFile: Hashable, Sendable {
        /// `month-2024-07-01-by-kind.csv`.
        package let name: String
        /// Begins with U+FEFF.
        package let text: String
    }
}

/// In which of the two languages a bulletin is written.
package enum ReportLanguage: String, Hashable, Sendable, CaseIterable {
    case chinese = "zh-CN"
    case english = "en"

    package func text(_ words: Words) -> String {
        self == .chinese ? words.chinese : words.english
    }
}

extension Bulletin.CSVFile {
    fileprivate init(
        _ table: Bulletin.Table, _ form: Bulletin.Form, _ period: ReportPeriod,
        _ language: ReportLanguage
    ) {
        func heading(_ column: Bulletin.Column) -> String {
            let unit = column.unit.map { language.text($0.name) } ?? ""
            return language.text(column.title) + (unit.isEmpty ? "" : "(\(unit))")
        }
        var csv = CSVText(
            [language.text(Words("代码", "code")), language.text(table.title)]
                + table.columns.map(heading))
        for row in table.rows {
            csv.append(
                [.text(row.code), .text(language.text(row.name))]
                    + row.values.map { value -> CSVText.Cell in
                        if case .text(let words) = value { return .text(language.text(words)) }
                        return .exact(value.plain)
                    })
        }
        self.init(name: Self.name(table.code, form, period), text: "\u{FEFF}" + csv.text)
    }

    fileprivate init(
        _ definitions: [Measure], _ form: Bulletin.Form, _ period: ReportPeriod,
        _ language: ReportLanguage
    ) {
        var csv = CSVText(
            [
                Words("代码", "code"), Words("名称", "name"), Words("定义", "definition"),
                Words("单位", "unit"), Words("是否含“其他”", "other"),
            ].map(language.text))
        for measure in definitions {
            csv.append([
                .exact(measure.code), .text(language.text(measure.name)),
                .text(language.text(measure.definition)), .text(language.text(measure.unit.name)),
                .text(language.text(measure.population.words)),
            ])
        }
        self.init(name: Self.name("definitions", form, period), text: "\u{FEFF}" + csv.text)
    }

    private static func name(
        _ table: String, _ form: Bulletin.Form, _ period: ReportPeriod
    ) -> String {
        "\(form.rawValue)-\(period.days.first)-\(table).csv"
    }
}

extension Population {
    var words: Words {
        self == .all ? Words("含", "included") : Words("不含", "left out")
    }
}
