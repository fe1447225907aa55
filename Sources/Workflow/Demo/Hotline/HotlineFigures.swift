import Casework

/// The lines of a hotline's report: each a measure of the tallies beside what was published.
struct HotlineFigures {
    let tally: HotlineTally
    /// As they stood at the end of the year, before the last orders had ended.
    let atCutoff: HotlineTally
    let calls: Int

    init(_ tally: HotlineTally, _ atCutoff: HotlineTally, calls: Int) {
        self.tally = tally
        self.atCutoff = atCutoff
        self.calls = calls
    }

    func rows(of office: DemoOffice) -> [HotlineReport.Row] {
        switch office {
        case .chongqing: chongqing
        case .yantai: yantai
        case .weihai: weihai
        case .dinghai: dinghai
        }
    }

    // MARK: - Chongqing

    private var chongqing: [HotlineReport.Row] {
        let all = tally.calls
        func share(_ published: Int64) -> Int64 { self.share(published, of: 33_204) }
        func part(_ code: String, _ chinese: String, _ published: Int64) -> HotlineReport.Row {
            count(
                code, Words(chinese, code), published, expected: share(published),
                tally.category(code).value(.registered))
        }
        let claims = tally.kind("claim")
        return [
            count(
                "calls", Words("来电", "calls"), 33_204, expected: share(33_204),
                all.value(.registered)),
            part("business", "业务办理", 19_902), part("information", "信息咨询", 6_792),
            part("complaints", "投诉建议", 555), part("other", "其他", 5_952),
            count(
                "reached", Words("满意度有效回访", "valid call-backs"), 14_409,
                expected: share(14_409), graded(all)),
            count(
                "satisfied", Words("满意", "satisfied"), 14_192, expected: share(14_192),
                all.sum([.gradeA, .gradeB], .withoutOther)),
            rate("satisfaction", .satisfaction, 9_849, all),
            HotlineReport.Row(
                name: "waived", chinese: "免除首次接运费", english: "fees of the first transport waived",
                unit: .fen, published: 428_000_000, expected: share(428_000_000),
                generated: claims.value(.recoveredFen)),
            count("waivers", Words("免除案件", "cases of it"), nil, claims.value(.registered)),
            rate("referredInTime", .dispatchRate, nil, tally.kind("business")),
            rate("onTime", .onTimeRate, nil, all),
            rate("returned", .returnRate, nil, all), rate("reopened", .reopenRate, nil, all),
        ]
    }

    // MARK: - Yantai

    private var yantai: [HotlineReport.Row] {
        let (zhifu, laishan) = (tally.area("zhifu"), tally.area("laishan"))
        let full = Double(DemoOffice.yantai.calls)
        func share(_ published: Double, months: Double) -> Int64 {
            Int64((published * 12 / months * Double(calls) / full).rounded())
        }
        func part(_ code: String, _ chinese: String, _ published: Int64) -> HotlineReport.Row {
            let counts = tally.category(code, in: "laishan")
            return HotlineReport.Row(
                name: "laishan-\(code)", chinese: "莱山：\(chinese)占比", english: "Laishan: \(code)",
                unit: .basisPoints, published: published, expected: published,
                generated: Rate(counts.value(.registered), of: laishan.value(.registered))?
                    .scaled(4))
        }
        // To a bureau or to a firm; what went to an emergency line has no order of its own.
        let emergencies = tally.kind("sos", in: "zhifu").value(.referred)
        let sent = zhifu.sum([.dispatched, .referred]) - emergencies
        return [
            count(
                "zhifu", Words("芝罘：来电", "Zhifu: calls"), 80_000,
                expected: share(80_000, months: 9), zhifu.value(.registered)),
            count(
                "zhifuSent", Words("芝罘：派单", "Zhifu: orders sent out"), 60_000,
                expected: share(60_000, months: 9), sent),
            rate("zhifuOnTime", .onTimeRate, nil, zhifu, in: "芝罘 Zhifu"),
            rate("zhifuSatisfaction", .satisfaction, nil, zhifu, in: "芝罘 Zhifu"),
            rate("sosResponse", .responseRate, nil, tally.kind("sos"), in: "一键求助 SOS"),
            count(
                "laishan", Words("莱山：诉求", "Laishan: demands"), 60_000,
                expected: share(60_000, months: 8), laishan.value(.registered)),
            part("consulting", "求助咨询", 3_520), part("opinion", "意见建议", 1_260),
            part("living", "生活类", 5_220),
            rate("laishanOnTime", .onTimeRate, 9_800, laishan, in: "莱山 Laishan"),
            rate("laishanEnded", .endedRate, 9_800, atCutoff.area("laishan"), in: "莱山 Laishan"),
            rate("laishanSatisfaction", .satisfaction, 9_800, laishan, in: "莱山 Laishan"),
            count("gradeA", Words("A档", "grade A"), nil, tally.calls.value(.gradeA)),
            count("gradeB", Words("B档", "grade B"), nil, tally.calls.value(.gradeB)),
            count("gradeC", Words("C档", "grade C"), nil, tally.calls.value(.gradeC)),
        ]
    }

