import Casework
import Ledger
import Logging
import Store
import Testing

@testable import Workflow

/// A hotline of one of the five offices, with a clock that is set by hand.
final class PlayHotline: Sendable {
    let office: Office
    let clock: VirtualClock
    let url: String

    static let agent = Actor(name: "agent", roles: [.agent])
    static let supervisor = Actor(name: "supervisor", roles: [.supervisor])

    static func bureau(_ code: String) -> Actor {
        Actor(name: "officer of \(code)", roles: [.bureau], bureau: code)
    }

    init(_ name: String, _ url: String, at start: String) async throws {
        let clock = VirtualClock(try #require(Moment(start)))
        self.clock = clock
        self.url = url
        office = try await Office.open(
            database: url, policies: Hotlines.directory + "/" + name,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { clock.now })
    }

    func register(
        _ kind: String, _ text: String, area: String? = nil, phone: String? = "13800138000",
        facts: Facts = [:], channel: Channel = .phone, reportKind: String? = nil
    ) async throws -> RegisteredOrder {
        let intake = OrderIntake(
            channel: channel, caller: Caller(name: "王女士", phone: phone), kind: kind, area: area,
            text: text, facts: facts, reportKind: reportKind)
        return try await office.work {
            try $0.registerOrder(intake, by: Self.agent, trackingCode: "00000000")
        }
    }

    @discardableResult
    func perform(
        _ command: OrderCommand, on id: ID<WorkOrder>, by actor: Actor
    ) async throws -> WorkOrder {
        try await office.work { try $0.perform(command, onOrder: id, by: actor) }
    }

    func show(_ id: ID<WorkOrder>) async throws -> WorkOrder {
        try #require(try await office.read { try $0.workOrder(id) })
    }

    func set(_ time: String) throws { clock.set(try #require(Moment(time))) }

    /// Fires all that is due by now; what fired, in order.
    func fire() async throws -> [ID<WorkOrder>] {
        var all: [ID<WorkOrder>] = []
        while true {
            let fired = try await OrderClockwork(office: office).runOnce()
            if fired.isEmpty { return all }
            all += fired
        }
    }
}

func withHotline(
    _ name: String, on place: Place, at start: String = "2025-03-10T09:00:00+08:00",
    _ body: (PlayHotline) async throws -> Void
) async throws {
    try await withEmptyDatabase(on: place) { url in
        let play = try await PlayHotline(name, url, at: start)
        do {
            try await body(play)
        } catch {
            await play.office.close()
            throw error
        }
        await play.office.close()
    }
}
