import Casework
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Store
import Workflow

/// What pages need of a request.
extension Call {
    /// The largest form with its files: two of the largest and some more.
    static let filesLimit_bytes = 24 * 1_024 * 1_024

    /// What the page's form sent.
    ///
    /// - Parameter limit: Files want more than what is typed; only forms that take some are read so far.
    /// - Throws: 403 where it does not bring the token of the visitor's own pages: another site sent it.
    func entries(upTo limit: Int = Call.jsonLimit_bytes) async throws -> FormEntries {
        let type = request.headers[.contentType] ?? ""
        let isMultipart = type.lowercased().hasPrefix("multipart/form-data")
        let bytes = try await bytes(upTo: limit)
        let entries: FormEntries
        let mark = type.split(separator: ";").map { $0.drop { $0 == " " } }
            .first { $0.hasPrefix("boundary=") }
        if isMultipart, let mark {
            let boundary = mark.dropFirst("boundary=".count).filter { $0 != "\"" }
            entries = try FormEntries(multipart: bytes, boundary: boundary)
        } else {
            entries = try FormEntries(urlEncoded: bytes)
        }
        if let csrf = visitor.csrf, entries["csrf"] != csrf { throw Problem.foreignForm }
        return entries
    }

    /// What every form carries unseen.
    ///
    /// - Parameters:
    ///   - key: The key of the attempt before, so that a form sent twice does its work once.
    ///   - version: What the reader saw of the thing; empty where it does not matter.
    func hidden(key: String? = nil, version: String = "") -> HTML {
        var generator = SystemRandomNumberGenerator()
        let key = key ?? freshSecret(using: &generator)
        let seen: HTML =
            version.isEmpty
            ? .empty : "<input type=\"hidden\" name=\"version\" value=\"\(version)\">"
        return "\(token)<input type=\"hidden\" name=\"key\" value=\"\(key)\">\(seen)"
    }

    /// What shows that a form is of this visitor's own pages.
    var token: HTML? {
        visitor.csrf.map { "<input type=\"hidden\" name=\"csrf\" value=\"\($0)\">" }
    }

    /// The same visitor asking the API's route for the same thing.
    func asking(
        _ route: Route, json: JSONValue, key: String?, version: String?
    ) -> Call {
        asking(route, body: ByteBuffer(string: json.written), "application/json", key, version)
    }

    func asking(
        _ route: Route, body: ByteBuffer, _ mediaType: String, _ key: String?, _ version: String?,
        query: String = ""
    ) -> Call {
        var head = request.head
        head.path = "/api/v1\(request.uri.path)\(query)"
        head.headerFields = HTTPFields()
        head.headerFields[.contentType] = mediaType
        head.headerFields[.idempotencyKey] = key
        if let version { head.headerFields[.ifMatch] = "\"\(version)\"" }
        return Call(
            request: Request(head: head, body: RequestBody(buffer: body)), context: context,
            desk: desk, route: route, visitor: visitor)
    }

    /// A page in the reader's language, with the navigation that is theirs.
    func page(_ title: String, section: Page.Section?, at address: Link, _ content: HTML) -> Page {
        Page(
            title: title, language: language, address: address, section: section,
            visitor: visitor, services: office.services, languages: languages, notice: notice,
            content: content)
    }

    /// What was just done, in a sentence; nil on other visits.
    var notice: Phrase? {
        guard let id = request.uri.queryParameters.get("done") else { return nil }
        return desk.commands[String(id)].map { Phrase("已完成：\($0.zh)", "Done: \($0.en)") }
    }

    func redirect(to link: Link) -> Answer {
        Answer(303, nil, ByteBuffer()).with(.location, link.with(language).text)
    }

    var parts: Parts { Parts(language: language) }
    var ownLink: Link { .own(request.uri.path) }

    func queryIfKnown(_ name: String) -> String? {
        route.query.contains { $0.name == name } ? query(name) : nil
    }

    /// The edition in force today; where none is, the latest.
    var edition: Edition? { (try? editionInForce()) ?? office.policies.editions.last }

    /// The choices that the edition in force names.
    var editionChoices: [String: [FormMarkup.Choice]] {
        guard let edition else { return [:] }
        func list(_ named: [Named]) -> [FormMarkup.Choice] {
            named.map { .init(code: $0.code, name: Phrase($0.chinese, $0.english)) }
        }
        return [
            "bureau": list(edition.bureaus), "kinds": list(edition.evidence),
            "trade": list(edition.trades),
        ]
    }
}

extension Page {
    /// The same page with the navigation of who asks, and what they just did.
    func shown(to call: Call) -> Page {
        var page = self
        (page.visitor, page.services) = (call.visitor, call.office.services)
        (page.languages, page.notice) = (call.languages, call.notice)
        return page
    }
}

extension Office {
    /// What the navigation shows of it.
    var services: Services {
        var found: Services = []
        if books.hasFund { found.insert(.fund) }
        if hotlinePolicies.editions.contains(where: \.hotline.isOffered) { found.insert(.hotline) }
        return found
    }
}
