import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Tokens for programs: who has which, made once, revoked at once.
enum TokenPages {
    static let all: [Route] = [
        PageRoutes.page(
            "/tokens", "tokensPage", AdministrationText.tokens, .action(.manageTokens)
        ) { call in
            try await TokensPage(call: call).answer()
        },
        PageRoutes.post(
            "/tokens", "issueTokenPage", AdministrationText.newToken, .action(.manageTokens)
        ) { call in
            let entries = try await call.entries()
            let form = Fields.schema(of: TokenForm.self)
            let json = EntryJSON(entries: entries, zone: call.zone) { _ in .text }.object(form)
            let reply: Answer
            do {
                let route = call.api("issueToken")
                reply = try await route.handle(
                    call.asking(route, json: json, key: entries["key"], version: nil))
            } catch {
                let problem = try call.shown(error)
                return try await TokensPage(call: call, entries: entries, problem: problem)
                    .answer(problem.status)
            }
            return NewTokenPage(call: call, reply: reply.json).answer()
        },
        PageRoutes.post(
            "/tokens/{name}/revocation", "revokeTokenPage", AdministrationText.revoke,
            .action(.manageTokens)
        ) { call in
            let entries = try await call.entries()
            let route = call.api("revokeToken")
            do {
                _ = try await route.handle(
                    call.asking(route, json: .object([]), key: entries["key"], version: nil))
            } catch {
                let problem = try call.shown(error)
                return try await TokensPage(call: call, problem: problem).answer(problem.status)
            }
            return call.redirect(to: .tokens.with("done", route.id))
        },
    ]
}

extension Call {
    /// The API's route of that id.
    func api(_ id: String) -> Route {
        guard let route = Routes.api.first(where: { $0.id == id }) else {
            preconditionFailure("the API has no route \(id)")
        }
        return route
    }
}

struct TokensPage {
    let call: Call
    var entries = FormEntries()
    var problem: Problem?

    private var parts: Parts { call.parts }

    func answer(_ status: Int = 200) async throws -> Answer {
        let zone = call.zone
        let tokens = try await call.office.read { try $0.tokens() }.map { TokenView($0, zone) }
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        var choices = call.editionChoices
        choices["roles"] = nil
        let form = FormMarkup(
            parts: parts, entered: entries, problems: problem?.errors ?? [], choices: choices)
        return AdministrationFrame(call: call).page(
            AdministrationText.tokens, at: .tokens,
            """
            <section class="lead"><h1>\(parts.say(AdministrationText.tokens))</h1>
            <p>\(parts.say(AdministrationText.tokensLead))</p></section>
            \(wrong)
            <section>\(parts.table(Self.columns, tokens.map(row), label: parts.say(AdministrationText.tokens), empty: AdministrationText.noTokens))</section>
            <section aria-labelledby="new"><h2 id="new">\(parts.say(AdministrationText.newToken))</h2>
            <form class="command" method="post" action="\(Link.tokens.with(parts.language))">\(call.hidden(key: problem == nil ? nil : entries["key"]))
            \(form.fields(Fields.schema(of: TokenForm.self)))
            <p class="act"><button>\(parts.say(AdministrationText.newToken))</button></p></form></section>
            """
        ).answer(status)
    }

    private static let columns: [Parts.Column] = [
        .text("名称", "Name"), .text("角色", "Roles"), .text("单位", "Bureau"),
        .text("发放", "Made"), .text("状态", "State"), .text("办理", "To do"),
    ]

    private func row(_ token: TokenView) -> [HTML] {
        let roles = token.roles.compactMap { Role(rawValue: $0) }.map { parts.say(Names.role($0)) }
            .joined(separator: parts.say(Phrase("、", ", ")))
        let revoke: HTML = """
            <form class="inline" method="post" action="\(Link.tokens.below(token.name).below("revocation").with(parts.language))">\(call.hidden())<button class="plain">\(parts.say(AdministrationText.revoke)) <span class="unseen">\(token.name)</span></button></form>
            """
        return [
            "<code>\(token.name)</code>", "\(roles)", "\(token.bureau ?? "–")",
            parts.time(token.createdAt),
            token.revokedAt.map { "\(parts.say(AdministrationText.revoked)) \(parts.time($0))" }
                ?? parts.pace(.inTime, parts.say(AdministrationText.valid)),
            token.revokedAt == nil ? revoke : "–",
        ]
    }
}

/// Shows a token for the only time.
struct NewTokenPage {
    let call: Call
    let reply: JSONValue

    func answer() -> Answer {
        let parts = call.parts
        let secret: HTML =
            reply["token"]?.asText.map {
                "<p class=\"keep\"><code class=\"key\">\($0)</code></p><p>\(parts.say(AdministrationText.shownOnce))</p>"
            } ?? "<p class=\"notice\">\(parts.say(AdministrationText.shownBefore))</p>"
        return AdministrationFrame(call: call).page(
            AdministrationText.tokens, at: .tokens,
            """
            <section class="lead"><h1>\(parts.say(AdministrationText.newToken)): \(reply["name"]?.asText ?? "")</h1>
            \(secret)
            <p><a class="button" href="\(Link.tokens.with(parts.language))">\(parts.say(AdministrationText.goOn))</a></p></section>
            """
        ).answer(201)
    }
}
