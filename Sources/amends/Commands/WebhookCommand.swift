import ArgumentParser
import Casework
import Ledger
import Store
import Workflow

struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "Subscriptions to events: who is told of what.",
        subcommands: [List.self, Add.self, Remove.self, Replay.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Who is told, and how many events wait or were given up.")
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try options.refuseMissingFile()
            let lines = try await options.withOffice { office in
                try await office.read { transaction in
                    let counts = try transaction.deliveryCounts()
                    return try transaction.webhooks().map { WebhookLine($0, counts[$0.id] ?? [:]) }
                }
            }
            if options.json { return try printJSON(lines) }
            print(columns(lines.map(\.cells), numeric: [3, 4]))
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Subscribe an address. The secret that signs is printed once.",
            discussion: """
                AMENDS_WEBHOOK_REACH says which addresses are allowed: 'public' (https addresses of the internet) or \
                'private'. Without AMENDS_DATA_KEY nobody can subscribe: the secret is sealed by it.
                """)
        @Argument(help: "Who is told, as you call them.") var name: String
        @Argument(help: "Where events are sent.") var url: String
        @Option(help: "Types with commas, or amends.*, amends.case.*, amends.order.*")
        var events = "amends.*"
        @OptionGroup var options: OfficeOptions

        func validate() throws {
            guard (1...WebhookLimits.name_characters).contains(name.count) else {
                throw ValidationError("NAME has 1 to \(WebhookLimits.name_characters) characters")
            }
            guard events.split(separator: ",").count <= WebhookLimits.events else {
                throw ValidationError("at most \(WebhookLimits.events) types of events")
            }
        }

        func run() async throws {
            try options.refuseMissingFile()
            let kinds = events.split(separator: ",").map(String.init)
            let secret = WebhookSignature.freshSecret()
            let actor = options.actor(.administrator)
            let reach = try OutsideEnvironment.webhookReach(options.environment)
            let webhook = try await options.withOffice { office in
                try await office.work { [name, url] work in
                    try work.subscribe(
                        name, url: url, events: kinds, secret: secret, reach: reach, by: actor)
                }
            }
            print("\(webhook.id)\t\(secret)")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a subscription; what waits for it is not sent.")
        @Argument(help: "As amends webhook list names it.") var id: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try options.refuseMissingFile()
            let actor = options.actor(.administrator)
            try await options.withOffice { office in
                try await office.work { [id] in try $0.unsubscribe(id, by: actor) }
            }
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send again what was given up for a subscription, or one delivery of it.",
            discussion: "It goes out under the same id with the next round of amends serve.")
        @Argument(help: "As amends webhook list names it.") var id: String
        @Option(help: "One delivery, as the page of deliveries names it, whatever became of it.")
        var delivery: String?
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try options.refuseMissingFile()
            let actor = options.actor(.administrator)
            let count = try await options.withOffice { office in
                try await office.work { [id, delivery] work in
                    guard let delivery else { return try work.replayFailed(of: id, by: actor) }
                    // Named together, so that a slip of the pen sends nobody else's.
                    guard try work.transaction.delivery(delivery)?.webhook == work.webhook(id).id
                    else { throw WebhookError.noSuchDelivery(delivery) }
                    _ = try work.replay(delivery, by: actor)
                    return 1
                }
            }
            print(count)
        }
    }
}

/// A subscription as text and JSON.
private struct WebhookLine: Encodable {
    let id: String
    let name: String
    let state: String
    let waiting: Int
    let given_up: Int
    let url: String
    let events: [String]

    init(_ webhook: Webhook, _ counts: [WebhookDelivery.State: Int]) {
        (id, name, url, events) = (webhook.id.text, webhook.name, webhook.url, webhook.events)
        state = webhook.state.rawValue
        waiting = counts[.waiting] ?? 0
        given_up = counts[.failed] ?? 0
    }

    var cells: [String] {
        [id, name, state, "\(waiting)", "\(given_up)", url, events.joined(separator: ",")]
    }
}
