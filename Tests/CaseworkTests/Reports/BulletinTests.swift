import Casework
import Ledger
import Testing

@Suite struct BulletinTests {
    static let office = Words("“三亚放心游”平台", "Sanya assured travel")
    static let labels = Labels(
        [
            .kind: [
                "complaint": Words("投诉", "complaint"), "enquiry": Words("咨询", "enquiry"),
                "repair": Words("报修", "repair"), "praise": Words("表扬", "praise"),
            ],
            .bureau: ["market": Words("市场监管局", "market"), "city": Words("城管<局>", "city")],
        ], merchants: ["M1": "椰梦\"酒店\" & 海鲜"])

    /// From 1,500 records of July 2023 to July 2024.
    static let records = SampleRecords.list(
        1_500, on: 0...396, from: Day("2023-07-01")!, seed: 2024)
    static let tally = Tally(of: records)

    static func input(
        _ form: Bulletin.Form, _ period: ReportPeriod, scope: ReportScope = .all,
        _ change: (inout ReportParameters) -> Void = { _ in }
    ) -> BulletinInput {
        var parameters = ReportParameters()
        parameters.leagueMinimum = 3
        parameters.warningRule = WarningRule(.precedingWeeks(8), deviationTenths: 10, minimum: 6)
        change(&parameters)
        func tallied(_ period: ReportPeriod) -> PeriodTally {
            PeriodTally(period, scope: scope, from: tally)
        }
        let watched = form.watched(
            in: period, scope: scope, by: parameters.warningRule.baseline)
        let (first, last) = period.days
        let merchants = Dictionary(
            grouping: records.filter {
                $0.merchant != nil && (first...last).contains($0.registered)
            },
            by: { $0.merchant!.text })
        return BulletinInput(
            form: form, office: office, drawnUp: period.days.last.advanced(by: 1), labels: labels,
            parameters: parameters, now: tallied(period), before: tallied(period.previous),
            lastYear: tallied(period.sameOfLastYear),
            trend: form.steps(to: period, scope: scope).map(tallied),
            merchants: merchants.map { code, records in
                BulletinInput.Group(
                    code,
                    PeriodTally(period, from: Tally(of: records)).total)
            },
            watched: watched.map(tallied),
            samples: watched.map {
                parameters.warningRule.baseline.periods(before: $0).map(tallied)
            } ?? [],
            fund: BulletinInput.FundLine.lines(of: FundStatement(of: [])))
    }

    static let bulletins: [Bulletin] = [
        Bulletin(input(.daily, .day(Day("2024-07-03")!))),
        Bulletin(
            input(.month, .month(year: 2024, 7)) {
                $0.publishedSets = [.sanya, .hainan, .weihai]
                $0.volumes = ["M1": 30_000, "M7": 0]
            }),
        Bulletin(input(.quarter, .quarter(year: 2024, 2))),
        Bulletin(input(.halfYear, .halfYear(year: 2024, 1))),
        Bulletin(
            input(.year, .year(2023)) {
                $0.merchantScoring = .grades(a: 100, b: 60, c: 0)
                $0.bureauScoring = .rates([
                    Scoring.Weighted(.contactRate, 1), Scoring.Weighted(.onTimeRate, 2),
                ])
                $0.unweighed = ["accepted": 25]
            }),
        Bulletin(
            input(.special, .days(Day("2024-06-01")!, Day("2024-07-15")!))),
    ]

    @Test(arguments: bulletins)
    func `each form of bulletin is as it was agreed`(bulletin: Bulletin) throws {
        try checkGolden(bulletin.html(.chinese), "Reports/\(bulletin.form.rawValue).html")
    }

    @Test func `the daily brief reads as JSON, and in English`() throws {
        try checkGolden(Self.bulletins[0].json, "Reports/daily.json")
        try checkGolden(Self.bulletins[0].html(.english), "Reports/daily-en.html")
    }

    @Test func `a bulletin has a file for each table, with a mark for Excel`() throws {
        let files = Self.bulletins[1].csv(.chinese)
        #expect(Set(files.map(\.name)).count == files.count)
        #expect(files.allSatisfy { $0.text.unicodeScalars.first == "\u{FEFF}" })
        let text = files.map { "== \($0.name)\n\($0.text.dropFirst())" }.joined()
            .split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
        try checkGolden(text, "Reports/month.csv")
    }

    @Test(arguments: bulletins)
    func `no name gets into the markup unescaped, and nothing in it runs`(bulletin: Bulletin) {
        for language in ReportLanguage.allCases {
            let html = bulletin.html(language)
            #expect(!html.contains("<局>"))
            #expect(!html.contains("\"酒店\""))
            for word in ["<script", "style=", "onclick", "javascript:"] {
                #expect(!html.contains(word))
            }
            for tag in ["article", "section", "table", "tbody", "tr", "dl"] {
                let opened = html.components("<\(tag)")
                #expect(opened == html.components("</\(tag)>"), "\(tag)")
            }
        }
    }

