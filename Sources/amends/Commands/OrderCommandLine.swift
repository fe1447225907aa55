import ArgumentParser
import Casework
import Foundation
import Ledger
import Store
import Web
import Workflow

/// Work orders of the hotline.
struct OrderCommandLine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract: "Register, show and list work orders of the hotline, and act on them.",
        subcommands: [
            Register.self, Show.self, List.self, Queue.self, Act.self,
        ])

    struct Register: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a demand from a JSON file, as POST /api/v1/orders takes it.",
            discussion: """
                Without a file the options say it: --kind and --text at least.
                """)
        @Argument(help: "The file, or - for standard input.") var file: String?
        @Option(help: "A kind of the edition: complaint, enquiry, repair …") var kind: String?
        @Option(help: "What the caller says.") var text: String?
        @Option(help: "An area, where the edition knows any.") var area: String?
        @Option(help: "The caller's telephone.") var phone: String?
        @Option(help: "A fact of the edition: NAME=VALUE, any number of times.")
        var fact: [String] = []
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let intake = try await reporting { try demanded() }
            let actor = options.actor(.agent)
            var generator = SystemRandomNumberGenerator()
            let code = freshTrackingCode(using: &generator)
            let isJSON = options.json
            let text: String = try await options.withOffice { office in
                try await office.work { work in
                    let registered = try work.registerOrder(
                        intake, by: actor, trackingCode: code)
                    return isJSON
                        ? try Console.json(of: registered, in: work) : summary(registered)
                }
            }
            print(text)
        }

        private func demanded() throws -> OrderIntake {
            if let file { return try Console.intake(from: try read(file)) }
            guard let kind, let text else {
                throw ValidationError("name a file, or say --kind and --text.")
            }
            var facts: Facts = [:]
            for each in fact {
                let parts = each.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else {
                    throw ValidationError("'\(each)': write the fact, =, and its value.")
                }
                facts[parts[0]] = Self.fact(parts[1])
            }
            return OrderIntake(
                channel: .phone, caller: Caller(phone: phone), kind: kind, area: area, text: text,
                facts: facts)
        }

        private static func fact(_ text: String) -> Fact {
            switch text {
            case "true": .flag(true)
            case "false": .flag(false)
            default: Int64(text).map { .integer($0) } ?? .text(text)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A work order: where it stands, its limits, and all that happened.")
        @Argument(help: "Its number; spaces, dashes and case do not matter.") var number: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let id = try orderID(number)
            let actor = options.actor(.agent)
            let isJSON = options.json
            try await options.withOffice { office in
                if isJSON {
                    return print(try await Console.json(ofOrder: id, in: office, for: actor))
                }
                let whole = try await office.wholeOrder(id)
                let (order, zone) = (whole.order, office.books.zone)
                print("\(id)  \(order.stage.name)  \(order.sorting.kind)")
                if let assignment = order.assignment {
                    let bureaus = [assignment.lead] + assignment.assisting
                    print("with \(bureaus.joined(separator: ", "))")
                }
                print(columns(Console.limits(of: whole, zone, at: office.now())))
                print(columns(Console.trail(of: whole, zone)))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Work orders, the newest first.")
        @Option(help: "Only those in this stage, such as handling.") var stage: String?
        @Flag(help: "Only open ones.") var open = false
        @Option(help: "Only those a bureau has now, as lead or to assist.") var bureau: String?
        @Option(help: "How many, at most 200.") var limit = 20
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            var filter = OrderFilter(reader: nil)
            (filter.stage, filter.bureau, filter.limit) = (stage, bureau, limit)
            filter.isOpen = open ? true : nil
            let wanted = filter
            let rows = try await options.withOffice {
                try await $0.read { try $0.orderRows(wanted) }
            }
            try show(rows, isJSON: options.json)
        }
    }

    struct Queue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open work orders whose clocks run, the most pressing first.")
        @Option(help: "Only those a bureau has, as lead or to assist.") var bureau: String?
        @Option(help: "How many, at most 200.") var limit = 20
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            var filter = OrderFilter(reader: nil)
            (filter.bureau, filter.limit) = (bureau, limit)
            let wanted = filter
            let rows = try await options.withOffice {
                try await $0.read { try $0.orderQueue(wanted) }
            }
            try show(rows, isJSON: options.json)
        }
    }
}

