/// The heading row of a bank's export, and what stood above it.
final class CSVHeading: Sendable {
    let layout: CSVLayout
    /// Column of each heading, from 0; headings without inner blanks.
    let positions: [String: Int]
    /// Cells of a row.
    let count: Int
    /// The rows above, which name the account, the period and sometimes the totals.
    let preamble: [(line: Int, text: String)]
    /// The line of the first row below the heading, and where it begins.
    let next: (line: Int, position: Int)

    /// Rows that may stand above the heading: a title, the account, the period, advice.
    private static let preambleLimit = 60

    /// Finds which export it is by its heading row; nil for the corporate one, which has a reader of its
    /// own.
    ///
    /// - Throws: `noHeading` when a row has most headings of a known export but not all; otherwise
    ///   `unknownFormat`.
    init?(in text: StatementText) throws(StatementError) {
        var preamble: [(line: Int, text: String)] = []
        var nearest: (hits: Int, missing: String)?
        var position = 0
        for line in 1...Self.preambleLimit where position < text.bytes.count {
            let end =
                text.bytes[position...].firstIndex { $0 == 10 || $0 == 13 } ?? text.bytes.count
            let row = String(decoding: text.bytes[position..<end].prefix(4_096), as: UTF8.self)
            position = text.bytes[end...].starts(with: [13, 10]) ? end + 2 : end + 1
            let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(
                plainHeading)
            if Self.near(cells, corporateHeadings, &nearest) { return nil }
            for layout in CSVLayout.all where Self.near(cells, layout.columns, &nearest) {
                self.layout = layout
                positions = Dictionary(
                    zip(cells, cells.indices), uniquingKeysWith: { first, _ in first })
                count = cells.count
                self.preamble = preamble
                next = (line + 1, position)
                return
            }
            preamble.append((line, row))
        }
        guard let nearest else { throw .unknownFormat }
        throw .noHeading(missing: nearest.missing)
    }

    /// Whether `cells` hold all `columns`; remembers the first that is missing where most are there.
    private static func near(
        _ cells: [String], _ columns: [String], _ nearest: inout (hits: Int, missing: String)?
    ) -> Bool {
        guard cells.count > 2 else { return false }
        let known = Set(cells)
        guard let missing = columns.first(where: { !known.contains($0) }) else { return true }
        let hits = columns.count { known.contains($0) }
        if hits * 2 > columns.count, hits > nearest?.hits ?? 0 { nearest = (hits, missing) }
        return false
    }
}

/// A heading without padding, quotation marks and inner blanks: banks write `日 志 号`.
private func plainHeading(_ cell: Substring) -> String {
    String(trimmed(cell).filter { !$0.isWhitespace && $0 != "\"" })
}
