import Casework
import HTTPTypes
import NIOCore

/// What all pages of the money have in common: their places, and files that are uploaded.
struct MoneyFrame {
    let call: Call

    private static let places: [(Link, Phrase)] = [
        (.money, MoneyText.overview), (.statements, MoneyText.statements),
        (.suspense, MoneyText.suspense), (.paymentFiles, MoneyText.paymentFiles),
        (.periods, MoneyText.periods), (.receivables, ReceivablesText.title),
        (.balances, Phrase("余额与凭证", "Balances")),
    ]

    /// - Parameter here: Which of the places the page is, or lies below.
    func page(_ title: Phrase, at address: Link, below here: Link, _ content: HTML) -> Page {
        let parts = call.parts
        let entries: [HTML] = Self.places.map { link, name in
            link == here
                ? "<a href=\"\(link.with(parts.language))\" aria-current=\"\(link == address ? "page" : "true")\">\(parts.say(name))</a>"
                : "<a href=\"\(link.with(parts.language))\">\(parts.say(name))</a>"
        }
        return call.page(
            parts.say(title), section: .money, at: address,
            "<nav class=\"places\" aria-label=\"\(parts.say(MoneyText.money))\">\(entries)</nav>\n\(content)"
        )
    }
}

/// A form that takes one file for a command whose body is the file.
struct UploadForm {
    let call: Call
    let action: Link
    let label: Phrase
    let hint: Phrase
    /// Names of types for the browser's chooser.
    let accept: String
    /// What was wrong with the file before.
    var problem: Problem?

    var markup: HTML {
        let parts = call.parts
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        return """
            \(wrong)
            <form class="command" method="post" enctype="multipart/form-data" action="\(action.with(parts.language))">
            \(call.hidden())
            <p class="field"><label for="file">\(parts.say(label))</label><span class="hint" id="file-hint">\(parts.say(hint))</span>
            <input id="file" type="file" name="file" required accept="\(accept)" aria-describedby="file-hint"></p>
            <p class="act"><button>\(parts.say(MoneyText.upload))</button></p>
            </form>
            """
    }
}

extension Call {
    /// Hands the one file of an upload form to the API's command `id`, and gives what it answered.
    ///
    /// - Throws: 400 where no file came; whatever the command throws.
    func upload(to id: String, upTo limit: Int) async throws -> JSONValue {
        let route = api(id)
        let entries = try await entries(upTo: limit + Self.jsonLimit_bytes)
        guard let file = entries.files.first(where: { $0.name == "file" }) else {
            throw Problem.malformedFields([
                FieldProblem(field: "file", text: MoneyText.fileMissing)
            ])
        }
        let answer = try await route.handle(
            asking(
                route, body: ByteBuffer(bytes: file.bytes), "application/octet-stream",
                entries["key"], nil))
        return answer.json
    }
}

extension Answer {
    /// The body as JSON; null where it is none.
    var json: JSONValue { (try? JSONReader.read(Array(body.readableBytesView))) ?? .null }
}

extension JSONValue {
    var asText: String? { if case .text(let text) = self { text } else { nil } }
    var asNumber: Int64? { if case .number(let digits) = self { Int64(digits) } else { nil } }
    var asList: [JSONValue] { if case .array(let values) = self { values } else { [] } }
}
