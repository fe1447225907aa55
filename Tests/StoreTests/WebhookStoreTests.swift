import Casework
import Database
import Ledger
import Store
import Testing

/// Subscriptions to events and their deliveries, on both engines.
@Suite struct WebhookStoreTests {
    private static let now = Moment("2024-06-03T09:00:00+08:00")!

    private func after(_ minutes: Int) -> Moment { Self.now.advanced(byMinutes: minutes) }

    private func subscribe(
        _ database: Database, _ events: [String]
    ) async throws -> ID<Webhook> {
        try await database.write {
            try $0.addWebhook(
                name: "x", url: "https://example.org", events: events, secret: "whsec_one",
                by: "admin", at: Self.now)
        }
    }

    @Test(arguments: Place.all)
    func `a delivery is leased by one, rests with its endpoint, and ends once`(on place: Place)
        async throws
    {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            let id = try await subscribe(database, ["amends.case.*"])
            func due(_ minutes: Int) async throws -> [WebhookDelivery] {
                try await database.write { transaction in
                    try transaction.dueWebhooks(at: after(minutes)).flatMap {
                        try transaction.leaseDeliveries(
                            of: $0.id, at: after(minutes), leaseMs: 60_000, limit: 9)
                    }
                }
            }
            try await database.write {
                for event in ["a_1", "a_2", "a_1"] {
                    try $0.enqueueDelivery(
                        to: id, eventID: event, kind: "amends.case.paid", subject: "a",
                        body: "{}", at: Self.now)
                }
            }
            let first = try await due(0)
            #expect(first.map(\.eventID).sorted() == ["a_1", "a_2"])
            #expect(try await due(0).isEmpty)
            try await database.write {
                try $0.failDelivery(
                    first[0], status: 503, because: "status 503", next: after(1), rest: after(3),
                    at: after(0))
            }
            #expect(try await due(2).isEmpty, "the endpoint rests")
            #expect(try await due(3).count == 2, "and the other's lease is over")
            try await database.write {
                try $0.finishDelivery(first[0], status: 200, at: after(3))
                try $0.failDelivery(
                    first[1], status: nil, because: "refused", next: nil, rest: after(3),
                    at: after(3))
            }
            #expect(try await due(9).isEmpty)
            let (counts, webhook) = try await database.read {
                (try $0.deliveryCounts()[id], try $0.webhook(id))
            }
            #expect(counts == [.delivered: 1, .failed: 1])
            #expect(webhook?.failures == 1 && webhook?.failingSince == after(3))
            try await database.write { _ = try $0.replayFailed(of: id, at: after(10)) }
            #expect(try await due(10).map(\.attempts) == [1])
            try await database.write {
                try $0.setState(.gone, of: id)
                try $0.giveUpDeliveries(of: id, because: "gone")
                _ = try $0.forgetDeliveries(before: after(5))
            }
            let left = try await database.read { try $0.deliveries(DeliveryFilter()) }
            #expect(left.count == 1 && left[0].state == .failed && left[0].error == "gone")
            try await database.write { try $0.removeWebhook(id) }
            let none = try await database.read {
                try $0.webhooks().isEmpty && $0.deliveries(DeliveryFilter()).isEmpty
            }
            #expect(none)
        }
    }

    @Test(arguments: Place.all)
    func `an event goes to those who asked for its type, from the very commit on`(on place: Place)
        async throws
    {
        try await withDatabase(on: place, steps: Schema.steps) { database in
            let cases = try await subscribe(database, ["amends.case.*"])
            let paid = try await subscribe(database, ["amends.case.paid", "amends.order.closed"])
            let all = try await subscribe(database, ["amends.*"])
            let table: [(Set<String>, [ID<Webhook>])] = [
                (["amends.case.paid"], [cases, paid, all]),
                (["amends.case.filed"], [cases, all]),
                (["amends.order.closed"], [paid, all]),
                (["amends.webhook.tried"], [all]),
                ([], []),
            ]
            for (kinds, wanted) in table {
                let found = try await database.read { try $0.targets(of: kinds).map(\.id) }
                #expect(found == wanted, "\(kinds)")
            }
            let found = try await database.write { transaction in
                let before = try transaction.targets(of: ["amends.case.paid"]).map(\.id)
                try transaction.setState(.paused, of: cases)
                return (before, try transaction.targets(of: ["amends.case.paid"]).map(\.id))
            }
            #expect(found.0 == [cases, paid, all] && found.1 == [paid, all])
        }
    }

    @Test(arguments: Place.all)
    func `a secret lies sealed, and the one before signs for its time`(on place: Place) async throws
    {
        try await withEmptyDatabase(on: place) { url in
            let keys = try DataKeys("k1 " + String(repeating: "11", count: 32))
            let database = try await Database.open(url, companion: keys)
            try await database.migrate(Schema.steps)
            let id = try await subscribe(database, ["amends.*"])
            try await database.write {
                try $0.replaceSecret(of: id, by: "whsec_two", beforeEnds: after(5))
            }
            func secrets(_ minutes: Int) async throws -> [String] {
                try await database.read {
                    try $0.secrets(of: id, at: after(minutes)).all.map(\.revealed)
                }
            }
            #expect(try await secrets(4) == ["whsec_two", "whsec_one"])
            #expect(try await secrets(5) == ["whsec_two"])
            let stored = try await database.read { transaction in
                try transaction.rows("select secret, secret_before from webhook").flatMap {
                    row throws(DatabaseError) in [try row.text(0), try row.text(1)]
                }
            }
            #expect(stored.count == 2 && stored.allSatisfy { !$0.contains("whsec") })
            await database.close()
        }
    }
}
