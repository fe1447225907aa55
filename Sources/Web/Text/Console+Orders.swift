package import Casework
package import Ledger
package import Workflow

/// The same for work orders.
extension Console {
    /// Reads a demand as `POST /api/v1/orders` takes it.
    package static func intake(from json: [UInt8]) throws -> OrderIntake {
        try Fields.read(OrderIntakeForm.self, from: value(of: json)).intake
    }

    /// The JSON of registering, as the API answers it.
    package static func json(of registered: RegisteredOrder, in work: Work) throws -> String {
        Answer.text(of: try RegisteredOrderView(registered, in: work))
    }

    /// The JSON of a work order, as `GET /api/v1/orders/{order}` gives it.
    package static func json(
        ofOrder id: ID<WorkOrder>, in office: Office, for actor: Actor
    ) async throws -> String {
        let whole = try await office.wholeOrder(id)
        return Answer.text(
            of: OrderView(
                whole, office.books.zone, at: office.now(), Sight(ofOrders: actor)))
    }

    /// The audit trail in sentences: position, time, who, what.
    package static func trail(of whole: WholeOrder, _ zone: Zone) -> [[String]] {
        let names = OrderNames(whole.edition)
        return whole.recorded.map {
            let view = OrderEventView($0, names, zone, .personal)
            return ["#\(view.position)", view.at.text, view.actor, view.en]
        }
    }

    /// Each running or stopped limit: name, state, due, what is left or by how much it was late.
    package static func limits(of whole: WholeOrder, _ zone: Zone, at now: Moment) -> [[String]] {
        OrderClockView.all(of: whole.order, zone, on: whole.schedules, at: now).map { clock in
            let state =
                clock.stoppedAt.map { "stopped \($0.text)" }
                ?? (clock.isSuspended ? "stands still" : "runs")
            let left = clock.left.map { "\($0) \(clock.measure ?? "") left" } ?? ""
            let late = clock.overrunMs.map { $0 > 0 ? "late by \($0 / 60_000) min" : "" } ?? ""
            return [clock.en, state, clock.due.map { "due \($0.text)" } ?? "", left, late]
        }
    }

    /// What can be asked of a work order on the command line, as over HTTP.
    package static var orderCommands: [String] { OrderCommands.all.map(\.name) }

    /// The command that `name` stands for; nil when there is none.
    package static func orderCommand(_ name: String) -> OrderCommand.Kind? {
        OrderCommands.named(name)?.kind
    }

    /// Does what `POST /api/v1/orders/{order}/NAME` does with the same body.
    package static func perform(
        _ name: String, _ json: [UInt8], onOrder id: ID<WorkOrder>, by actor: Actor,
        in office: Office
    ) async throws -> WorkOrder {
        guard let verb = OrderCommands.named(name) else { throw Problem.notFound }
        let body = json.isEmpty ? .object([JSONValue.Member]()) : try value(of: json)
        let step = try verb.read(body)
        return try await office.work { work in
            try step(OrderHand(work: work, id: id, actor: actor, version: nil))
        }
    }

    private static func value(of json: [UInt8]) throws(Problem) -> JSONValue {
        do throws(MalformedJSON) {
            return try JSONReader.read(json)
        } catch {
            throw Problem.malformedJSON(error)
        }
    }
}
