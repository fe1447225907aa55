import Decisions
import Ledger
import Testing

@testable import Workflow

struct PolicyBookTests {
    @Test func `every case of every edition passes, and reaches every row`() throws {
        for report in try Sanya.book.get().test() {
            for failure in report.failures {
                Issue.record(
                    """
                    \(report.edition) \(failure.file) \(failure.id) \(failure.decision)
                    expected \(failure.expected)
                    actual   \(failure.actual)
                    \(failure.notes.joined(separator: "\n"))
                    """)
            }
            #expect(report.uncovered == [])
            #expect(report.unreadable == [])
            #expect(report.passed > 100)
        }
    }

    @Test func `the editions that ship have nothing wrong with them`() {
        for finding in PolicyBook.check(directory: Sanya.directory) where finding.severity == .error
        {
            Issue.record("\(finding.file): \(finding.message)")
        }
    }

    @Test func `the island bands as published have the gaps and overlaps that are known`() throws {
        let file = "2025-02-02/published/island-queue-as-published.dmn"
        let bytes = try PolicyFolder(path: Sanya.directory).bytes(file)
        let findings = Analysis.findings(in: try Model(xml: bytes, file: file))
        func found(_ kind: Finding.Kind) -> [String] {
            findings.filter { $0.kind == kind }.compactMap { $0.witness.last?.text }.sorted()
        }
        // Seconds of the day: 10:00, 13:00 and 15:00 at Wuzhizhou stand in two bands.
        #expect(found(.overlap) == ["36000", "46800", "54000"])
        // In none: the minutes after 09:30, 10:30 and 15:00 and from 12:00 on Xidao, and all after the
        // last band, 16:00 to the islands and 19:00 from Wuzhizhou.
        #expect(found(.gap) == ["34201", "37801", "43200", "54001", "57601", "68401"])
    }

    @Test func `each day has the edition that was in force on it`() throws {
        let book = try Sanya.book.get()
        #expect(book.jurisdiction == "sanya")
        for (day, id) in [
            ("2023-04-27", "2023-04-27"), ("2024-02-04", "2023-04-27"),
            ("2024-02-05", "2024-02-05"),
            ("2024-08-21", "2024-02-05"), ("2025-02-01", "2024-08-22"),
            ("2025-02-02", "2025-02-02"),
            ("2025-03-07", "2025-02-02"),
            ("2025-03-08", "2025-03-08"), ("2025-04-30", "2025-03-08"),
            ("2026-03-07", "2025-05-01"),
            ("2026-03-08", "2026-03-08"),
            ("2031-01-01", "2026-03-08"),
        ] {
            #expect(try book.edition(inForceOn: #require(Day(day))).id == id, "on \(day)")
        }
        #expect(throws: PolicyError.noEditionInForce(try #require(Day("2023-04-26")))) {
            try book.edition(inForceOn: #require(Day("2023-04-26")))
        }
        #expect(try book.edition(named: "sanya/2024-02-05").id == "2024-02-05")
    }

    @Test func `an edition has what it extends, where it does not replace it`() throws {
        let launch = try Sanya.edition("2023-04-27")
        let quick = try Sanya.edition("2024-02-05")
        #expect(throws: PolicyError.self) { try launch.money("quickPayLimit") }
        #expect(try quick.money("quickPayLimit") == Money(fen: 100_000))
        #expect(try quick.integer("acceptMinutes") == 3)
        #expect(try quick.model("advance").file == "2024-02-05/advance.dmn")
        #expect(try quick.model("acceptance").file == "2023-04-27/acceptance.dmn")
        #expect(try Sanya.edition("2025-03-08").matter("hotel-cancellation").rules == "hotel")
        #expect(try Sanya.edition("2026-03-08").matter("hotel-cancellation").rules == "general")
        #expect(try Sanya.edition("2026-03-08").matter("island-queue").rules == "island")
    }

    @Test func `a file changed is another edition`() throws {
        let scratch = try ScratchPolicies()
        let before = try scratch.load()
        try scratch.replace("\"1000.00\"", with: "\"999.99\"", in: "2024-02-05/jurisdiction.yaml")
        let after = try scratch.load()
        for (old, new) in zip(before.editions, after.editions) {
            // All later editions extend the changed one; the first does not.
            #expect((old.hash == new.hash) == (old.id == "2023-04-27"), "\(old.id)")
            #expect(old.hash.count == 64)
        }
    }

