import ArgumentParser
import Casework
import Ledger
import Store
import Workflow

struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "People: who may log in, and as what.",
        subcommands: [
            Add.self, List.self, Roles.self, Deactivate.self, Activate.self, ResetPassword.self,
            RemoveSecondFactor.self, Unlock.self, Link.self, Demonstrators.self,
        ])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a person. The first password is printed once, and lapses after a week.")
        @Argument(help: "The log-in name; stands in the audit trail and is never used again.")
        var name: String
        @Option(help: "As pages call them.") var displayName = ""
        @OptionGroup var trust: TrustOptions
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let draft = PersonDraft(
                name: name, displayName: displayName, roles: try trust.readRoles(),
                bureau: trust.bureau, merchant: trust.merchant.map { ID($0) })
            let actor = options.actor(.administrator)
            let password = try await options.withOffice { office in
                try await office.addPerson(draft, by: actor).password
            }
            print(password)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Who may log in, by name.")
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let people = try await options.withOffice { office in
                var all: [Person] = []
                while true {
                    let after = all.last?.name ?? ""
                    let page = try await office.read { try $0.people(after: after) }
                    if page.isEmpty { return all }
                    all += page
                }
            }
            print(columns(people.map(Self.row)))
        }

        private static func row(_ person: Person) -> [String] {
            [
                person.name, person.displayName,
                person.roles.map(\.rawValue).sorted().joined(separator: ","),
                person.bureau ?? person.merchant?.text ?? "",
                person.hasSecondFactor ? "second factor" : "password",
                person.isActive ? "" : "closed",
            ]
        }
    }

    struct Roles: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change what a person is trusted with. Their sessions end.")
        @OptionGroup var one: PersonArgument
        @OptionGroup var trust: TrustOptions

        func run() async throws {
            let roles = try trust.readRoles()
            try await one.change { [trust] work, id, actor in
                try work.changeRoles(
                    of: id, to: roles, bureau: trust.bureau,
                    merchant: trust.merchant.map { ID($0) }, by: actor)
            }
        }
    }

    struct Deactivate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close an account, at once. The name stays taken.")
        @OptionGroup var one: PersonArgument

        func run() async throws { try await one.change { try $0.deactivate($1, by: $2) } }
    }

    struct Activate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open a closed account again.")
        @OptionGroup var one: PersonArgument

        func run() async throws { try await one.change { try $0.activate($1, by: $2) } }
    }

    struct ResetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-password",
            abstract: "Give a person a new first password, printed once. Their sessions end.")
        @OptionGroup var one: PersonArgument

        func run() async throws {
            let actor = one.options.actor(.administrator)
            let password = try await one.options.withOffice { [one] office in
                try await office.resetPassword(of: try await one.find(in: office), by: actor)
            }
            print(password)
        }
    }

    struct RemoveSecondFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove-second-factor",
            abstract: "For whoever lost it: the next log-in asks for a new one.")
        @OptionGroup var one: PersonArgument

        func run() async throws {
            try await one.change { try $0.removeSecondFactor(of: $1, by: $2) }
        }
    }

    struct Unlock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget the failed log-ins to an account.")
        @OptionGroup var one: PersonArgument

        func run() async throws { try await one.change { try $0.unlock($1, by: $2) } }
    }

    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say who an identity provider's subject is here. No role comes with it.")
        @OptionGroup var one: PersonArgument
        @Option(help: "The provider, as its tokens name it.") var issuer: String
        @Option(help: "The subject, as its tokens name it.") var subject: String

        func run() async throws {
            try await one.change { [issuer, subject] work, id, actor in
                try work.link(subject: subject, at: issuer, to: id, by: actor)
            }
        }
    }
}

/// Whom a command is about.
struct PersonArgument: ParsableArguments {
    @Argument(help: "The log-in name.") var name: String
    @OptionGroup var options: OfficeOptions

    func find(in office: Office) async throws -> ID<Person> {
        let name = PersonName.folded(name)
        guard let person = try await office.read({ try $0.person(named: name) }) else {
            throw AccountError.noSuchPerson(name)
        }
        return person.id
    }

    func change(
        _ body: @escaping @Sendable (Work, ID<Person>, Actor) throws -> Void
    ) async throws {
        let actor = options.actor(.administrator)
        try await options.withOffice { office in
            let id = try await find(in: office)
            try await office.work { try body($0, id, actor) }
        }
    }
}

/// What a person is to be trusted with.
struct TrustOptions: ParsableArguments {
    @Option(help: "Roles, with commas: agent,reviewer …") var roles: String
    @Option(help: "The bureau of a bureau's officer.") var bureau: String?
    @Option(help: "The merchant whose person it is.") var merchant: String?

    func readRoles() throws -> Set<Role> {
        Set(
            try roles.split(separator: ",").map { text in
                guard let role = Role(rawValue: String(text)), role != .office, role != .tourist
                else {
                    let known = Role.allCases.filter { $0 != .office && $0 != .tourist }
                    throw ValidationError(
                        "'\(text)' is no person's role: \(known.map(\.rawValue).joined(separator: ", "))."
                    )
                }
                return role
            })
    }
}
