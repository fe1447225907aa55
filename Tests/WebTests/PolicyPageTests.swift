import Casework
import Courier
import Foundation
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// The policies as people read them in a browser without script.
struct PolicyPageTests {
    private func add(_ name: String, _ role: Role, to service: Service) async throws -> Browser {
        _ = try await service.addPerson(
            name, PersonDraft(name: name, displayName: name, roles: [role]))
        let browser = Browser(service)
        _ = try await browser.logIn(name, Service.password)
        return browser
    }

    @Test func `editions are listed with their days, and each table is read rule by rule`()
        async throws
    {
        try await Service.run(secondFactor: .off) { service in
            let huang = try await add("huang", .policyOfficer, to: service)
            let list = try await huang.open("/policies")
            #expect(list.text.contains("/policies/sanya%2F2024-02-05?"), "\(list.text)")
            #expect(list.text.contains("/policies/sanya%2Fhotline%2F2023-01-01?"))
            let page = try await huang.open("/policies/sanya%2F2024-02-05")
            #expect(page.text.contains("/policies/sanya%2F2024-02-05/models/advance?"))
            #expect(page.text.contains("caseCap"))
            // What is in force is neither submitted nor withdrawn.
            #expect(!page.text.contains("/editions/"))
            let tables = try await huang.open("/policies/sanya%2F2024-02-05/models/advance")
            #expect(tables.text.contains("class=\"rules\"") && tables.text.contains("hit-policy"))
            let english = try await huang.open(
                "/policies/sanya%2F2024-02-05/models/advance?lang=en")
            #expect(english.text.contains("at most") || english.text.contains("less than"))
            #expect(try await huang.open("/policies/sanya%2F1999-01-01").status == 404)
            #expect(try await huang.open("/policies/sanya%2F2024-02-05/models/x").status == 404)
            #expect(try await huang.open("/policies/..%2F..%2Fetc").status == 404)
        }
    }

