import Casework

extension OfficeYear {
    /// The proposal gives limits and no volume: number and mix of the calls, and how often limits are kept,
    /// are ours.
    static let weihai: OfficeYear = {
        func manner(late: Double, isUrgent: Bool = false) -> Manner {
            Manner(
                late: late, dissatisfied: 0.04, mostly: 0.12, unreachable: 0.1, returned: 0.03,
                slow: 0.025, extended: 0.02, repeated: 0.012, reopened: 0.006,
                isUrgent: isUrgent)
        }
        func group(
            _ percent: Double, _ kind: String, _ subjects: [(weight: Double, choice: String)],
            answerable: Double = 0, _ manner: Manner
        ) -> CallGroup {
            CallGroup(
                weight: percent, kind: kind, subjects: subjects,
                flags: (answerable > 0 ? [("answerable", answerable)] : [])
                    + (kind == "complaint" ? [("aboutOfficial", 0.006)] : []),
                emergencies: [
                    (998.6, "none"), (0.4, "crime"), (0.3, "fire"), (0.7, "medical"),
                ], manner: manner)
        }
        return OfficeYear(
            office: .weihai, calls: 50_000,
            basis: Words("未公布数量，取5万件为自定", "no volume was published; 50,000 a year is ours"),
            groups: [
                group(35, "repair", utilities, manner(late: 0.03, isUrgent: true)),
                group(20, "complaint", fields, manner(late: 0.05)),
                group(25, "enquiry", fields, answerable: 0.7, manner(late: 0.02)),
                group(10, "application", fields, answerable: 0.2, manner(late: 0.03)),
                group(7, "suggestion", fields, answerable: 0.1, manner(late: 0.03)),
                group(3, "praise", fields, answerable: 0.9, manner(late: 0.01)),
            ],
            channels: [(85, .phone), (15, .web)], firms: [:],
            bureaus: fields.map(\.choice), fieldCheckPercent: 5, callsMonthly: false, agents: 25,
            waiver: nil)
    }()

    private static let utilities: [(weight: Double, choice: String)] = [
        (24, "power"), (22, "water"), (18, "heating"), (12, "gas"), (14, "telecom"),
        (10, "municipal"),
    ]
    private static let fields: [(weight: Double, choice: String)] =
        utilities + [
            (10, "transport"), (10, "housing"), (16, "property"), (2, "forestry"), (8, "medical"),
            (8, "insurance"), (6, "price"), (10, "police"), (8, "commerce"), (4, "tax"),
        ]
}
