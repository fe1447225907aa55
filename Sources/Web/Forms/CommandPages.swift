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
            let context = try await call.formContext(of: command)
            let page = CommandPage(
                command: command, call: call, context: context, entries: context.given)
            return method == .get ? page.answer() : try await page.submit()
        }
    }
}

extension Route {
    /// The commands whose effect is seen on a page. What answers something that is shown once, or has no
    /// page to lead back to, is for programs.
    var hasPage: Bool {
        guard method == .post, CommandEnd.places.contains(where: path.hasPrefix) else {
            return false
        }
        switch body {
        case .form: return true
        case .none: return path.hasPrefix("/api/v1/editions/")
        case .raw: return false
        }
    }

    var pagePath: String { String(path.dropFirst("/api/v1".count)) }
}

/// One command's form, shown and submitted.
struct CommandPage {
    let command: Route
    let call: Call
    let context: FormContext
    var entries = FormEntries()
    var problem: Problem?
    /// Where the form is sent; nil: to the address that shows it.
    var target: Link?

    private var schema: JSONValue {
        guard case .form(let form) = command.body else { return .object([]) }
        return Fields.schema(of: form)
    }

    private var home: Link { CommandEnd.home(of: command, call) }

    func answer(_ status: Int = 200) -> Answer {
        let parts = Parts(language: call.language)
        let title = parts.say(command.summary)
        let version = entries["version"] ?? call.queryIfKnown("version") ?? ""
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        let form = FormMarkup(
            parts: parts, entered: entries, problems: problem?.errors ?? [],
            choices: context.choices, facts: context.facts, leftOut: context.leftOut)
        let about: HTML? = context.about.map { "<p>\(parts.say($0))</p>" }
        let action = target ?? call.ownLink
        let content: HTML = """
            <section class="lead"><p class="crumb"><a href="\(home.with(call.language))">\(parts.word(.back))</a></p>
            <h1>\(title)</h1>\(about)</section>
            \(wrong)
            <form class="command" method="post" action="\(action.with(call.language))">
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
        let json = EntryJSON(
            entries: page.entries, zone: call.zone, factShape: context.factShape
        ).object(schema)
        do {
            let reply = try await command.handle(
                call.asking(
                    command, json: json, key: page.entries["key"], version: page.entries["version"])
            )
            return try await CommandEnd.answer(command, call, reply.json)
        } catch {
            let problem = try call.shown(error)
            page.problem = problem
            return page.answer(problem.status)
        }
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