    @Test func `every figure's measure is defined, and a row has a value for each column`() {
        for bulletin in Self.bulletins {
            let codes = bulletin.sections.flatMap(\.tables).map(\.code)
            #expect(Set(codes).count == codes.count, "\(bulletin.form)")
            for table in bulletin.sections.flatMap(\.tables) {
                for row in table.rows {
                    #expect(row.values.count == table.columns.count, "\(table.code) \(row.code)")
                }
                for measure in table.columns.compactMap(\.measure) {
                    #expect(bulletin.definitions.contains(measure))
                }
            }
        }
        #expect(Set(Self.bulletins.map(\.form)) == Set(Bulletin.Form.allCases))
    }

    @Test func `a bureau's month is a bulletin of its own`() {
        let bulletin = Bulletin(
            Self.input(.month, .month(year: 2024, 7), scope: .bureau("market")))
        #expect(bulletin.title.chinese == "“三亚放心游”平台市场监管局月度通报（2024年7月）")
        let rows = bulletin.sections.flatMap(\.tables).first { $0.code == "by-kind" }?.rows
        #expect((rows?.count ?? 0) > 3)
        let trend = bulletin.sections.flatMap(\.tables).first { $0.code == "trend" }?.rows
        #expect(trend?.last?.code == "2024-07-01")
        #expect(trend?.last?.values.first != .count(0))
    }
}

extension String {
    fileprivate func components(_ part: String) -> Int {
        var (count, rest) = (0, self[...])
        while let found = rest.firstRange(of: part) {
            // `<t` of `<table` is no `<t`; a tag's name ends at a space or a bracket.
            let next = rest[found.upperBound...].first
            if part.hasSuffix(">") || next == " " || next == ">" { count += 1 }
            rest = rest[found.upperBound...]
        }
        return count
    }
}

@Suite struct PublishedSetTests {
    private static func section(
        _ set: PublishedSet, _ values: [Cell: Int64], _ period: ReportPeriod
    ) -> Bulletin.Section? {
        var tally = PeriodTally(period)
        for (cell, value) in values {
            tally.add(value, to: CellKey(cell), of: .total, "", isOther: false)
        }
        var parameters = ReportParameters()
        parameters.publishedSets = [set]
        let input = BulletinInput(
            form: .month, office: BulletinTests.office, drawnUp: period.days.last,
            labels: Labels(), parameters: parameters, now: tally,
            before: PeriodTally(period.previous), lastYear: PeriodTally(period.sameOfLastYear))
        return Bulletin(input).sections.first { $0.code == set.rawValue }
    }

    @Test func `Sanya's figures of August 2024 come out in Sanya's words`() {
        let section = Self.section(
            .sanya,
            [
                .complaint: 4_143, .eligible: 342, .reservedFen: 1_077_473_21 - 44_450_88,
                .quickPaid: 62, .quickPaidFen: 44_450_88, .withoutAdvance: 374,
                .withoutAdvanceFen: 531_765_25,
            ], .days(Day("2023-04-27")!, Day("2024-08-01")!))
        #expect(
            section?.paragraphs.first?.chinese
                == "截至8月1日，“三亚放心游”平台承接投诉总量共4143件，符合先行赔付条件342件，先行赔付金额1077473.21元。"
                + "其中执行小额快赔62笔，赔付金额44450.88元；未执行先行赔付，但通过放心游渠道快速解决的374件，"
                + "为市民游客挽回损失531765.25元。")
    }

    @Test func `Hainan's two sums of February 2024 tie`() {
        let section = Self.section(
            .hainan,
            [
                .complaint: 2_231, .enrolledComplaint: 1_522, .eligible: 240,
                .reservedFen: 588_636_77 - 27_236_16, .quickPaid: 35, .quickPaidFen: 27_236_16,
                .withoutAdvance: 223, .withoutAdvanceFen: 402_172_56,
            ], .days(Day("2023-07-20")!, Day("2024-02-17")!))
        let row = section?.tables.first?.rows.first { $0.code == "advanced-and-recovered" }
        #expect(row?.values.first?.plain == "990809.33")
        #expect(section?.paragraphs.first?.chinese.hasSuffix("合计990809.33元。") == true)
    }

    @Test func `what was reserved and came back is still what was advanced`() {
        // 海南, 19 September 2023: ten, all of it returned to the pool.
        let section = Self.section(
            .hainan,
            [
                .complaint: 487, .enrolledComplaint: 168, .eligible: 10, .reservedFen: 24_936_30,
                .returnedFen: 24_936_30, .withoutAdvance: 40, .withoutAdvanceFen: 21_976_88,
            ], .days(Day("2023-07-20")!, Day("2023-09-19")!))
        let values = section?.tables.first?.rows.map { ($0.code, $0.values[0].plain) } ?? []
        let byCode = Dictionary(uniqueKeysWithValues: values)
        #expect(byCode["advanced-money"] == "24936.30")
        #expect(byCode["returned-money"] == "24936.30")
    }
}
