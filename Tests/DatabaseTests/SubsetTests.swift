import Database
import Testing

private let merchants: SQL = "insert into merchant (id, name) values ('m1', '海棠湾'), ('m2', '蜈支洲岛')"
private let bills: SQL = """
    insert into bill (id, merchant, number, amount_fen, note) values
        ('b1', 'm1', 1, 100, 'first'), ('b2', 'm1', 2, 250, null),
        ('b3', 'm2', 3, null, 'third'), ('b4', 'm2', 4, 50, 'Ärger')
    """

/// The one SQL of `docs/ARCHITECTURE.md`, feature by feature, with one answer from both engines.
@Suite struct SubsetTests {
    @Test(arguments: Place.all)
    func `many rows are inserted by one statement`(place: Place) async throws {
        try await check(
            on: place, [merchants, bills, "select id, number, amount_fen from bill order by id"],
            ["b1|1|100", "b2|2|250", "b3|3|-", "b4|4|50"])
    }

    @Test(arguments: Place.all)
    func `a conflict is skipped or becomes an update`(place: Place) async throws {
        try await check(
            on: place,
            [
                merchants,
                """
                insert into merchant (id, name) values (\("m1"), \("other"))
                on conflict (id) do nothing
                """,
                """
                insert into merchant (id, name) values (\("m2"), \("new"))
                on conflict (id) do update set name = excluded.name
                """,
                "select id, name from merchant order by id",
            ], ["m1|海棠湾", "m2|new"])
    }

    @Test(arguments: Place.all)
    func `what was written is returned`(place: Place) async throws {
        try await check(
            on: place,
            [
                merchants, bills,
                "update bill set amount_fen = amount_fen + \(1) where id = \("b1") returning amount_fen, note",
            ], ["101|first"])
        try await check(
            on: place,
            [
                """
                insert into merchant (id, name) values (\("a"), \("A")), (\("b"), \("B"))
                returning id, name
                """
            ], ["a|A", "b|B"])
        try await check(
            on: place, [merchants, bills, "delete from bill where number = \(4) returning id"],
            ["b4"])
    }

    @Test(arguments: Place.all)
    func `a table is updated from another`(place: Place) async throws {
        try await check(
            on: place,
            [
                merchants, bills,
                """
                update bill set note = merchant.name from merchant
                where merchant.id = bill.merchant and merchant.id = \("m2")
                """,
                "select id, note from bill order by id",
            ], ["b1|first", "b2|-", "b3|蜈支洲岛", "b4|蜈支洲岛"])
    }

    @Test(arguments: Place.all)
    func `common table expressions, recursive ones too`(place: Place) async throws {
        try await check(
            on: place,
            [
                merchants, bills,
                """
                with large as (select merchant, amount_fen from bill where amount_fen > \(60))
                select merchant, sum(amount_fen), count(*) from large group by merchant
                """,
            ], ["m1|350|2"])
        try await check(
            on: place,
            [
                """
                with recursive days (n) as (
                    select cast(\(1) as bigint) union all select n + 1 from days where n < \(4)
                ) select n from days order by n
                """
            ], ["1", "2", "3", "4"])
    }

    @Test(arguments: Place.all)
    func `windows and filtered sums`(place: Place) async throws {
        try await check(
            on: place,
            [
                merchants, bills,
                """
                select id, sum(amount_fen) over (order by number),
                    row_number() over (partition by merchant order by number)
                from bill order by number
                """,
            ], ["b1|100|1", "b2|350|2", "b3|350|1", "b4|400|2"])
        try await check(
            on: place,
            [
                merchants, bills,
                """
                select merchant, count(*) filter (where amount_fen >= \(100)), max(number)
                from bill group by merchant order by merchant
                """,
            ], ["m1|2|2", "m2|0|4"])
    }

    @Test(arguments: Place.all)
    func `row values page by keys`(place: Place) async throws {
        try await check(
            on: place,
            [
                merchants, bills,
                """
                select id from bill where (merchant, number) > (\("m1"), \(1))
                order by merchant, number limit \(2)
                """,
            ], ["b2", "b3"])
    }

    @Test(arguments: Place.all)
    func `null is compared as a value`(place: Place) async throws {
        let none: Int64? = nil
        try await check(
            on: place,
            [
                merchants, bills,
                "select id from bill where amount_fen is not distinct from \(none)",
            ], ["b3"])
        try await check(
            on: place,
            [
                merchants, bills,
                "select id from bill where note is distinct from \("first") order by id",
            ], ["b2", "b3", "b4"])
    }

    @Test(arguments: Place.all)
    func `nulls stand where the statement says`(place: Place) async throws {
        try await check(
            on: place,
            [merchants, bills, "select id from bill order by amount_fen nulls first, id"],
            ["b3", "b4", "b1", "b2"])
        try await check(
            on: place,
            [merchants, bills, "select id from bill order by amount_fen desc nulls last, id"],
            ["b2", "b1", "b4", "b3"])
    }

    @Test(arguments: Place.all)
    func `texts are ordered by code point`(place: Place) async throws {
        try await check(
            on: place,
            [
                """
                insert into merchant (id, name) values
                    ('1', 'b'), ('2', 'B'), ('3', 'é'), ('4', '三'), ('5', '_'), ('6', 'a')
                """,
                "select name from merchant order by name",
            ], ["B", "_", "a", "b", "é", "三"])
    }

    @Test(arguments: Place.all)
    func `a list is searched, and an empty one holds nothing`(place: Place) async throws {
        try await check(
            on: place,
            [
                merchants, bills,
                """
                select id from bill
                where number in (\(list: [1, 3, 4].map { .integer($0) })) and merchant = \("m2")
                order by id
                """,
            ], ["b3", "b4"])
        try await check(
            on: place, [merchants, bills, "select id from bill where id in (\(list: []))"], [])
    }

    @Test(arguments: Place.all)
    func `a statement is built from statements, renumbered`(place: Place) async throws {
        let open: SQL = "amount_fen between \(60) and \(300)"
        try await check(
            on: place,
            [
                merchants, bills,
                "select \(raw: "id, number") from bill where merchant = \("m1") and \(sql: open) and number > \(1)",
            ], ["b2|2"])
    }
}
