import Casework
import Hummingbird
import Ledger

/// Where a command's page leads once the command is done, and back to when it is not.
enum CommandEnd {
    /// The places of the commands that have pages, by how their paths begin.
    static let places = [
        "/api/v1/cases/{case}/", "/api/v1/fund/", "/api/v1/suspense/",
        "/api/v1/suspense-proposals/", "/api/v1/payment-files", "/api/v1/payouts/",
        "/api/v1/periods/", "/api/v1/editions/", "/api/v1/orders/{order}/", "/api/v1/notices/",
        "/api/v1/knowledge", "/api/v1/roster/", "/api/v1/staff/",
        "/api/v1/merchants",
    ]

    /// Where the thing itself is shown.
    static func home(of command: Route, _ call: Call) -> Link {
        if let number = call.context.parameters.get("case") {
            let id = ID<Case>(number)
            if call.actor.roles == [.merchant] { return .own(id) }
            return call.visitor.isNamed ? .page(id) : .tracking(id)
        }
        let path = command.path.dropFirst("/api/v1/".count)
        if let home = hotlineHome(path, call) { return home }
        if path.hasPrefix("suspense") { return .suspense }
        if path.hasPrefix("payment-files/") { return .paymentFile(call.part("file")) }
        if path.hasPrefix("payment-files") || path.hasPrefix("payouts") { return .paymentFiles }
        if path.hasPrefix("periods"), let period = Period(call.part("period")) {
            return .period(period)
        }
        if path.hasPrefix("merchants") {
            return call.context.parameters.get("merchant").map { .page(ID<Merchant>($0)) }
                ?? .merchants
        }
        if path.hasPrefix("editions") { return .policy(call.part("edition")) }
        return .money
    }

    /// Of what belongs to the line.
    private static func hotlineHome(_ path: Substring, _ call: Call) -> Link? {
        if path.hasPrefix("notices/") { return .notices }
        if let number = call.context.parameters.get("order") {
            return call.visitor.isNamed
                ? .page(ID<WorkOrder>(number)) : .tracking(ID(number))
        }
        if let article = call.context.parameters.get("article") {
            return .page(ID<Article>(article))
        }
        if path.hasPrefix("roster/") {
            return call.context.parameters.get("day").flatMap { Day($0) }.map(Link.roster)
        }
        if path.hasPrefix("knowledge") { return .knowledge }
        return path.hasPrefix("staff/") ? .staff : nil
    }

    /// - Parameter reply: What the command answered.
    static func answer(_ command: Route, _ call: Call, _ reply: JSONValue) async throws -> Answer {
        switch command.id {
        case "preparePayments": try await PaymentFilePage.prepared(reply, call)
        case "enrol":
            call.redirect(
                to: (reply["id"]?.asText.map { .page(ID<Merchant>($0)) } ?? Link.merchants)
                    .with("done", command.id))
        default: call.redirect(to: home(of: command, call).with("done", command.id))
        }
    }
}
