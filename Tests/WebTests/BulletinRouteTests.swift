import Casework
import Courier
import Ledger
import Store
import Testing
import Workflow

@testable import Web

struct BulletinRouteTests {
    /// A registered order that is in the reports as handled by the power company.
    private func reported(_ service: Service) async throws -> String {
        let number = try await service.register().number
        var record = ReportRecord(
            id: number, registered: Day("2024-08-01")!,
            facets: ReportRecord.Facets(
                kind: "complaint", category: "complaint", bureau: "power", channel: "phone"))
        (record.isAccepted, record.isComplaint) = (true, true)
        record.limits[.contact] = .kept
        let wanted = record
        try await service.office.work { try $0.transaction.writeReport(wanted) }
        return number
    }

    @Test func `a bulletin of every period comes as JSON, CSV and a page`() async throws {
        try await Service.run(in: "weihai") { service in
            _ = try await reported(service)
            for (period, form) in [
                ("2024-08-01", "daily"), ("2024-08", "month"), ("2024-Q3", "quarter"),
                ("2024-H2", "half-year"), ("2024", "year"), ("2024-08-01..2024-08-20", "special"),
            ] {
                let path = "/api/v1/bulletins/\(period)"
                let json = try await service.send(.get, path, as: "supervisor")
                #expect(json.status == 200, "\(period): \(json.text)")
                #expect(json["form"] == form)
                #expect(json["office.zh"] == "威海市“大服务”热线")
                let page = try await service.send(
                    .get, path + "?form=html&lang=zh", as: "supervisor")
                #expect(page.status == 200)
                #expect(page.text.contains("<article class=\"bulletin\""))
                #expect(page.text.contains("href=\"/amends.css\""))
                #expect(page.text.contains("<html lang=\"zh-CN\">"))
                #expect(
                    page.headers["content-security-policy"]?.contains("default-src 'none'")
                        == true)
                #expect(!page.text.contains("<script>"))
            }
            let csv = try await service.send(
                .get, "/api/v1/bulletins/2024-08?form=csv&table=weihai", as: "supervisor")
            #expect(csv.headers["content-type"] == "text/csv; charset=utf-8")
            #expect(csv.text.contains("供电"), "\(csv.text)")
            #expect(
                csv.headers["content-disposition"]
                    == "attachment; filename=\"month-2024-08-01-weihai.csv\"")
        }
    }

    @Test func `a fund's bulletin tells of its money, its list and the lines nobody named`()
        async throws
    {
        try await Service.run { service in
            _ = try await service.file()
            let today = Zone.china.day(at: service.clock.now)
            let period = "\(today.components.year)"
            let office = service.office
            let whole = FundStatement(of: try await office.allVouchers())
            #expect(whole.appropriated.isPositive)
            let (first, last) = ReportPeriod.year(today.components.year).days
            let fund = office.books.fund
            let year = try await office.read {
                try $0.fundStatement(of: fund, from: first, through: last)
            }
            #expect(year == whole)
            let before = try await office.read {
                try $0.fundStatement(
                    of: fund, from: first.advanced(by: -400), through: first.advanced(by: -1))
            }
            #expect(before == FundStatement(of: []))
            func table(_ code: String) async throws -> String {
                let reply = try await service.send(
                    .get, "/api/v1/bulletins/\(period)?form=csv&table=\(code)", as: "supervisor")
                #expect(reply.status == 200, "\(code): \(reply.text)")
                return reply.text
            }
            let yuan = "\(whole.appropriated.fen / 100)"
            let money = try await table("fund")
            #expect(money.contains(yuan), "\(money)")
            let expected = try await office.read {
                try $0.listChanges(from: first.advanced(by: -4_000), through: last)
            }
            let changes = try #require(expected)
            #expect(changes.standings.values.reduce(0, +) > 0 || changes.readmitted > 0)
            try await opens(period, whole, service)
            #expect(try await table("merchant-list").contains("移出"))
            #expect(try await table("unidentified").contains("91+"))
        }
    }

    /// The vouchers behind each line of the fund add up to it; so do the list's changes.
    private func opens(
        _ period: String, _ whole: FundStatement, _ service: Service
    ) async throws {
        for line in BulletinInput.FundLine.lines(of: whole) {
            let path = "/api/v1/figures/\(period)/fund/\(line.code)"
            let reply = try await service.send(.get, path, as: "accountant")
            #expect(reply.status == 200, "\(reply.text)")
            guard case .array(let vouchers)? = reply.json["vouchers"] else {
                Issue.record("no vouchers: \(reply.text)")
                return
            }
            let amounts = vouchers.compactMap { $0["amount_fen"]?.string.flatMap { Int64($0) } }
            #expect(amounts.count == vouchers.count)
            #expect(amounts.reduce(0, +) == line.amount.fen, "\(line.code): \(reply.text)")
            #expect(try await service.send(.get, path, as: "agent").status == 403)
            guard let first = vouchers.first?["number"]?.string else { continue }
            let next = try await service.send(
                .get, path + "?limit=1&after=\(first)", as: "accountant")
            #expect(!next.text.contains("\"number\":\(first),"))
        }
        let list = try await service.send(
            .get, "/api/v1/figures/2023/merchant-list/enrolled?limit=1", as: "supervisor")
        #expect(list["merchants.0.merchant"] == "M1", "\(list.text)")
        #expect(list["merchants.0.href"] == "/api/v1/merchants/M1")
        let next = try #require(list["next"])
        let second = try await service.send(
            .get, "/api/v1/figures/2023/merchant-list/enrolled?after=\(next)", as: "supervisor")
        #expect(second["merchants.0.merchant"] == "M2" && second["next"] == nil, "\(second.text)")
        for (path, field) in [
            ("fund/spent", "{line}"), ("merchant-list/x", "{change}"),
            ("unidentified/old", "{age}"), ("unidentified/91+?after=x", "?after"),
            ("merchant-list/rated?after=2024-01-01/x", "?after"),
        ] {
            let reply = try await service.send(
                .get, "/api/v1/figures/\(period)/\(path)", as: "supervisor")
            #expect(reply.fields == [field], "\(path): \(reply.text)")
        }
        let lines = try await service.send(
            .get, "/api/v1/figures/\(period)/unidentified/0-7", as: "accountant")
        #expect(lines.status == 200 && lines.json["lines"] == .array([]), "\(lines.text)")
    }

    @Test func `a period, a table or a scope that is none is refused with its mend`() async throws {
        try await Service.run(in: "weihai") { service in
            for period in ["2024-13", "2024-Q5", "2024-H3", "24", "2024-02-30", "0001-01-01", "x"] {
                let reply = try await service.send(
                    .get, "/api/v1/bulletins/\(period)", as: "auditor")
                #expect(reply.status == 404, "\(period): \(reply.text)")
                #expect(reply.fields == ["{period}"])
            }
            for (query, field) in [
                ("form=csv", "?table"), ("form=csv&table=x", "?table"), ("form=pdf", "?form"),
                ("area=a&bureau=power", "?area"), ("tabel=x", "?tabel"),
            ] {
                let reply = try await service.send(
                    .get, "/api/v1/bulletins/2024-08?\(query)", as: "auditor")
                #expect(reply.status == 400, "\(query): \(reply.text)")
                #expect(reply.fields == [field], "\(query): \(reply.text)")
            }
            let day = try await service.send(
                .get, "/api/v1/bulletins/2024-08-01?bureau=power", as: "auditor")
            #expect(day.fields == ["?bureau"], "\(day.text)")
        }
    }

    @Test func `a figure opens to the orders behind it, for a bureau to its own`() async throws {
        try await Service.run(in: "weihai") { service in
            let number = try await reported(service)
            let path = "/api/v1/figures/2024-08/accepted"
            let whole = try await service.send(.get, path, as: "supervisor")
            #expect(whole.numbers(of: "records") == [number], "\(whole.text)")
            #expect(whole["records.0.href"] == "/api/v1/orders/\(number)")
            #expect(whole["zh"] == "受理量")
            let slice = try await service.send(
                .get, path + "?facet=category&slice=complaint", as: "supervisor")
            #expect(slice.numbers(of: "records") == [number])
            let none = try await service.send(
                .get, path + "?facet=category&slice=general", as: "supervisor")
            #expect(none.json["records"] == .array([]))
            let own = try await service.send(.get, path, as: "bureau")
            #expect(own.numbers(of: "records") == [number])
            let other = try await service.send(.get, path + "?bureau=power", as: "water")
            #expect(other.json["records"] == .array([]))
            let late = try await service.send(
                .get, "/api/v1/figures/2024-08/contact-rate?part=denominator", as: "supervisor")
            #expect(late.status == 200, "\(late.text)")
            for (address, field) in [
                ("2024-08/nothing", "{measure}"), ("2024-08/accepted?part=denominator", "?part"),
                ("2024-08/accepted?facet=kind", "?slice"), ("2024-08/accepted?after=x", "?after"),
            ] {
                let reply = try await service.send(
                    .get, "/api/v1/figures/\(address)", as: "supervisor")
                #expect(reply.fields == [field], "\(address): \(reply.text)")
            }
        }
    }
}
