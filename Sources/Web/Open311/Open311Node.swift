import HTTPTypes
import Hummingbird
import NIOCore

/// What Open311 answers, before it is written as JSON or as XML.
indirect enum Open311Node: Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    /// Null in JSON, an empty element in XML.
    case nothing
    case object([(name: String, value: Open311Node)])
    /// A list in JSON; in XML one element of this name each.
    case list(item: String, [Open311Node])

    static func text(_ text: String?) -> Open311Node { text.map { .text($0) } ?? .nothing }

    var json: JSONValue {
        switch self {
        case .text(let text): .text(text)
        case .number(let number): .number(String(number))
        case .flag(let flag): .flag(flag)
        case .nothing: .null
        case .object(let members):
            .object(members.map { .init(name: $0.name, value: $0.value.json) })
        case .list(_, let items): .array(items.map(\.json))
        }
    }

    /// - Parameter name: Of the element.
    func xml(_ name: String) -> String {
        let content =
            switch self {
            case .text(let text): Self.escaped(text)
            case .number(let number): String(number)
            case .flag(let flag): String(flag)
            case .nothing: ""
            case .object(let members): members.map { $0.value.xml($0.name) }.joined()
            case .list(let item, let items): items.map { $0.xml(item) }.joined()
            }
        return content.isEmpty ? "<\(name)/>" : "<\(name)>\(content)</\(name)>"
    }

    /// Without what XML 1.0 cannot hold at all.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\u{FFFE}", "\u{FFFF}": break
            case _ where scalar.value < 0x20 && !"\n\r\t".unicodeScalars.contains(scalar): break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

/// In which form: the end of the address says.
enum Open311Form: String, CaseIterable, Sendable {
    case json, xml

    var mediaType: String {
        switch self {
        case .json: "application/json; charset=utf-8"
        case .xml: "text/xml; charset=utf-8"
        }
    }

    /// - Parameter root: The root's name in XML.
    func answer(_ root: String, _ node: Open311Node, status: Int = 200) -> Answer {
        let text =
            switch self {
            case .json: node.json.written
            case .xml: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + node.xml(root)
            }
        return Answer(status, mediaType, ByteBuffer(string: text))
    }

    /// Of an address; JSON where it has no end, so that a refusal has a form as well.
    init(path: String) {
        self = path.hasSuffix(".xml") ? .xml : .json
    }
}

/// Refusals as Open311 writes them: one entry an error, with a code and a sentence.
enum Open311Refusal {
    static func answer(_ problem: Problem, path: String) -> Answer {
        // The specification knows 400, 403 and 404; what else there is keeps its own status.
        let status =
            switch problem.status {
            case 401: 403
            case 422: 400
            default: problem.status
            }
        func error(_ text: String) -> Open311Node {
            .object([("code", .number(status)), ("description", .text(text))])
        }
        let errors: [Open311Node] =
            problem.errors.isEmpty
            ? [error("\(problem.code): \(problem.detail.zh) / \(problem.detail.en)")]
            : problem.errors.map {
                error("\(argument($0.field)): \($0.text.zh) / \($0.text.en)")
            }
        var answer = Open311Form(path: path)
            .answer("errors", .list(item: "error", errors), status: status)
        if let seconds = problem.retryAfter {
            answer.headers.append((.retryAfter, String(seconds)))
        }
        return answer
    }

    /// What Open311 calls the field of our form.
    private static func argument(_ field: String) -> String {
        switch field {
        case "claimant.name", "caller.name": "last_name"
        case "claimant.phone", "caller.phone": "phone"
        case "story", "text": "description"
        case "matter", "kind": "service_code"
        case "place": "address_string"
        case "claimant.identity": "attribute[identity]"
        case "payee.account", "payee.name": "attribute[account]"
        case "paid_fen": "attribute[paid]"
        case "claimed_fen": "attribute[claimed]"
        case "transferred_from", "number_elsewhere": "attribute[number_elsewhere]"
        case let fact where fact.hasPrefix("facts."): "attribute[\(fact.dropFirst(6))]"
        case let own where Open311Service.attributes.contains(own): "attribute[\(own)]"
        default: field
        }
    }
}
