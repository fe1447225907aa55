import Casework
import Database
import Ledger
import Store
import Testing

@testable import Workflow

/// Side tables of orders: who assists, and whom an order about the office names.
@Suite struct ConcernedTests {
    private static let words = "接线员出言不逊，市场监管人员推诿"

    private func lists(
        _ play: PlayHotline, as reader: Actor?
    ) async throws -> [ID<WorkOrder>: String] {
        try await play.office.read { transaction in
            let filter = OrderFilter(reader: reader)
            let rows = try transaction.orderRows(filter)
            let queue = try transaction.orderQueue(filter)
            for row in queue { #expect(rows.contains(row)) }
            return Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.text) })
        }
    }

    private func registered(in play: PlayHotline) async throws -> [ID<WorkOrder>] {
        let plain = try await play.register(
            "complaint", "环城东路一家店无证经营", facts: ["subject": .text("market")]
        ).order.id
        try await play.perform(
            .dispatch(lead: "market", assisting: ["environment"]), on: plain,
            by: PlayHotline.agent)
        var intake = OrderIntake(
            channel: .phone, caller: Caller(name: "王女士", phone: "13900139000"),
            kind: "complaint", text: Self.words, facts: ["subject": .text("market")])
        intake.about = OfficeMatter(people: ["named"], bureaus: ["market"])
        let about = intake
        let concerning = try await play.office.work {
            try $0.registerOrder(about, by: .tourist, trackingCode: "11111111")
        }.order.id
        return [plain, concerning]
    }

    @Test(arguments: Place.all)
    func `whom an order is about sees its line without words, and all others see them`(
        on place: Place
    ) async throws {
        try await withHotline("dinghai", on: place) { play in
            let ids = try await registered(in: play)
            let named = Actor(name: "named", roles: [.supervisor])
            for reader in [named, PlayHotline.bureau("market")] {
                let seen = try await lists(play, as: reader)
                #expect(seen[ids[1]] == "", "\(reader.name)")
                #expect(seen[ids[0]] == "环城东路一家店无证经营")
            }
            // By finding it they would read it.
            for (reader, wanted) in [(named, []), (PlayHotline.supervisor, [ids[1]])] {
                for isByWords in [true, false] {
                    var filter = OrderFilter(reader: reader)
                    if isByWords { filter.words = "出言不逊" } else { filter.phone = "13900139000" }
                    let asked = filter
                    let found = try await play.office.read { try $0.orders(listedBy: asked) }
                    #expect(found.map(\.id) == wanted, "\(reader.name), by words: \(isByWords)")
                }
            }
            for reader in [nil, PlayHotline.supervisor, PlayHotline.bureau("environment")] {
                let seen = try await lists(play, as: reader)
                #expect(seen[ids[1]] == Self.words, "\(reader?.name ?? "")")
            }
        }
    }

    @Test(arguments: Place.all)
    func `opening fills the tables for orders of before, a bounded number at a time, once`(
        on place: Place
    ) async throws {
        try await withHotline("dinghai", on: place) { play in
            let ids = try await registered(in: play)
            func left() async throws -> Int64 {
                try await play.office.read {
                    try $0.first("select count(*) from order_fill")?.integer(0) ?? -1
                }
            }
            // Opening did what there was to do.
            #expect(try await left() == 0)
            try await play.office.database.write { transaction in
                try transaction.run("delete from order_assisting")
                try transaction.run("delete from order_concerned")
                try transaction.run("insert into order_fill values ('assisting, concerned', '')")
            }
            let named = Actor(name: "named", roles: [.agent])
            #expect(try await lists(play, as: named)[ids[1]] == Self.words)
            var pages: [Bool] = []
            for _ in 0..<4 {
                pages.append(
                    try await play.office.database.write { try $0.fillOrderTables(limit: 1) })
            }
            #expect(pages == [true, true, false, false])
            #expect(try await left() == 0)
            #expect(try await lists(play, as: named)[ids[1]] == "")
            var filter = OrderFilter(reader: nil)
            filter.bureau = "environment"
            let assisting = filter
            #expect(
                try await play.office.read { try $0.orderRows(assisting).map(\.id) } == [ids[0]])
        }
    }
}
