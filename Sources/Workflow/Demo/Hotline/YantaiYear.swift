import Casework

extension OfficeYear {
    /// Zhifu: 80,000 calls and 60,000 orders from April to December 2014; Laishan: 60,000 demands from May
    /// to December, by the published shares. Both brought to twelve months.
    static let yantai: OfficeYear = {
        let zhifuYear = 80_000.0 * 12 / 9
        let laishanYear = 60_000.0 * 12 / 8
        return OfficeYear(
            office: .yantai, calls: 196_667,
            basis: Words(
                "芝罘区2014年4月至12月8万条、莱山区5月至12月6万件，各折为12个月",
                "Zhifu 80,000 calls in 9 months of 2014, Laishan 60,000 in 8, each brought to 12"),
            groups: zhifu(zhifuYear) + laishan(laishanYear),
            channels: [(82, .phone), (8, .wechat), (5, .counter), (3, .web), (2, .sms)],
            firms: [
                "zhifu": DemoFirm.list(35, prefix: "ZF", named: "芝罘加盟企业", trade: "household"),
                "laishan": DemoFirm.list(16, prefix: "LS", named: "莱山加盟企业", trade: "household"),
            ],
            bureaus: subjects.map(\.choice).filter { $0 != "other" } + ["center"],
            fieldCheckPercent: 0, callsMonthly: false, agents: 49, waiver: nil)
    }()

    private static let subjects: [(weight: Double, choice: String)] = [
        (30, "city-management"), (15, "environment"), (10, "health"), (8, "quality"),
        (8, "food-drug"), (5, "tourism"), (8, "price"), (10, "social-security"), (6, "other"),
    ]

    private static let sosManner = Manner(
        late: 0, dissatisfied: 0.002, unreachable: 0.05, slow: 0.02, isUrgent: true)

    /// Its mix of kinds is ours, but for the quarter that needs no order: 60,000 of 80,000 do.
    private static func zhifu(_ year: Double) -> [CallGroup] {
        let manner = Manner(
            late: 0.02, dissatisfied: 0.02, mostly: 0.08, unreachable: 0.08, returned: 0.012,
            repeated: 0.01, reopened: 0.004)
        // 25 in 100 of all, among the 40.5 that can be answered at the line.
        let atOnce: (fact: String, share: Double) = ("answerable", 25 / 40.5)
        let complex: (fact: String, share: Double) = ("isComplex", 0.15)
        func group(
            _ percent: Double, _ kind: String, _ flags: [(fact: String, share: Double)],
            _ manner: Manner
        ) -> CallGroup {
            CallGroup(
                weight: year * percent / 100, kind: kind, area: "zhifu",
                subjects: kind == "business"
                    ? [(1, "household")] : kind == "sos" ? [(1, "other")] : subjects,
                flags: flags, manner: manner)
        }
        return [
            group(45, "business", [], manner), group(20, "help", [atOnce, complex], manner),
            group(15, "enquiry", [atOnce], manner), group(14, "complaint", [complex], manner),
            group(5.5, "suggestion", [atOnce], manner), group(0.5, "sos", [], sosManner),
        ]
    }

    private static func laishan(_ year: Double) -> [CallGroup] {
        // 办结率和满意率均达到98%以上.
        let manner = Manner(
            late: 0.013, dissatisfied: 0.015, mostly: 0.06, unreachable: 0.08, returned: 0.012,
            extended: 0.01, repeated: 0.01, reopened: 0.004)
        func group(
            _ percent: Double, _ kind: String, _ answerable: Double, _ manner: Manner
        ) -> CallGroup {
            CallGroup(
                weight: year * percent / 100, kind: kind, area: "laishan",
                subjects: kind == "business"
                    ? [(1, "household")] : kind == "sos" ? [(1, "other")] : subjects,
                flags: answerable > 0 ? [("answerable", answerable)] : [], manner: manner)
        }
        return [
            group(20, "enquiry", 0.7, manner), group(15.2, "help", 0.3, manner),
            group(8, "complaint", 0, manner), group(4.6, "suggestion", 0.2, manner),
            group(52, "business", 0, manner), group(0.2, "sos", 0, sosManner),
        ]
    }
}
