import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// One thing a person can ask of a work order: a resource below it over HTTP, a word on the command line.
struct OrderVerb: Sendable {
    /// `dispatch`, in addresses.
    let name: String
    let kind: OrderCommand.Kind
    let access: Access
    let summary: Phrase
    let form: any Form.Type
    /// Reads what is asked; what it answers does it.
    let read: @Sendable (JSONValue) throws -> Step

    typealias Step = @Sendable (OrderHand) throws -> WorkOrder
}

/// A work order in hand, within a transaction.
struct OrderHand {
    let work: Work
    let id: ID<WorkOrder>
    let actor: Actor
    /// What the caller saw; nil when it does not matter.
    let version: Int?

    func give(_ command: OrderCommand) throws -> WorkOrder {
        try work.perform(command, onOrder: id, by: actor, expecting: version)
    }

    func send(_ command: OrderCommand, _ bureaus: DispatchForm) throws -> WorkOrder {
        try work.perform(
            command, naming: [("lead", [bureaus.lead]), ("assisting", bureaus.assisting)],
            onOrder: id, by: actor, expecting: version)
    }
}

enum OrderCommands {
    static let all: [OrderVerb] = intake + file + sending + handling + watching
    static let routes: [Route] = all.map(\.route)

    static func named(_ name: String) -> OrderVerb? { all.first { $0.name == name } }

    /// A form that is a command.
    static func verb<F: Form>(
        _ name: String, _ kind: OrderCommand.Kind, _ form: F.Type, _ summary: Phrase,
        _ make: @escaping @Sendable (F) -> OrderCommand
    ) -> OrderVerb {
        step(name, kind, form, summary) { try $1.give(make($0)) }
    }

    /// A form that the office looks at before it is a command.
    static func step<F: Form>(
        _ name: String, _ kind: OrderCommand.Kind, _ form: F.Type, _ summary: Phrase,
        _ run: @escaping @Sendable (F, OrderHand) throws -> WorkOrder
    ) -> OrderVerb {
        OrderVerb(
            name: name, kind: kind,
            // What the tourist may do is done with the tracking code.
            access: OrderPermissions.allowed(kind).contains(.tourist)
                ? .trackedOrder(kind) : .orderCommand(kind),
            summary: summary, form: form
        ) { value in
            let form = try Fields.read(form, from: value)
            return { try run(form, $0) }
        }
    }
}

extension OrderVerb {
    static let folder = "/api/v1/orders/{order}"

    var route: Route {
        Route(
            method: .post, path: "\(Self.folder)/\(name)",
            id: "order" + kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst(),
            summary: summary, access: access, body: .form(form),
            success: .view(200, OrderReceiptView.self)
        ) { [self] call in
            let id = try call.orderID()
            let version = try call.expectedVersion()
            _ = try call.idempotencyKey()
            let (value, bytes) = try await call.json()
            let step = try read(value)
            return try await call.once(bytes) { work in
                try work.checkBureau(of: call.actor, on: id)
                let order = try step(
                    OrderHand(work: work, id: id, actor: call.actor, version: version))
                return Effect(200, try OrderReceiptView(order, in: work))
            }
        }
    }
}

extension Actor {
    /// The bureau beyond whose work orders this person sees none; nil: sees those of all.
    var orderBureau: String? {
        roles.intersection(Permissions.allowed(.readOrders)) == [.bureau] ? bureau ?? "" : nil
    }
}

extension WorkOrder {
    /// Whether a bureau has it or has had it, leading or assisting.
    func hasBeen(with bureau: String) -> Bool {
        assignments.contains { $0.lead == bureau || $0.assisting.contains(bureau) }
    }
}

extension Work {
    /// A bureau touches only what was sent to it.
    func checkBureau(of actor: Actor, on id: ID<WorkOrder>) throws {
        guard let own = actor.orderBureau, let order = try transaction.workOrder(id) else { return }
        guard order.hasBeen(with: own) else { throw Problem.notYourOrder }
    }
}