extension OrderCommandLine {
    struct Act: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "do",
            abstract: "Do to a work order what POST /api/v1/orders/NUMBER/COMMAND does.",
            discussion: """
                The commands: \(Console.orderCommands.joined(separator: ", ")).

                What a command says is JSON, in a file or from standard input: \
                echo '{"lead":"power"}' | amends order do NUMBER dispatch -
                """)
        @Argument(help: "Its number.") var number: String
        @Argument(help: "What to do.") var command: String
        @Argument(help: "The JSON file, or -; none for a command that says nothing.")
        var file: String?
        @Option(help: "Act as this bureau.") var bureau: String?
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let id = try orderID(number)
            guard let kind = Console.orderCommand(command) else {
                let known = Console.orderCommands.joined(separator: ", ")
                throw ValidationError("'\(command)' is none of: \(known).")
            }
            let body = try file.map { try read($0) } ?? []
            let actor = actor(for: kind)
            let name = command
            let isJSON = options.json
            try await options.withOffice { office in
                let order = try await Console.perform(
                    name, body, onOrder: id, by: actor, in: office)
                if isJSON {
                    return print(try await Console.json(ofOrder: id, in: office, for: actor))
                }
                print("\(id)  \(order.stage.name)  version \(order.version)")
            }
        }

        /// As a bureau where one is named; else as whoever of the desk may do it.
        private func actor(for kind: OrderCommand.Kind) -> Actor {
            let name = options.actor(.agent).name
            if let bureau { return Actor(name: name, roles: [.bureau], bureau: bureau) }
            let desk: Set<Role> = [.agent, .dutyOfficer, .supervisor, .discipline]
            return Actor(
                name: name, roles: desk.intersection(OrderPermissions.allowedAnywhere(kind)))
        }
    }
}

private func orderID(_ number: String) throws -> ID<WorkOrder> {
    guard let id = OrderNumber.read(number) else {
        throw ValidationError(
            "'\(number)' is no work order's number: like WHG-24-0001234-7, the last digit checks the rest."
        )
    }
    return id
}

private func summary(_ registered: RegisteredOrder) -> String {
    let order = registered.order
    var lines = [
        "\(order.id)  tracking code \(registered.trackingCode)",
        "\(order.stage.name)  \(order.sorting.kind), \(order.sorting.category)",
    ]
    for term in order.terms.limits {
        let due = order.clocks[term.clock].map { "due \($0.deadline.firstDue)" } ?? ""
        lines.append(
            "  \(term.clock.rawValue) \(term.limit.count) \(term.limit.unit.rawValue) \(due)"
                + " (\(term.clause))")
    }
    if let routing = registered.routing {
        let outcome = routing.outcome
        let whom = ([outcome.lead].compactMap { $0 } + outcome.assisting).joined(separator: ", ")
        let to = whom.isEmpty ? outcome.line ?? "" : whom
        lines.append("proposed   \(outcome.way.rawValue) \(to)")
        for rule in routing.grounds.rules { lines.append("  \(rule.clause)") }
    }
    for like in registered.like { lines.append("like       \(like.id) (\(like.kind))") }
    if let report = registered.report { lines.append("report     \(report.id)") }
    return lines.joined(separator: "\n")
}

private func show(_ rows: [OrderRow], isJSON: Bool) throws {
    if isJSON {
        return try printJSON(
            rows.map {
                [
                    "number": $0.id.text, "stage": $0.stage, "kind": $0.kind,
                    "category": $0.category, "bureau": $0.bureau ?? "",
                    "registered_at": "\($0.registeredAt)",
                    "due": $0.due.map { "\($0)" } ?? "", "due_clock": $0.dueClock ?? "",
                ]
            })
    }
    print(
        columns(
            rows.map { row in
                [
                    row.id.text, "\(row.registeredAt)", row.stage, row.kind, row.bureau ?? "",
                    row.due.map { "\(row.dueClock ?? "") due \($0)" } ?? "",
                ]
            }))
}
