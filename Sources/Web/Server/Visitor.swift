import Casework
import HTTPTypes
import Hummingbird
import Store
import Workflow

/// Who asks, and by what we know them.
enum Visitor: Sendable {
    case nobody
    /// The bearer of an API token.
    case token(Actor)
    /// Someone who logged in.
    case person(Session)
    /// Who showed the tracking code of this case or work order, and keeps it in a cookie.
    case tourist(number: String, csrf: String)

    var actor: Actor {
        switch self {
        case .nobody, .tourist: .tourist
        case .token(let actor): actor
        case .person(let session): session.person.actor
        }
    }

    /// Whether the actor has a name of their own.
    var isNamed: Bool {
        switch self {
        case .token, .person: true
        case .nobody, .tourist: false
        }
    }

    var session: Session? { if case .person(let session) = self { session } else { nil } }

    /// What a form that comes from this visitor must bring along; nil where no cookie admits anyone.
    var csrf: String? {
        switch self {
        case .person(let session): session.csrf
        case .tourist(_, let csrf): csrf
        case .nobody, .token: nil
        }
    }

    func may(_ action: Permissions.Action) -> Bool { Permissions.permit(actor.roles, action) }
    func may(_ command: Command.Kind) -> Bool { Permissions.permit(actor.roles, command) }
}

/// The cookies of the pages. They are read for pages only: the API takes tokens.
enum Cookie {
    /// The secret of a log-in.
    static let session = "amends-session"
    /// The same where the service is reached over TLS: browsers take it from nowhere else.
    static let secureSession = "__Host-amends-session"
    /// `NUMBER.CODE` of a case or work order: the code is the secret, and is checked with each request.
    static let tourist = "amends-case"

    static func read(_ name: String, of request: Request) -> String? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else {
                    continue
                }
                return parts[1].utf8.count <= 512 ? String(parts[1]) : nil
            }
        }
        return nil
    }

    /// - Parameter isSecure: Whether only TLS may carry it.
    static func written(_ name: String, _ value: String, isSecure: Bool) -> String {
        "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    static func cleared(_ name: String, isSecure: Bool) -> String {
        written(name, "", isSecure: isSecure) + "; Max-Age=0"
    }
}

/// What a tourist's browser keeps: `NUMBER.CODE.PROOF`.
struct TouristCookie: Sendable {
    let number: String
    /// The digits of the tracking code.
    let code: String
    private let proof: String

    /// - Parameter key: Of the service that checked the code.
    init(number: String, code: String, provenBy key: String) {
        self.number = number
        self.code = code.filter(\.isNumber)
        proof = Self.proof(number, self.code, key)
    }

    init?(_ request: Request) {
        guard let value = Cookie.read(Cookie.tourist, of: request) else { return nil }
        let parts = value.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { return nil }
        (number, code, proof) = (parts[0], parts[1], parts[2])
    }

    func isProven(by key: String) -> Bool { proof == Self.proof(number, code, key) }

    var written: String { "\(number).\(code).\(proof)" }

    private static func proof(_ number: String, _ code: String, _ key: String) -> String {
        String(sha256Hex("proof/\(key)/\(number)/\(code)").prefix(32))
    }
}
