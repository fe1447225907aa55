import Casework

extension OfficeYear {
    /// 33,204 calls in the thirty months to the middle of 2017, by the published parts; of 20,457 that are
    /// called back 14,409 were reached.
    static let chongqing: OfficeYear = {
        let reached = 14_409.0 / 20_457
        let satisfied = 14_192.0 / 14_409
        let called = Manner(
            dissatisfied: 1 - satisfied, mostly: 0, unreachable: 1 - reached, slow: 0.008)
        var handled = called
        (handled.returned, handled.repeated, handled.reopened) = (0.05, 0.02, 0.01)
        let plain = Manner(late: 0.01)
        func groups(
            _ weight: Double, _ kind: String, _ flags: [(fact: String, share: Double)],
            _ manner: Manner
        ) -> [CallGroup] {
            [("main-districts", 0.7), ("counties", 0.3)].map { area, share in
                CallGroup(
                    weight: weight * share, kind: kind, area: area, flags: flags, manner: manner)
            }
        }
        return OfficeYear(
            office: .chongqing, calls: 13_282,
            basis: Words(
                "2015年1月至2017年6月共33204单，取12/30为一年",
                "33,204 calls in 30 months, January 2015 to June 2017; a year's share is 12/30"),
            groups: groups(19_902, "business", [("providerNamed", 0.35)], called)
                + groups(6_792, "enquiry", [("answerable", 0.85)], plain)
                + groups(480, "complaint", [("aboutOfficial", 0.01)], handled)
                + groups(75, "suggestion", [], handled)
                + groups(5_952, "other", [("answerable", 0.96)], plain),
            channels: [(90, .phone), (5, .wechat), (3, .web), (1, .sms), (1, .email)],
            firms: [
                "main-districts": DemoFirm.list(
                    12, prefix: "ZC", named: "主城殡仪服务站", trade: "funeral"),
                "counties": DemoFirm.list(9, prefix: "QX", named: "区县殡仪馆", trade: "funeral"),
            ],
            bureaus: ["main-districts-unit", "county-unit", "duty-officer"],
            fieldCheckPercent: 0, callsMonthly: true, agents: 4,
            waiver: WaiverMix(
                area: "main-districts", share: 0.83,
                fees: [
                    (16, 280), (22, 330), (24, 380), (20, 420), (12, 460), (5, 520), (1, 1_180),
                ], notCovered: 0.03))
    }()
}
