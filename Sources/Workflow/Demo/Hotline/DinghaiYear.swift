import Casework

extension OfficeYear {
    /// 85,636 demands from March 2013 to February 2015, two years, by the published parts; 4,200 of them
    /// handled by several bureaus together.
    static let dinghai: OfficeYear = {
        // 办结率 is not defined in the report; it is taken as done within the limit.
        let government = Manner(
            late: 1 - 0.9501, dissatisfied: 1 - 0.948, mostly: 0.1, unreachable: 0.08,
            returned: 0.025, slow: 0.03, repeated: 0.012, reopened: 0.005)
        let social = Manner(
            late: 0.0001, dissatisfied: 1 - 0.9906, mostly: 0.05, unreachable: 0.08,
            returned: 0, slow: 0.002, tested: 0, extended: 0, withdrawn: 0.002)
        let other = Manner(late: 0.02, dissatisfied: 0.03)
        func group(
            _ whole: Double, _ percent: Double, _ kind: String,
            _ subjects: [(weight: Double, choice: String)], _ manner: Manner
        ) -> CallGroup {
            var group = CallGroup(
                weight: whole * percent / 100, kind: kind, subjects: subjects, manner: manner)
            // What the centre found itself, and old people who press the button of their device.
            if kind == "collected" { group.channels = [(1, .collected)] }
            if kind == "help", whole == 34_922 { group.channels = channels + [(5, .sos)] }
            guard subjects.count > 1 else { return group }
            group.flags = [
                ("threatensPublic", 0.006), ("isMajor", 0.003), ("needsFieldWork", 0.3),
                ("dutiesUnclear", 0.03), ("aboutOfficial", kind == "complaint" ? 0.006 : 0),
            ]
            group.emergencies = [(990, "none"), (3, "fire"), (5, "medical"), (2, "crime")]
            // So that of all demands 4,200 in 85,636 are joint.
            group.jointShare = 4_200 / 33_887 / 0.45
            return group
        }
        let (fields, household) = (Self.offices, [(weight: 1.0, choice: "household")])
        let rest = [(weight: 1.0, choice: "other")]
        return OfficeYear(
            office: .dinghai, calls: 42_818,
            basis: Words(
                "2013年3月至2015年2月共85636件，取一半为一年",
                "85,636 demands in two years, March 2013 to February 2015; a year is half of them"),
            groups: [
                group(34_922, 76, "help", household, social),
                group(34_922, 15, "enquiry", household, social),
                group(34_922, 6, "complaint", household, social),
                group(34_922, 3, "suggestion", household, social),
                group(33_887, 48, "complaint", fields, government),
                group(33_887, 25, "help", fields, government),
                group(33_887, 16, "enquiry", fields, government),
                group(33_887, 8, "suggestion", fields, government),
                group(33_887, 3, "collected", fields, government),
                group(16_827, 60, "other", rest, other), group(16_827, 40, "enquiry", rest, other),
            ],
            channels: channels,
            firms: [
                "": DemoFirm.list(24, prefix: "DH", named: "定海加盟企业", trade: "household")
            ],
            bureaus: [
                "city-management", "environment", "market", "culture", "police", "transport",
            ],
            fieldCheckPercent: 0, callsMonthly: false, agents: 12, waiver: nil)
    }()

    private static let channels: [(weight: Double, choice: Channel)] = [
        (86, .phone), (8, .web), (6, .hotline),
    ]

    /// 45 of 100 are matters of several bureaus: `jointShare` reckons with it.
    private static let offices: [(weight: Double, choice: String)] = [
        (28, "city-management"), (15, "environment"), (12, "market"), (15, "catering"),
        (6, "entertainment"), (20, "traffic"), (4, "fire-safety"),
    ]
}
