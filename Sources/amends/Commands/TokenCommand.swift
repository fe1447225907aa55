import ArgumentParser
import Casework
import Ledger
import Store
import Workflow

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "API tokens: who may call, and as what.",
        subcommands: [Issue.self, List.self, Revoke.self])

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give someone a token. It is printed once and kept only as a hash.")
        @Argument(help: "Whose it is; stands in the audit trail.") var name: String
        @Option(help: "Roles, with commas: agent,reviewer …") var roles: String
        @Option(help: "The bureau of a bureau's officer.") var bureau: String?
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let roles = try roles.split(separator: ",").map { text in
                guard let role = Role(rawValue: String(text)), role != .office else {
                    let known = Role.allCases.filter { $0 != .office }.map(\.rawValue)
                    throw ValidationError(
                        "'\(text)' is not a role: \(known.joined(separator: ", ")).")
                }
                return role
            }
            var generator = SystemRandomNumberGenerator()
            let secret = freshSecret(using: &generator)
            let bearer = Actor(name: name, roles: Set(roles), bureau: bureau)
            let actor = options.actor(.administrator)
            try await options.withOffice { office in
                try await office.work { try $0.issueToken(secret, to: bearer, by: actor) }
            }
            print(secret)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Who has a token.")
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let tokens = try await options.withOffice { try await $0.read { try $0.tokens() } }
            print(
                columns(
                    tokens.map { token in
                        [
                            token.name, token.roles.map(\.rawValue).sorted().joined(separator: ","),
                            token.bureau ?? "", "\(token.createdAt)",
                            token.revokedAt.map { "revoked \($0)" } ?? "",
                        ]
                    }))
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a token back, at once.")
        @Argument var name: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let actor = options.actor(.administrator)
            try await options.withOffice { office in
                try await office.work { [name] in try $0.revokeToken(named: name, by: actor) }
            }
        }
    }
}
