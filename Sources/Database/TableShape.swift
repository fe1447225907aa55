/// A table as the engine describes it, for what handles every table alike: copying a database whole.
package struct TableShape: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case integer, text, blob }

    package struct Column: Hashable, Sendable {
        package let name: String
        package let kind: Kind
    }

    package let name: String
    /// In the table's order.
    package let columns: [Column]
    /// The positions in `columns` of the primary key, in its order; never empty.
    package let key: [Int]

    fileprivate var columnList: String { columns.map(\.name).joined(separator: ", ") }
    fileprivate var keyList: String { key.map { columns[$0].name }.joined(separator: ", ") }
}

extension Database {
    /// All tables of this database, by name.
    ///
    /// - Throws: `statement` for a table without a primary key or with a column outside our types.
    package func tables() async throws -> [TableShape] {
        let text = engine == .sqlite ? sqliteColumns : postgresColumns
        return try await read { transaction throws(DatabaseError) in
            try shapes(of: try transaction.rows(SQL(stringLiteral: text)))
        }
    }
}

extension Transaction {
    /// The next rows of `table` in the order of its primary key.
    ///
    /// - Parameter last: The row before them; nil for the first ones.
    package func rows(
        of table: TableShape, after last: Row?, limit: Int
    ) throws(DatabaseError) -> [Row] {
        var parts = ["select \(table.columnList) from \(table.name)"]
        var values: [SQLValue] = []
        if let last {
            values = table.key.map { last.values[$0] }
            parts[0] += " where (\(table.keyList)) > ("
            parts += Array(repeating: ", ", count: values.count - 1)
            parts.append(")")
        }
        parts[parts.count - 1] += " order by \(table.keyList) limit \(limit)"
        return try rows(SQL(parts: parts, values: values))
    }

    /// Inserts whole rows, as `rows(of:after:limit:)` gave them.
    package func insert(_ rows: [Row], into table: TableShape) throws(DatabaseError) {
        let width = table.columns.count
        var rest = rows[...]
        while !rest.isEmpty {
            // Powers of two, so that an engine sees few different texts.
            var count = 64
            while count > 1 && (count > rest.count || count * width > Self.valueLimit) {
                count /= 2
            }
            let row = (0..<count).map { row in
                let places = (1...width).map { "$\(row * width + $0)" }
                return "(\(places.joined(separator: ", ")))"
            }
            _ = try replay(
                "insert into \(table.name) (\(table.columnList)) values \(row.joined(separator: ", "))",
                rest.prefix(count).flatMap(\.values))
            rest = rest.dropFirst(count)
        }
    }

    /// Takes every row from `table`: for the few that the schema's steps themselves put there.
    package func empty(_ table: TableShape) throws(DatabaseError) {
        _ = try replay("delete from \(table.name)", [])
    }

    /// Whether `table` has no row.
    package func isEmpty(_ table: TableShape) throws(DatabaseError) -> Bool {
        try rows(of: table, after: nil, limit: 1).isEmpty
    }
}

/// Table, column, type, and the place in the primary key from 1 (0: not in it), by table and place.
private let sqliteColumns = """
    select m.name, c.name, lower(c.type), c.pk
    from sqlite_master m join pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite_%'
    order by m.name, c.cid
    """

private let postgresColumns = """
    select cast(c.table_name as text), cast(c.column_name as text), cast(c.data_type as text),
        cast(coalesce(k.ordinal_position, 0) as bigint)
    from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema
        and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
    left join (
        select u.table_schema, u.table_name, u.column_name, u.ordinal_position
        from information_schema.key_column_usage u
        join information_schema.table_constraints p on p.constraint_schema = u.constraint_schema
            and p.constraint_name = u.constraint_name and p.constraint_type = 'PRIMARY KEY'
    ) k on k.table_schema = c.table_schema and k.table_name = c.table_name
        and k.column_name = c.column_name
    where c.table_schema = current_schema()
    order by cast(c.table_name as text) collate "C", c.ordinal_position
    """

private func shapes(of rows: [Row]) throws(DatabaseError) -> [TableShape] {
    var names: [String] = []
    var columns: [String: [(column: TableShape.Column, place: Int64)]] = [:]
    for row in rows {
        let (table, name, type) = (try row.text(0), try row.text(1), try row.text(2))
        let kind: TableShape.Kind
        switch type {
        case "integer", "bigint": kind = .integer
        case "text": kind = .text
        case "blob", "bytea": kind = .blob
        default: throw .statement(sql: table, message: "\(name) has the type \(type)")
        }
        if columns[table] == nil { names.append(table) }
        columns[table, default: []].append((.init(name: name, kind: kind), try row.integer(3)))
    }
    var shapes: [TableShape] = []
    for name in names {
        let all = columns[name] ?? []
        let key = all.indices.filter { all[$0].place > 0 }.sorted { all[$0].place < all[$1].place }
        guard !key.isEmpty else { throw .statement(sql: name, message: "no primary key") }
        shapes.append(TableShape(name: name, columns: all.map(\.column), key: key))
    }
    return shapes
}
