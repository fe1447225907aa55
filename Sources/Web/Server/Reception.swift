import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
package import Workflow

/// The offices of one process, and which of them a request is for.
///
/// With one office every host leads to it. With several each has hosts of its own, and an office may be opened
/// later than the service: until then its hosts are told to try again, and the others are served.
package final class Reception: Sendable {
    let settings: WebSettings
    /// The office's name by host; nil where one answers at whatever host.
    private let names: [String: String]?
    /// Each office's name, in their order.
    private let expected: [String]
    private let document: String
    private let desks = Mutex<[String: Desk]>([:])
    private let isClosing = Atomic<Bool>(false)

    /// The name of an office that is alone.
    private static let alone = ""

    /// One office, asked at any host.
    package convenience init(one office: Office, settings: WebSettings = WebSettings()) {
        self.init(names: nil, expected: [Self.alone], settings)
        open(office, named: Self.alone, settings: settings)
    }

    /// Several, each at its hosts, which are in small letters and without a port.
    package convenience init(_ offices: [OfficesFile.Entry], settings: WebSettings) {
        let pairs = offices.flatMap { office in office.hosts.map { ($0, office.name) } }
        self.init(
            names: Dictionary(pairs, uniquingKeysWith: { first, _ in first }),
            expected: offices.map(\.name), settings)
    }

    private init(names: [String: String]?, expected: [String], _ settings: WebSettings) {
        (self.names, self.expected, self.settings) = (names, expected, settings)
        document = OpenAPIDocument.make(Routes.all).written
    }

    /// From now on `office` answers.
    ///
    /// - Parameter settings: Its own public address, provider and reach; how to listen is the reception's.
    package func open(_ office: Office, named name: String, settings own: WebSettings) {
        precondition(expected.contains(name), "no office is called \(name)")
        if isClosing.load(ordering: .relaxed) { office.vitals.shutDown() }
        let desk = Desk(
            office: office, limits: Desk.Limits(own), document: document, provider: own.provider)
        desks.withLock { $0[name] = desk }
    }

    /// Those that are open, in order, each with its name; an office that is alone has none.
    package var offices: [(name: String, office: Office)] {
        desks.withLock { desks in
            expected.compactMap { name in desks[name].map { (name, $0.office) } }
        }
    }

    /// What stands in the way of taking work, by office; none where all do.
    package var faults: [(name: String, faults: [Vitals.Fault])] {
        let open = Dictionary(
            offices.map { ($0.name, $0.office) }, uniquingKeysWith: { first, _ in first })
        return expected.map { ($0, open[$0]?.faults ?? [.starting]) }.filter { !$0.1.isEmpty }
    }

    /// From now on nothing new should be sent here.
    package func shutDown() {
        isClosing.store(true, ordering: .relaxed)
        for (_, office) in offices { office.vitals.shutDown() }
    }

    func desk(for request: Request) throws(Problem) -> Desk {
        guard let names else { return try desk(named: Self.alone) }
        guard let host = Self.host(of: request.head.authority), let name = names[host] else {
            throw .misdirected
        }
        return try desk(named: name)
    }

    private func desk(named name: String) throws(Problem) -> Desk {
        guard let desk = desks.withLock({ $0[name] }) else { throw .officeStarting }
        return desk
    }

    /// The answer to a balancer that asks for the process, by whatever host it knows it; nil where the request
    /// is another, or one office is alone and answers itself.
    func probe(_ request: Request) throws(Problem) -> Answer? {
        guard names != nil, request.method == .get || request.method == .head else { return nil }
        switch request.uri.path {
        case "/healthz": return whole(Answer(HealthView(status: "ok")), request)
        case "/readyz":
            let faults = faults
            if !faults.isEmpty { throw Problem(notReady: faults) }
            let newer = Set(offices.flatMap { $0.office.vitals.newerSteps })
            let view = ReadinessView(status: "ready", newerSchema: newer.sorted())
            return whole(Answer(view), request)
        default: return nil
        }
    }

    /// Without its body where only the head is asked for.
    private func whole(_ answer: Answer, _ request: Request) -> Answer {
        var answer = answer
        if request.method == .head { answer.body = ByteBuffer() }
        return answer
    }

    /// `Sanya.Example.:8080`: `sanya.example`.
    static func host(of authority: String?) -> String? {
        guard var host = authority?.lowercased()[...], !host.isEmpty else { return nil }
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") { host = host[..<colon] }
        if host.last == "." { host.removeLast() }
        return host.isEmpty ? nil : String(host)
    }
}

extension Desk.Limits {
    fileprivate init(_ settings: WebSettings) {
        self.init()
        filings = settings.filingsPerAddress
        secondsPerFiling = settings.secondsPerFiling
        codes = settings.codesPerAddress
        secondsPerCode = settings.secondsPerCode
        logIns = settings.logInsPerAddress
        secondsPerLogIn = settings.secondsPerLogIn
        isSecure = settings.isEncrypted
        live = settings.live
        webhookReach = settings.webhookReach
        publicAuthority = settings.publicURL.flatMap {
            $0.split(separator: "/").dropFirst().first
        }.map(String.init)
    }
}

extension Problem {
    /// No office of this process has the host that was asked for. It names none that has.
    static let misdirected = Problem(
        421, "misdirected", Phrase("此网址不在这里", "This address is not served here"),
        Phrase("这里没有以此网址开设的服务，请核对网址。", "Nothing is served here at this address: check it."))

    /// The office at this host could not be opened yet; it is tried again by itself.
    static let officeStarting = {
        var problem = Problem(
            503, "starting", Phrase("请稍后再试", "Try again later"),
            Phrase("服务正在启动。", "The service is starting."))
        problem.retryAfter = 5
        return problem
    }()

    init(notReady offices: [(name: String, faults: [Vitals.Fault])]) {
        self.init(notReady: offices.flatMap(\.faults))
        errors = offices.flatMap { office in
            Problem(notReady: office.faults).errors.map { error in
                guard !office.name.isEmpty else { return error }
                return FieldProblem(
                    field: "\(office.name).\(error.field)",
                    text: Phrase(
                        "\(office.name)：\(error.text.zh)", "\(office.name): \(error.text.en)"))
            }
        }
    }
}
