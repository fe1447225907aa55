import Casework
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Workflow

/// The API's commands on a case and on the fund as pages: `POST /api/v1/cases/{case}/approval` takes JSON, and
/// `/cases/{case}/approval` shows the same form, takes what a browser sends, and gives the same command.
enum CommandPages {
    /// - Parameter claimed: Addresses that a page of its own answers: `GET /merchants`.
    static func all(of commands: [Route], beside claimed: [Route]) -> [Route] {
        func isFree(_ method: HTTPRequest.Method, _ path: String) -> Bool {
            !claimed.contains { $0.method == method && $0.path == path }
        }
        return commands.filter(\.hasPage).flatMap { command in
            [HTTPRequest.Method.get, .post].filter { isFree($0, command.pagePath) }.map { method in
                page(of: command, method)
            }
        }
    }

    private static func page(of command: Route, _ method: HTTPRequest.Method) -> Route {
        Route(
            method: method, path: command.pagePath,
            id: command.id + (method == .get ? "Form" : "Page"), summary: command.summary,
            access: command.access,
            query: method == .get
                ? [PageRoutes.language, PageRoutes.version] : [PageRoutes.language],
            success: .page
        ) { call in
            method == .get
                ? CommandPage(command: command, call: call).answer()
                : try await CommandPage(command: command, call: call).submit()
        }
    }
}

extension Route {
    /// The commands on a case and on the fund: their effect is seen on a page. What answers something that
    /// is shown once, or has no page to lead back to, is for programs.
    var hasPage: Bool {
        guard case .form = body, method == .post else { return false }
        return path.hasPrefix("/api/v1/cases/{case}/") || path.hasPrefix("/api/v1/fund/")
    }

    var pagePath: String { String(path.dropFirst("/api/v1".count)) }
}

/// One command's form, shown and submitted.
struct CommandPage {
    let command: Route
    let call: Call
    var entries = FormEntries()
    var problem: Problem?

    private var schema: JSONValue {
        guard case .form(let form) = command.body else { return .object([]) }
        return Fields.schema(of: form)
    }

    /// Where the thing itself is shown.
    private var home: Link {
        if let number = call.context.parameters.get("case") {
            let id = ID<Case>(number)
            if call.actor.roles == [.merchant] { return .own(id) }
            return call.visitor.isNamed ? .page(id) : .tracking(id)
        }
        return .money
    }

    func answer(_ status: Int = 200) -> Answer {
        let parts = Parts(language: call.language)
        let title = parts.say(command.summary)
        let version = entries["version"] ?? call.queryIfKnown("version") ?? ""
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        let form = FormMarkup(
            parts: parts, entered: entries, problems: problem?.errors ?? [],
            choices: call.editionChoices)
        let content: HTML = """
            <section class="lead"><p class="crumb"><a href="\(home.with(call.language))">\(parts.word(.back))</a></p>
            <h1>\(title)</h1></section>
            \(wrong)
            <form class="command" method="post" action="\(call.ownLink.with(call.language))">
            \(call.hidden(key: entries["key"], version: version))
            \(form.fields(schema))
            <p class="act"><button>\(title)</button> <a href="\(home.with(call.language))">\(parts.word(.cancel))</a></p>
            </form>
            """
        return call.page(title, section: nil, at: call.ownLink, content).answer(status)
    }

    /// Does it, and leads back to where the thing is shown; or shows the form again with what was entered.
    func submit() async throws -> Answer {
        var page = self
        page.entries = try await call.entries()
        let edition = call.edition
        let json = EntryJSON(entries: page.entries, zone: call.zone) { name in
            edition?.factKind(name)?.shape ?? .text
        }.object(schema)
        do {
            _ = try await command.handle(
                call.asking(
                    command, json: json, key: page.entries["key"], version: page.entries["version"])
            )
        } catch {
            let problem = try call.shown(error)
            page.problem = problem
            return page.answer(problem.status)
        }
        return call.redirect(to: home.with("done", command.id))
    }
}

extension FactKind {
    var shape: EntryJSON.FactShape {
        switch type {
        case .integer: .integer
        case .flag: .flag
        case .texts, .amounts: .list
        case .money, .text, .day, .moment: .text
        }
    }
}

/// What was wrong, above a form.
struct ProblemPart {
    let parts: Parts
    let problem: Problem
    /// What a field is called where the catalogue of fields does not know it; by its path.
    var label: (String) -> Phrase? = { _ in nil }

    var markup: HTML {
        // A field's own problem stands beside it as well; here the reader finds them all.
        let items: [HTML] = problem.errors.map { each in
            "<li>\(parts.told(name(of: each.field))): \(parts.say(each.text))</li>"
        }
        let list: HTML = items.isEmpty ? .empty : "<ul>\(items)</ul>"
        let detail: HTML = items.isEmpty ? "<p>\(parts.say(problem.detail))</p>" : .empty
        return """
            <section class="problem" role="alert" tabindex="-1"><h2>\(parts.say(problem.title))</h2>
            \(detail)\(list)</section>
            """
    }

    private func name(of field: String) -> Phrase {
        label(field)
            ?? FieldNames.label(String(field.split(separator: ".").last ?? ""), .null)
    }
}