    @Test func `check, difference and backtest are said in words, and change nothing`()
        async throws
    {
        try await Service.run(secondFactor: .off) { service in
            let huang = try await add("huang", .policyOfficer, to: service)
            _ = try await service.filePaid()
            let check = try await huang.open("/policies/sanya%2F2024-02-05/check")
            #expect(check.status == 200 && check.text.contains(PolicyText.checkLead.zh))
            let diff = try await huang.open(
                "/policies/sanya%2F2024-02-05/difference?from=sanya%2F2023-04-27")
            #expect(diff.status == 200 && diff.text.contains("2023-04-27 → 2024-02-05"))
            #expect(
                try await huang.open("/policies/sanya%2F2024-02-05/difference?from=none").status
                    == 404)
            try await huang.open("/policies/sanya%2F2026-03-08")
            let report = try await huang.send("/policies/sanya%2F2026-03-08/backtest", [])
            #expect(report.status == 200 && report.text.contains(PolicyText.cost.zh))
            let events = try await service.office.read { try $0.storeCounts().caseEvents }
            let again = try await huang.send("/policies/sanya%2F2026-03-08/backtest", [])
            #expect(again.status == 200)
            #expect(try await service.office.read { try $0.storeCounts().caseEvents } == events)
        }
    }

    @Test
    func `an edition that lies ahead is withdrawn with a reason, and another's token is refused`()
        async throws
    {
        try await Service.run(secondFactor: .off) { service in
            let fu = try await add("fu", .supervisor, to: service)
            let page = try await fu.open("/policies/sanya%2F2026-03-08")
            #expect(page.text.contains("/editions/2026-03-08/withdrawal?"), "\(page.text)")
            try await fu.open("/editions/2026-03-08/withdrawal")
            #expect(
                try await fu.send(
                    "/editions/2026-03-08/withdrawal", [("reason", "x"), ("key", "w")],
                    csrf: "00"
                ).status == 403)
            try await fu.open("/editions/2026-03-08/withdrawal")
            let empty = try await fu.send("/editions/2026-03-08/withdrawal", [("key", "w-1")])
            #expect(empty.status == 400 && empty.text.contains("aria-invalid"))
        }
    }

    /// Sanya's policies in a folder of the test's own, where drafts may be put.
    private func withPolicies(_ body: (URL) async throws -> Void) async throws {
        let files = FileManager.default
        let home = files.temporaryDirectory.appending(
            path: "amends-policies-\(UInt64.random(in: 0...UInt64.max))")
        try files.createDirectory(at: home, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: home) }
        for name in ["sanya", "calendar"] {
            try files.copyItem(
                at: URL(filePath: Service.folder(of: name)), to: home.appending(path: name))
        }
        try await body(home.appending(path: "sanya"))
    }

    private static let draft = """
        edition:
          from: 2027-01-01
          extends: 2026-03-08
          zh: 答复期限十天
          en: Ten days to answer
        parameters:
          recoveryResponseDays: {value: 10, unit: days, status: K, source: 试拟}

        """

    @Test func `a draft is found, compared, submitted by one and approved by another`() async throws
    {
        try await withPolicies { folder in
            try await Service.run(policies: folder.path, secondFactor: .off) { service in
                let huang = try await add("huang", .policyOfficer, to: service)
                let fu = try await add("fu", .supervisor, to: service)
                let place = folder.appending(path: "2027-01-01")
                try FileManager.default.createDirectory(
                    at: place, withIntermediateDirectories: true)
                try Data(Self.draft.utf8).write(to: place.appending(path: "jurisdiction.yaml"))
                let list = try await huang.open("/policies")
                #expect(list.text.contains("/policies/2027-01-01?"), "\(list.text)")
                let page = try await huang.open("/policies/2027-01-01")
                #expect(page.text.contains(PolicyText.state("draft").zh))
                let diff = try await huang.open(
                    "/policies/2027-01-01/difference?from=sanya%2F2026-03-08")
                #expect(diff.text.contains("recoveryResponseDays"), "\(diff.text)")
                let check = try await huang.open("/policies/2027-01-01/check")
                #expect(check.text.contains("可以提交"), "\(check.text)")

                try await huang.open("/editions/2027-01-01/submission")
                let sent = try await huang.send(
                    "/editions/2027-01-01/submission", [("key", "s-1")])
                #expect(sent.status == 303, "\(sent.text)")
                let own = try await huang.open(sent.headers["location"] ?? "")
                #expect(own.text.contains(PolicyText.ownSubmission.zh), "\(own.text)")
                #expect(!own.text.contains("/approval?"))
                try await fu.open("/policies/2027-01-01")
                #expect(fu.page?.text.contains("/editions/2027-01-01/approval?") == true)
                try await fu.open("/editions/2027-01-01/approval")
                let agreed = try await fu.send(
                    "/editions/2027-01-01/approval", [("key", "s-2")])
                #expect(agreed.status == 303, "\(agreed.text)")
                let after = try await fu.open("/policies")
                #expect(after.text.contains("/policies/sanya%2F2027-01-01?"), "\(after.text)")
            }
        }
    }

    @Test func `policies are read by the roles of the table, and tried by two alone`() async throws
    {
        try await Service.run { service in
            let paths: [(String, Permissions.Action)] = [
                ("/policies", .readPolicies), ("/policies/sanya%2F2024-02-05", .readPolicies),
                ("/policies/sanya%2F2024-02-05/models/advance", .readPolicies),
                ("/calendars", .readPolicies), ("/bureaus", .readPolicies),
                ("/service", .manageTokens), ("/tokens", .manageTokens),
            ]
            for (path, action) in paths {
                for role in Role.allCases where role != .office && role != .tourist {
                    let reply = try await service.send(
                        .get, path, as: role.rawValue, headers: ["Accept": "text/html"])
                    #expect(
                        reply.status == (Permissions.permit([role], action) ? 200 : 403),
                        "\(path) as \(role)")
                }
            }
            for role in Role.allCases where role != .office && role != .tourist {
                let reply = try await service.send(
                    .post, "/policies/sanya%2F2024-02-05/backtest", as: role.rawValue,
                    headers: [
                        "Accept": "text/html",
                        "Content-Type": "application/x-www-form-urlencoded",
                    ])
                let may =
                    Permissions.permit([role], .submitPolicy)
                    || Permissions.permit([role], .approvePolicy)
                #expect(reply.status == (may ? 200 : 403), "\(role)")
            }
        }
    }

    @Test func `only one at a time goes through a turnstile, and it opens again after a failure`()
        async throws
    {
        let turnstile = Turnstile()
        await #expect(throws: Problem.busy(PolicyText.busy)) {
            try await turnstile.alone {
                try await turnstile.alone { Issue.record("two at a time") }
            }
        }
        #expect(try await turnstile.alone { 1 } == 1)
    }
}
