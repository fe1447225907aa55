import Casework
import HTTPTypes
import Ledger
import Synchronization
import Workflow

/// The policies as people read them, and how an edition comes into force.
enum PolicyPages {
    /// Cases shown with what would become of them.
    static let casesShown = 20

    static let all: [Route] = [
        PageRoutes.page(
            "/policies", "policiesPage", PolicyText.policies, .action(.readPolicies)
        ) { call in
            try await PoliciesPage(call: call).answer()
        },
        PageRoutes.page(
            "/policies/{edition}", "policyPage", Phrase("一个政策版本", "One edition"),
            .action(.readPolicies)
        ) { call in
            let edition = try call.office.editionOrDraft(call.part("edition"))
            return try await EditionPage(call: call, edition: edition).answer()
        },
        PageRoutes.page(
            "/policies/{edition}/models/{model}", "policyModelPage", PolicyText.tables,
            .action(.readPolicies)
        ) { call in
            let edition = try call.office.editionOrDraft(call.part("edition"))
            let name = call.part("model")
            guard let model = edition.models.first(where: { $0.name == name }) else {
                throw Problem.noSuch(PolicyText.tables, name)
            }
            return PolicyTablesPage(call: call, edition: edition, model: model).answer()
        },
        PageRoutes.page(
            "/policies/{edition}/check", "policyCheckPage", PolicyText.check,
            .action(.readPolicies)
        ) { call in
            let examination = try await call.desk.examinations.read(
                call.part("edition"), call.office)
            return PolicyCheckPage(call: call, examination: examination).answer()
        },
        PageRoutes.page(
            "/policies/{edition}/difference", "policyDifferencePage", PolicyText.difference,
            .action(.readPolicies), query: [from]
        ) { call in
            let new = try call.office.editionOrDraft(call.part("edition"))
            let old = try call.office.editionOrDraft(call.query("from") ?? "")
            let diff = try await call.office.difference(old.name, new.name)
            return PolicyDifferencePage(call: call, old: old, new: new, diff: diff).answer()
        },
        PageRoutes.post(
            "/policies/{edition}/backtest", "policyBacktestPage", PolicyText.backtest,
            .either(.submitPolicy, .approvePolicy)
        ) { call in
            _ = try await call.entries()
            let edition = try call.office.editionOrDraft(call.part("edition"))
            let report = try await call.desk.backtests.alone {
                try await call.office.backtest(edition.name, shown: casesShown)
            }
            return BacktestPage(call: call, edition: edition, report: report).answer()
        },
    ]

    private static let from = Route.QueryParameter(
        name: "from", about: Phrase("与哪一版本比", "the edition to compare with"),
        schema: ["type": "string"])
}

/// Lets one in at a time: what takes whole seconds of every core.
final class Turnstile: Sendable {
    private let isTaken = Mutex(false)

    /// - Throws: 503 while another is at it; what `body` throws.
    func alone<T>(_ body: () async throws -> T) async throws -> T {
        let isFree = isTaken.withLock { taken in
            defer { taken = true }
            return !taken
        }
        guard isFree else { throw Problem.busy(PolicyText.busy) }
        defer { isTaken.withLock { $0 = false } }
        return try await body()
    }
}

/// What check and cases said of an edition, as long as its files and cases are the same.
final class ExaminationCache: Sendable {
    private let kept = Mutex<[String: Examination]>([:])
    private static let limit = 16

    func read(_ name: String, _ office: Office) async throws -> Examination {
        let edition = try office.editionOrDraft(name)
        let key = "\(edition.name)/\(edition.hash)/\(edition.casesHash)"
        if let known = kept.withLock({ $0[key] }) { return known }
        let found = try await office.examine(edition.name)
        kept.withLock { kept in
            if kept.count >= Self.limit { kept.removeAll() }
            kept[key] = found
        }
        return found
    }
}

extension Problem {
    static func busy(_ detail: Phrase) -> Problem {
        var problem = Problem(
            503, "busy", Phrase("请稍候", "Wait a moment"), detail)
        problem.retryAfter = 5
        return problem
    }
}

extension Edition {
    /// SHA-256, hex, over its test cases, which its own hash leaves out.
    fileprivate var casesHash: String {
        sha256Hex(caseFiles.map { "\($0.file) \(sha256Hex($0.bytes))" }.joined(separator: "\n"))
    }
}

/// Where an edition and what is said of it are found.
extension Link {
    static let policies = Link.own("").below("policies")
    static func policy(_ edition: String) -> Link { policies.below(edition) }
    static func policyTables(_ model: String, of edition: String) -> Link {
        policy(edition).below("models").below(model)
    }
}