    @Test func `the same files give the same hash wherever they lie`() throws {
        let scratch = try ScratchPolicies()
        #expect(
            try scratch.load().editions.map(\.hash) == Sanya.book.get().editions.map(\.hash))
    }

    @Test func `a calendar that does not read is refused by its line`() throws {
        let scratch = try ScratchPolicies()
        try scratch.write(
            "day,kind,name,notice\n2025-13-01,holiday,元旦,通知\n", to: "../calendar/2025.csv")
        #expect(scratch.refusal()?.contains("calendar cannot be read") == true)
    }

    @Test func `a gap between editions is found, and no edition is in force in it`() throws {
        let scratch = try ScratchPolicies()
        try scratch.replace(
            "until: 2026-03-07", with: "until: 2026-02-28", in: "2025-05-01/jurisdiction.yaml")
        let book = try scratch.load()
        #expect(
            book.check().contains {
                $0.edition == "2025-05-01" && $0.severity == .error
                    && $0.message.contains("2026-03-01 to 2026-03-07")
            })
        #expect(throws: PolicyError.noEditionInForce(try #require(Day("2026-03-01")))) {
            try book.edition(inForceOn: #require(Day("2026-03-01")))
        }
    }

    @Test func `an edition that outlives the next one's start is found`() throws {
        let scratch = try ScratchPolicies()
        try scratch.replace(
            "until: 2026-03-07", with: "until: 2026-03-08", in: "2025-05-01/jurisdiction.yaml")
        let findings = try scratch.load().check()
        #expect(findings.contains { $0.message.contains("two would be in force") })
    }

    @Test func `two editions from the same day are refused`() throws {
        let scratch = try ScratchPolicies()
        try scratch.write(
            "edition: {from: 2024-02-05, extends: 2023-04-27, zh: 再, en: again}",
            to: "2024-02-05-again/jurisdiction.yaml")
        #expect(scratch.refusal()?.contains("two editions are in force from 2024-02-05") == true)
    }

    @Test func `what is broken is named by file and key, with the mend`() throws {
        try check(
            "2024-02-05/jurisdiction.yaml", "parameters:", "parameters: [",
            says: "jurisdiction.yaml:", "not YAML")
        try check(
            "2024-02-05/jurisdiction.yaml", "\"1000.00\"", "\"1000.005\"",
            says: "parameters.quickPayLimit.value", "two decimals")
        try check(
            "2024-02-05/jurisdiction.yaml", "status: K", "status: X",
            says: "parameters.quickPayLimit.status", "V (verified)")
        try check(
            "2024-02-05/jurisdiction.yaml", "status: K", "statu: K",
            says: "parameters.quickPayLimit.statu", "not known")
        try check(
            "2024-02-05/jurisdiction.yaml", "extends: 2023-04-27", "extends: 2025-02-02",
            says: "extends 2025-02-02")
        try check(
            "2024-02-05/jurisdiction.yaml", "from: 2024-02-05", "from: 2024-02-30",
            says: "edition.from", "no day")
        try check(
            "2024-02-05/jurisdiction.yaml", "from: 2024-02-05", "from: 2024-02-06",
            says: "name the folder 2024-02-06")
        try check(
            "2024-02-05/jurisdiction.yaml", "quickPayLimit:", "claimed:",
            says: "claimed is both a fact and a parameter")
        try check(
            "2024-02-05/jurisdiction.yaml", "quickPayLimit:", "quickPayCap:", says: "advance.dmn",
            "quickPayLimit", "neither a fact nor a parameter")
        try check(
            "2025-03-08/jurisdiction.yaml", "rules: hotel", "rules: hostel",
            says: "determination-hostel.dmn")
        try check(
            "2025-03-08/jurisdiction.yaml", "needed: [hotel-cancellation]", "needed: [hotel]",
            says: "hotel is none of the matters")
        try check(
            "2024-02-05/advance.dmn", "</definitions>", "", says: "2024-02-05/advance.dmn",
            "not well-formed")
        try check(
            "2024-02-05/advance.dmn", "payable &lt;= quickPayLimit", "payable &lt;= quickPayLimi",
            says: "2024-02-05/advance.dmn", "quickPayLimi")
        try check(
            "2024-02-05/advance.dmn", "hitPolicy=\"FIRST\"", "hitPolicy=\"LAST\"",
            says: "2024-02-05/advance.dmn", "LAST")
    }

    @Test func `an empty folder and a missing one are refused`() throws {
        #expect(throws: PolicyError.self) { try PolicyBook.load(directory: "/nowhere/at/all") }
        let scratch = try ScratchPolicies()
        try scratch.remove("2023-04-27/jurisdiction.yaml")
        #expect(scratch.refusal()?.contains("2023-04-27/jurisdiction.yaml cannot be read") == true)
    }

    @Test func `check finds rows without citation and words nobody knows`() throws {
        let scratch = try ScratchPolicies()
        try scratch.replace(
            "<text>\"hotline\"</text>", with: "<text>\"hotlin\"</text>",
            in: "2023-04-27/routing.dmn")
        try scratch.replace(
            "<text>\"reviewer\"</text>", with: "<text>\"viewer\"</text>",
            in: "2023-04-27/authority.dmn")
        try scratch.replace(
            "<text>Mediation goes on</text>", with: "<text></text>", in: "2023-04-27/settlement.dmn"
        )
        try scratch.replace(
            "category: boat,", with: "category: boats,", in: "2023-04-27/jurisdiction.yaml")
        let messages = try scratch.load().check().map(\.message)
        #expect(messages.contains { $0.contains("hotlin is none of the edition's bureaus") })
        #expect(messages.contains { $0.contains("viewer is no role") })
        #expect(messages.contains { $0.contains("matterCategory may be boats") })
        #expect(messages.contains { $0.contains("settlement, row 6: the annotation en is empty") })
    }

    private func check(
        _ file: String, _ old: String, _ new: String, says words: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let scratch = try ScratchPolicies()
        try scratch.replace(old, with: new, in: file)
        let refusal = scratch.refusal() ?? "nothing"
        for word in words {
            #expect(
                refusal.contains(word), "refused with: \(refusal)", sourceLocation: sourceLocation)
        }
    }
}
