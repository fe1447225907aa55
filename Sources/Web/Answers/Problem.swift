import Banking
import Casework
import Database
import Hummingbird
import Ledger
import Workflow

/// Why a request was not done, for programs and for people (RFC 9457).
struct Problem: Error, Hashable, Sendable {
    let status: Int
    /// Stable: programs may branch on it.
    let code: String
    /// The same for every problem of this code.
    let title: Phrase
    /// What happened here, and what to do.
    let detail: Phrase
    var errors: [FieldProblem] = []
    /// In seconds.
    var retryAfter: Int?
    /// The methods a path knows.
    var allow: [String] = []

    init(
        _ status: Int, _ code: String, _ title: Phrase, _ detail: Phrase,
        errors: [FieldProblem] = []
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.errors = errors
    }

    /// Every error a handler can throw, as a problem; nil for what is our own mistake.
    init?(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let refusal as Refusal: self.init(refusal)
        case let refusal as OrderRefusal: self.init(refusal)
        case let error as WorkflowError: self.init(error)
        case let error as AccountError: self.init(error)
        case let error as TouristError: self.init(error)
        case let error as WebhookError: self.init(error)
        case let error as PostingError: self.init(error)
        case let error as ClosingError: self.init(error)
        case let error as PolicyError: self.init(error)
        case let refusal as StandingRefusal: self.init(refusal)
        case let refusal as EditionRefusal: self.init(refusal)
        case let error as StatementError: self.init(error)
        case let error as PaymentFileError: self.init(error)
        case let error as PaymentReportError: self.init(error)
        case let error as DatabaseError: self.init(error)
        case let error as HTTPError: self.init(error)
        default: return nil
        }
    }

    /// - Parameter request: The id of the request, for who asks us about it.
    func json(request: String) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "type", value: .text("urn:amends:problem:\(code)")),
            .init(name: "status", value: .number(String(status))),
            .init(name: "code", value: .text(code)),
            .init(name: "title", value: .text(title.zh)),
            .init(name: "title_en", value: .text(title.en)),
            .init(name: "detail", value: .text(detail.zh)),
            .init(name: "detail_en", value: .text(detail.en)),
            .init(name: "instance", value: .text("urn:amends:request:\(request)")),
        ]
        if !errors.isEmpty {
            members.append(
                .init(
                    name: "errors",
                    value: .array(
                        errors.map {
                            .object([
                                "field": .text($0.field), "zh": .text($0.text.zh),
                                "en": .text($0.text.en),
                            ])
                        })))
        }
        return .object(members)
    }

    static let mediaType = "application/problem+json"

    /// The JSON Schema of `json`.
    static let schema: JSONValue = [
        "type": "object",
        "required": [
            "type", "status", "code", "title", "title_en", "detail", "detail_en", "instance",
        ],
        "properties": [
            "type": ["type": "string", "format": "uri"],
            "status": ["type": "integer"],
            "code": ["type": "string", "description": "稳定的代码 / stable code"],
            "title": ["type": "string"], "title_en": ["type": "string"],
            "detail": ["type": "string"], "detail_en": ["type": "string"],
            "instance": ["type": "string", "format": "uri"],
            "errors": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["field", "zh", "en"],
                    "properties": [
                        "field": ["type": "string"], "zh": ["type": "string"],
                        "en": ["type": "string"],
                    ],
                ],
            ],
        ],
    ]
}
