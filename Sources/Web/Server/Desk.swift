import Casework
import HTTPTypes
import Hummingbird
import Ledger
import Store
import Workflow

/// Where every request is received: who asks, may they, and the answer.
final class Desk: Sendable {
    let office: Office
    let fundStatement = FundStatementCache()
    let document: String
    let style: Asset
    /// Public filings by one address.
    private let filings: RateLimit
    /// Tracking codes tried by one address, and for one case or work order.
    private let codes: RateLimit

    init(office: Office, limits: Limits, document: String) {
        self.office = office
        self.document = document
        style = .style
        filings = RateLimit(burst: limits.filings, everySeconds: limits.secondsPerFiling)
        codes = RateLimit(burst: limits.codes, everySeconds: limits.secondsPerCode)
    }

    /// How often one address may do what needs no token.
    struct Limits: Sendable {
        var filings = 10
        var secondsPerFiling = 30.0
        var codes = 10
        var secondsPerCode = 20.0
    }

    func answer(_ route: Route, _ request: Request, _ context: WebContext) async throws -> Answer {
        let token = try await bearer(request)
        var actor = Actor.tourist
        if let token {
            actor = token
            if let roles = route.access.roles, roles.isDisjoint(with: token.roles) {
                throw Problem.forbidden
            }
            if route.access == .trackingCode { throw Problem.forbidden }
        } else if !route.access.isOpen {
            guard route.access.takesTrackingCode, let code = request.headers[.trackingCode] else {
                throw route.access == .trackingCode ? Problem.trackingCodeWrong : .unauthenticated
            }
            try await check(code, context)
        } else if route.access.isFiling {
            try admit(filings, context.address)
        }
        let call = Call(
            request: request, context: context, desk: self, route: route, actor: actor,
            hasToken: token != nil)
        try call.checkQuery()
        return try await route.handle(call)
    }

    /// Nil without an Authorization header; a token that is unknown or revoked is always refused.
    private func bearer(_ request: Request) async throws -> Actor? {
        guard let header = request.headers[.authorization] else { return nil }
        guard header.lowercased().hasPrefix("bearer "), header.utf8.count <= 512 else {
            throw Problem.tokenUnknown
        }
        // Looked up under its SHA-256, so that no comparison can be timed, and a revocation counts at once.
        let hash = sha256Hex(String(header.dropFirst("bearer ".count)))
        guard let actor = try await office.read({ try $0.bearer(ofHash: hash) }) else {
            throw Problem.tokenUnknown
        }
        return actor
    }

    /// The same answer for an unknown case or work order and for a wrong code: neither is told apart by trying.
    private func check(_ code: String, _ context: WebContext) async throws {
        try admit(codes, "address/\(context.address)")
        // The numbers of cases and of work orders are of one kind, and never the same.
        let name = context.parameters.get("order") ?? context.parameters.get("case") ?? ""
        guard let id = CaseNumber.read(name) else { throw Problem.trackingCodeWrong }
        try admit(codes, "case/\(id)")
        let hash = sha256Hex(code.filter { $0 != " " && $0 != "-" })
        guard try await office.read({ try $0.trackingCodeHash(of: id) }) == hash else {
            throw Problem.trackingCodeWrong
        }
    }

    private func admit(_ limit: RateLimit, _ key: String) throws(Problem) {
        if let seconds = limit.take(key, at: office.now()) { throw .tooMany(retryAfter: seconds) }
    }
}
