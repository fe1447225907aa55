import Casework
import Courier
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
