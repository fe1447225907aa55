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
    let fundGlance = FundGlanceCache()
    let examinations = ExaminationCache()
    let backtests = Turnstile()
    let document: String
    let style: Asset
    /// What each command is called, by its route's id.
    let commands: [String: Phrase]
    /// Whether cookies may travel over TLS only.
    let isSecure: Bool
    /// Made at each start: proves that a tourist's cookie was written after its code was checked.
    let proofKey: String
    /// Public filings by one address.
    private let filings: RateLimit
    /// Tracking codes tried by one address, and for one case or work order.
    private let codes: RateLimit
    /// Copies of one's own data that a case or work order gives.
    private let exports = RateLimit(burst: 3, everySeconds: 600)
    /// Passwords and codes tried by one address, for whatever account.
    let logIns: RateLimit
    /// How often one person may ask what the policy would say.
    let previews = RateLimit(burst: 20, everySeconds: 0.5)
    let live: LiveBoard
    /// Where events may be sent.
    let webhookReach: WebhookReach
    /// The name and port by which browsers know the service, where it is set.
    let publicAuthority: String?
    /// Nil where people log in by password alone.
    let provider: IdentityProvider?

    init(
        office: Office, limits: Limits, document: String, provider: IdentityProvider? = nil
    ) {
        self.provider = provider
        live = LiveBoard(limits.live)
        webhookReach = limits.webhookReach
        self.office = office
        self.document = document
        style = .style
        isSecure = limits.isSecure
        publicAuthority = limits.publicAuthority
        var generator = SystemRandomNumberGenerator()
        proofKey = freshSecret(using: &generator)
        commands = Dictionary(
            Routes.api.filter(\.isCommand).map { ($0.id, $0.summary) },
            uniquingKeysWith: { first, _ in first })
        filings = RateLimit(burst: limits.filings, everySeconds: limits.secondsPerFiling)
        codes = RateLimit(burst: limits.codes, everySeconds: limits.secondsPerCode)
        logIns = RateLimit(burst: limits.logIns, everySeconds: limits.secondsPerLogIn)
    }

    /// How often one address may do what needs no token.
    struct Limits: Sendable {
        var filings = 10
        var isSecure = false
        var publicAuthority: String?
        var secondsPerFiling = 30.0
        var codes = 10
        var secondsPerCode = 20.0
        var logIns = 30
        var secondsPerLogIn = 6.0
        var live = LiveBoard.Limits()
        var webhookReach = WebhookReach.publicOnly
    }

    func answer(_ route: Route, _ request: Request, _ context: WebContext) async throws -> Answer {
        if route.isPage, route.method == .post { try refuseForeign(request) }
        let visitor = try await visitor(route, request, context)
        try admit(visitor, to: route)
        if route.isTaken(byAddressOf: visitor) { try admit(filings, context.household) }
        let call = Call(
            request: request, context: context, desk: self, route: route, visitor: visitor)
        if !route.isOpen311 { try call.checkQuery() }
        return try await route.handle(call)
    }

    /// Who asks. Pages know people by a cookie, the API by a token only: what a browser sends unasked
    /// must not be able to command.
    private func visitor(
        _ route: Route, _ request: Request, _ context: WebContext
    ) async throws -> Visitor {
        if let token = try await bearer(request) { return .token(token) }
        if route.isPage {
            // Who must first give a code or choose a password is nobody to all other pages.
            if let session = try await session(request),
                route.isOfLogIn || session.pending(office.accounts.terms) == nil
            {
                return .person(session)
            }
            let number = context.parameters.get("order") ?? context.parameters.get("case")
            if route.access.takesTrackingCode, let number,
                let cookie = TouristCookie(request), let own = CaseNumber.read(number)?.text,
                own == cookie.number
            {
                // A code that was checked before is not counted as a try again.
                try await check(cookie.code, context, isTry: !cookie.isProven(by: proofKey))
                let code = cookie.code
                // Whoever knows the code may command anyway; another site knows neither.
                let csrf = String(sha256Hex("csrf/\(own)/\(code)").prefix(32))
                return .tourist(number: own, csrf: csrf)
            }
            return .nobody
        }
        if route.access.takesTrackingCode, let code = request.headers[.trackingCode] {
            try await check(code, context)
            return .tourist(number: "", csrf: "")
        }
        return .nobody
    }

    private func admit(_ visitor: Visitor, to route: Route) throws(Problem) {
        switch visitor {
        case .token(let actor): try admit(actor, to: route)
        case .person(let session): try admit(session.person.actor, to: route)
        case .tourist:
            guard route.access.takesTrackingCode else { throw .forbidden }
        case .nobody:
            if route.access.isOpen { return }
            if route.isPage { throw route.access == .trackingCode ? .trackingNeeded : .logInNeeded }
            throw route.access == .trackingCode ? .trackingCodeWrong : .unauthenticated
        }
    }

    private func admit(_ actor: Actor, to route: Route) throws(Problem) {
        if let roles = route.access.roles, roles.isDisjoint(with: actor.roles) { throw .forbidden }
        if route.access == .trackingCode { throw .forbidden }
    }

    private func session(_ request: Request) async throws -> Session? {
        let secret =
            Cookie.read(Cookie.secureSession, of: request)
            ?? Cookie.read(Cookie.session, of: request)
        guard let secret, !secret.isEmpty else { return nil }
        let hash = sha256Hex(secret)
        let now = office.now()
        guard let session = try await office.read({ try $0.session(ofHash: hash, at: now) }) else {
            return nil
        }
        // A page that asks for itself again keeps nobody logged in.
        if request.headers[.refresh] == nil { try await office.touch(session) }
        return session
    }

    /// A browser says where a form came from; one of another site is refused before it is read.
    private func refuseForeign(_ request: Request) throws(Problem) {
        if let site = request.headers[.fetchSite], site != "same-origin", site != "none" {
            throw .foreignForm
        }
        // Our own pages send no referrer, and with it the origin `null`.
        guard let origin = request.headers[.origin], origin != "null",
            let host = request.head.authority
        else { return }
        let place = origin.split(separator: "/").last.map(String.init)
        // A proxy may ask us by another name than the browser asked it.
        guard place == host || place != nil && place == publicAuthority else { throw .foreignForm }
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
    ///
    /// - Parameter isTry: Whether it counts against those that an address and a case may try.
    func check(
        _ code: String, _ context: WebContext, number: String? = nil, isTry: Bool = true
    ) async throws {
        if isTry { try admit(codes, "address/\(context.household)") }
        // The numbers of cases and of work orders are of one kind, and never the same.
        let name =
            number ?? context.parameters.get("order") ?? context.parameters.get("case") ?? ""
        guard let id = CaseNumber.read(name) else { throw Problem.trackingCodeWrong }
        if isTry { try admit(codes, "case/\(id)") }
        let hash = sha256Hex(code.filter { $0 != " " && $0 != "-" })
        guard try await office.read({ try $0.isTrackingCode(hash, of: id.text) }) else {
            throw Problem.trackingCodeWrong
        }
    }

    /// Counts a try at something of a case by whoever it is: by address, and by the number as typed,
    /// whether or not there is such a case.
    func admitTry(_ what: String, of number: String, _ context: WebContext) throws(Problem) {
        try admit(codes, "\(what)/address/\(context.address)")
        let name = CaseNumber.read(number)?.text ?? String(number.prefix(40))
        try admit(codes, "\(what)/case/\(name)")
    }

    func admitExport(of subject: String) throws(Problem) { try admit(exports, subject) }

    func admit(_ limit: RateLimit, _ key: String) throws(Problem) {
        if let seconds = limit.take(key, at: office.now()) { throw .tooMany(retryAfter: seconds) }
    }
}
