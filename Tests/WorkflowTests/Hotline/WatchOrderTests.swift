import Casework
import Ledger
import Store
import Testing

@testable import Workflow

/// What supervision has before it, on both engines.
@Suite struct WatchOrderTests {
    @Test(arguments: Place.all)
    func `supervision sees what is overdue, passed around, asked for and put on the list`(
        on place: Place
    ) async throws {
        try await withHotline("weihai", on: place) { play in
            let id = try await play.register(
                "complaint", "小区停电", facts: ["subject": .text("power")]
            ).order.id
            let officer = PlayHotline.bureau("power")
            #expect(
                try await play.office.watchOrders(for: PlayHotline.supervisor, limit: 10)
                    .passedAround.isEmpty)
            for returns in 1...3 {
                try await play.perform(
                    .dispatch(lead: "power", assisting: []), on: id, by: PlayHotline.agent)
                try await play.perform(.returnNotOurs(reason: "非我职责"), on: id, by: officer)
                let around = try await play.office.watchOrders(
                    for: PlayHotline.supervisor, limit: 10
                ).passedAround
                #expect(around.map(\.row.id) == [id])
                #expect(around.map(\.returns) == [returns])
                #expect(around.map(\.isDesignationWanted) == [returns == 3])
            }
            try await play.perform(
                .designate(lead: "power", assisting: [], reason: "职责明确"), on: id,
                by: PlayHotline.supervisor)
            try await play.perform(.acknowledge(by: .system), on: id, by: officer)
            try await play.perform(.askExtension(by: 2, reason: "待料"), on: id, by: officer)
            try await play.perform(
                .listFault(.shirking, bureau: "power", reason: "三次推诿"), on: id,
                by: PlayHotline.supervisor)
            var watch = try await play.office.watchOrders(for: PlayHotline.supervisor, limit: 10)
            #expect(watch.extensions.map(\.row.id) == [id])
            #expect(watch.extensions.map(\.asked.count) == [2])
            #expect(watch.faults.map(\.order) == [id] && watch.faults.map(\.reason) == ["三次推诿"])
            #expect(watch.faults.map(\.by) == ["supervisor"])
            #expect(watch.overdue.isEmpty && watch.supervised.isEmpty)
            try await play.perform(.grantExtension, on: id, by: PlayHotline.supervisor)
            try await play.perform(
                .supervise(reason: "多人反映"), on: id, by: PlayHotline.supervisor)
            try play.set("2025-04-10T09:00:00+08:00")
            watch = try await play.office.watchOrders(for: PlayHotline.supervisor, limit: 10)
            #expect(watch.extensions.isEmpty, "it was answered")
            #expect(watch.overdue.map(\.id) == [id] && watch.supervised.map(\.id) == [id])
            #expect(try await play.office.redWarnings(of: 2025) == nil, "Weihai warns no firm")
        }
    }

    @Test(arguments: Place.all)
    func `those drawn for a look on the spot are listed until somebody has looked`(
        on place: Place
    ) async throws {
        try await withHotline("weihai", on: place) { play in
            var drawn: [ID<WorkOrder>] = []
            // One in twenty is drawn, by its number.
            for count in 1...40 {
                let id = try await play.register(
                    "complaint", "第\(count)处停电", phone: nil, facts: ["subject": .text("power")]
                ).order.id
                try await play.perform(
                    .dispatch(lead: "power", assisting: []), on: id, by: PlayHotline.agent)
                let officer = PlayHotline.bureau("power")
                try await play.perform(.acknowledge(by: .system), on: id, by: officer)
                let done = try await play.perform(
                    .finish(.solved, reply: "已修复"), on: id, by: officer)
                if done.isFieldCheckWanted { drawn.append(id) }
            }
            let first = try #require(drawn.first)
            let watch = try await play.office.watchOrders(for: PlayHotline.supervisor, limit: 50)
            #expect(Set(watch.fieldChecks.map(\.id)) == Set(drawn))
            try await play.perform(
                .recordFieldCheck(.asReported(note: "属实")), on: first, by: PlayHotline.supervisor)
            let left = try await play.office.watchOrders(for: PlayHotline.supervisor, limit: 50)
                .fieldChecks.map(\.id)
            #expect(Set(left) == Set(drawn.dropFirst()))
        }
    }

    @Test(arguments: Place.all)
    func `work orders are found by telephone, words, channel and urgency`(
        on place: Place
    ) async throws {
        try await withHotline("weihai", on: place) { play in
            let power = try await play.register(
                "complaint", "Power cut 停电", facts: ["subject": .text("power")]
            ).order.id
            let water = try await play.register(
                "repair", "水管爆裂100%", phone: "139-0013-9000", facts: ["subject": .text("water")],
                channel: .web
            ).order.id
            let enquiry = try await play.register(
                "enquiry", "几点上班", phone: nil, facts: ["subject": .text("tax")]
            ).order.id
            func found(_ change: (inout OrderFilter) -> Void) async throws -> Set<ID<WorkOrder>> {
                var filter = OrderFilter(reader: PlayHotline.agent)
                change(&filter)
                let wanted = filter
                return try await play.office.read { Set(try $0.orders(listedBy: wanted).map(\.id)) }
            }
            #expect(try await found { $0.phone = "13900139000" } == [water])
            #expect(try await found { $0.phone = "1390013900" } == [], "a whole number or none")
            #expect(try await found { $0.words = "power CUT" } == [power])
            #expect(try await found { $0.words = "100%" } == [water])
            #expect(try await found { $0.words = "%" } == [power, water, enquiry])
            #expect(try await found { $0.channel = "web" } == [water])
            #expect(try await found { $0.isUrgent = true } == [water])
            #expect(try await found { $0.isUrgent = false } == [power, enquiry])
            // The enquiry's limit begins when it is sent: no clock runs, and it comes last.
            var open = OrderFilter(reader: PlayHotline.agent)
            open.isOpen = true
            let wanted = open
            let (listed, counts, own) = try await play.office.read { transaction in
                (
                    try transaction.orders(listedBy: wanted).map(\.id),
                    try transaction.openOrderCounts(),
                    try transaction.openOrderCounts(bureau: "power")
                )
            }
            #expect(listed == [water, power, enquiry])
            #expect(counts.map(\.count) == [3] && own.isEmpty)
        }
    }
}