    // MARK: - Weihai

    private var weihai: [HotlineReport.Row] {
        let all = tally.calls
        let repairs = tally.kind("repair")
        let kinds = [
            ("complaint", "投诉≤6工作日 complaint ≤ 6 wd"), ("enquiry", "咨询≤4工作日 enquiry ≤ 4 wd"),
            ("application", "申请≤5工作日 application ≤ 5 wd"),
            ("suggestion", "建议≤9工作日 suggestion ≤ 9 wd"),
        ]
        return [
            count("calls", Words("登记", "registered"), nil, all.value(.registered)),
            count("accepted", Words("受理量", "accepted"), nil, all.value(.accepted)),
            rate("contact", .contactRate, nil, all, in: "投诉≤1工作日 complaint ≤ 1 wd"),
            rate("onTime", .onTimeRate, nil, all), rate("satisfaction", .satisfaction, nil, all),
            rate("repairSent", .dispatchRate, nil, repairs, in: "报修≤2分钟 repair ≤ 2 min"),
            rate("repairCalled", .callBackOnTime, nil, repairs, in: "报修≤24小时 repair ≤ 24 h"),
        ]
            + kinds.map { rate("\($0.0)OnTime", .onTimeRate, nil, tally.kind($0.0), in: $0.1) }
            + [
                rate("solved", .solvedRate, nil, all), rate("returned", .returnRate, nil, all),
                rate("reopened", .reopenRate, nil, all), rate("extended", .extensionRate, nil, all),
                rate("repeated", .repeatRate, nil, all),
            ]
    }

    // MARK: - Dinghai

    private var dinghai: [HotlineReport.Row] {
        let all = tally.calls
        let (social, government) = (tally.category("social"), tally.category("government"))
        func part(_ code: String, _ chinese: String, _ published: Int64) -> HotlineReport.Row {
            count(
                code, Words(chinese, code), published, expected: share(published, of: 85_636),
                tally.category(code).value(.registered))
        }
        return [
            count(
                "demands", Words("受理诉求", "demands"), 85_636, expected: share(85_636, of: 85_636),
                all.value(.registered)),
            part("social", "社会服务类", 34_922), part("government", "政务服务类", 33_887),
            part("other", "其他类", 16_827),
            count(
                "joint", Words("联动类", "handled together"), 4_200,
                expected: share(4_200, of: 85_636), all.value(.joint)),
            // 办结率 is not defined in the report: done within the limit, and ended at all beside it.
            rate("governmentOnTime", .onTimeRate, 9_501, government, in: "政务 government"),
            rate("socialOnTime", .onTimeRate, 9_999, social, in: "社会 social"),
            rate(
                "governmentEnded", .endedRate, nil, atCutoff.category("government"),
                in: "政务，年末 government, at the year's end"),
            rate(
                "socialEnded", .endedRate, nil, atCutoff.category("social"),
                in: "社会，年末 social, at the year's end"),
            rate("governmentSatisfaction", .satisfaction, 9_480, government, in: "政务 government"),
            rate("socialSatisfaction", .satisfaction, 9_906, social, in: "社会 social"),
            rate("satisfaction", .satisfaction, 9_696, all),
            rate("signed", .signingRate, nil, all), rate("response", .responseRate, nil, all),
            count("urgent", Words("紧急件", "urgent"), nil, all.value(.urgent)),
            count("overdue", Words("超期转纪检", "overdue, to discipline"), nil, all.value(.overdue)),
            rate("returned", .returnRate, nil, all), rate("reopened", .reopenRate, nil, all),
        ]
    }

    // MARK: - Parts of them

    /// What of a published number falls to as many calls as were made.
    private func share(_ published: Int64, of whole: Int64) -> Int64 {
        Int64((Double(published) * Double(calls) / Double(whole)).rounded())
    }

    private func graded(_ counts: CellCounts) -> Int64 {
        counts.sum([.gradeA, .gradeB, .gradeC], .withoutOther)
    }

    private func count(
        _ name: String, _ words: Words, _ published: Int64?, expected: Int64? = nil,
        _ generated: Int64
    ) -> HotlineReport.Row {
        HotlineReport.Row(
            name: name, chinese: words.chinese, english: words.english, unit: .count,
            published: published, expected: expected, generated: generated)
    }

    private func rate(
        _ name: String, _ measure: Measure, _ published: Int64?, _ counts: CellCounts,
        in group: String? = nil
    ) -> HotlineReport.Row {
        var generated: Int64?
        if case .rate(let rate) = measure.figure(of: counts).value { generated = rate.scaled(4) }
        let suffix = group.map { "（\($0)）" } ?? ""
        return HotlineReport.Row(
            name: name, chinese: measure.name.chinese + suffix, english: measure.name.english,
            unit: .basisPoints, published: published, expected: published, generated: generated)
    }
}
