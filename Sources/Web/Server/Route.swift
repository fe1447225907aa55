import Casework
import HTTPTypes
import Workflow

/// One entry of the table of routes: what is served, to whom, and what it takes and gives. The router and
/// the OpenAPI document are both made from it.
struct Route: Sendable {
    let method: HTTPRequest.Method
    /// With `{name}` for what varies: `/api/v1/cases/{case}/approval`.
    let path: String
    /// Unique; the operationId of the OpenAPI document.
    let id: String
    let summary: Phrase
    let access: Access
    var query: [QueryParameter] = []
    var body: Body = .none
    let success: Success
    let handle: @Sendable (Call) async throws -> Answer

    /// A route with an Idempotency-Key.
    var isCommand: Bool { method == .post || method == .delete }

    /// A route on a case or work order whose version may be named with If-Match.
    var takesVersion: Bool {
        isCommand
            && (path.hasPrefix("/api/v1/cases/{case}") || path.hasPrefix("/api/v1/orders/{order}"))
    }

    /// Whether how often one address may call counts: it brings something in, and nobody is named.
    func isTaken(byAddressOf visitor: Visitor) -> Bool {
        method == .post && access.isFiling && !visitor.isNamed
    }

    /// Whether it follows the rules of another's specification: what it does not know in an address is
    /// passed over, and a command may come without a key.
    var isOpen311: Bool { if case .open311 = success { true } else { false } }

    var isPage: Bool { if case .page = success { true } else { false } }

    struct QueryParameter: Sendable {
        let name: String
        let about: Phrase
        let schema: JSONValue
        var isRequired = false
    }

    enum Body: Sendable {
        case none
        case form(any Form.Type)
        /// Bytes as they are, of these media types.
        case raw([String], limit_bytes: Int)
    }

    enum Success: Sendable {
        case view(Int, any (Codable & SendableMetatype).Type)
        case document
        /// One thing in any of these media types, as the query asks.
        case forms([String])
        /// In these media types, and refused as Open311 refuses.
        case open311([String])
        case bytes
        case page
    }
}

/// Who may call a route.
enum Access: Hashable, Sendable {
    case everyone
    case action(Permissions.Action)
    /// Who may do either: `Workflow` lets both.
    case either(Permissions.Action, Permissions.Action)
    /// A command on a case, or filing one.
    case command(Command.Kind)
    /// The same, or the tourist with the tracking code of the case.
    case tracked(Command.Kind)
    /// What takes a permission, or the tracking code of the case or work order.
    case trackedAction(Permissions.Action)
    /// A command on a work order, or registering one.
    case orderCommand(OrderCommand.Kind)
    /// The same, or the caller with the tracking code of the work order.
    case trackedOrder(OrderCommand.Kind)
    /// Only the tourist with the tracking code of the case or work order.
    case trackingCode

    /// The roles a token must have one of; nil when no token is asked for.
    var roles: Set<Role>? {
        switch self {
        case .everyone, .trackingCode: nil
        case .action(let action), .trackedAction(let action): Permissions.allowed(action)
        case .either(let one, let other):
            Permissions.allowed(one).union(Permissions.allowed(other))
        case .command(let kind), .tracked(let kind): Permissions.allowed(kind)
        case .orderCommand(let kind), .trackedOrder(let kind):
            OrderPermissions.allowedAnywhere(kind)
        }
    }

    /// Whether one who has neither token nor tracking code may call.
    var isOpen: Bool {
        switch self {
        case .everyone: true
        case .action, .either, .command, .tracked, .trackedAction, .orderCommand, .trackedOrder,
            .trackingCode:
            isFiling
        }
    }

    /// Bringing something to the office: open to all, and so limited by address.
    var isFiling: Bool { self == .command(.file) || self == .orderCommand(.register) }

    var takesTrackingCode: Bool {
        switch self {
        case .tracked, .trackedAction, .trackedOrder, .trackingCode: true
        case .everyone, .action, .either, .command, .orderCommand: false
        }
    }
}
