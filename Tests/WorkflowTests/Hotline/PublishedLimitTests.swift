import Casework
import Testing

@testable import Workflow

/// Every figure that the five reports publish comes out of the edition, and what they do not publish is
/// marked as ours.
@Suite struct PublishedLimitTests {
    @Test func `Weihai keeps the limits of its three groups`() throws {
        try check(
            "weihai", facts: ["kind"],
            """
            repair      → dispatch 2min/registered, followUp 24h/finished, no contact
            complaint   → contact 1wd/registered, handling 6wd/registered, no dispatch
            enquiry     → handling 4wd/dispatched, no contact
            application → handling 5wd/dispatched
            suggestion  → handling 9wd/dispatched
            """)
    }

    @Test func `Zhifu and Laishan keep limits of their own`() throws {
        try check(
            "yantai-89000", facts: ["area", "kind", "isComplex"],
            """
            zhifu   enquiry     no  → handling 0d/registered
            zhifu   help        no  → handling 0d/registered
            zhifu   complaint   no  → handling 0d/registered
            zhifu   complaint   yes → handling 3wd/registered
            laishan enquiry     no  → handling 2h/registered
            laishan help        no  → handling 2wd/registered
            laishan complaint   no  → handling 5wd/registered
            laishan complaint   yes → handling 5wd/registered
            zhifu   sos         no  → response 1min/registered, no returning
            """)
    }

    @Test func `Dinghai has a limit for each of its four grades, shorter for what is urgent`()
        throws
    {
        try check(
            "dinghai", facts: ["kind", "subject", "isUrgent", "isMajor", "difficulty"],
            """
            complaint market no  no  1 → handling 1wd/dispatched, signing 1h·office/dispatched, no response
            complaint market no  no  2 → handling 3wd/dispatched
            complaint market no  no  3 → handling 7wd/dispatched
            complaint market no  yes 4 → handling 15wd/dispatched, signing 5min/dispatched
            complaint market yes no  1 → handling 24h/dispatched, response 30min/dispatched
            """)
        let edition = try Hotlines.edition("dinghai")
        for (urgent, major, isDouble) in [
            (true, false, true), (false, true, true), (true, true, true), (false, false, false),
        ] {
            let terms = try edition.orderTerms(for: [
                "kind": .text("complaint"), "subject": .text("market"), "isUrgent": .flag(urgent),
                "isMajor": .flag(major), "difficulty": .integer(2),
            ]).outcome
            #expect(terms.isDoublyAssigned == isDouble)
            #expect(terms.isUrgent == urgent && terms.difficulty == 2)
            let handling = try #require(terms.limits.first { $0.clock == .handling })
            #expect(handling.onBreach.contains(.discipline), "overdue work flows to discipline")
        }
        let shifts = edition.hotline.shifts
        #expect(shifts.map(\.seats) == [5, 2, 3, 2])
        #expect(shifts.map { $0.times?.minutes } == [600, 840, 600, 840])
        #expect(shifts.map { $0.times?.isOverNight } == [false, true, false, true])
    }

    @Test func `wherever Dinghai proposes to refer, providers may be named, and nowhere else`()
        throws
    {
        let edition = try Hotlines.edition("dinghai")
        for kind in edition.hotline.kinds.map(\.code) {
            for subject in ["household", "market", "other"] {
                let facts: Facts = [
                    "kind": .text(kind), "subject": .text(subject), "isUrgent": .flag(false),
                    "difficulty": .integer(1),
                ]
                let way = try edition.routeOrder(facts).outcome.way
                let terms = try edition.orderTerms(for: facts).outcome
                #expect(terms.providersToName == (way == .refer ? 1 : nil), "\(kind) \(subject)")
            }
        }
    }

    @Test func `Sanya answers what presses in half an hour and ends it in one`() throws {
        try check(
            "sanya/hotline", facts: ["kind", "category", "isUrgent", "isMajor"],
            """
            complaint tourism-lodging   yes no  → acceptance 3min/registered, response 30min/dispatched, handling 1h/dispatched
            help      tourism-transport yes no  → response 30min/dispatched, handling 1h/dispatched, no acceptance
            complaint noise             no  no  → response 30min/dispatched, handling 1h/dispatched, no acceptance
            complaint tourism-dining    no  no  → acceptance 3min/registered, handling 24h/registered, no response
            complaint tourism-dining    no  yes → handling 15wd/registered
            complaint civic             no  no  → no response, no acceptance
            """)
    }

    @Test func `Chongqing names three providers to whoever asks for help in choosing`() throws {
        let edition = try Hotlines.edition("chongqing-96000")
        for (kind, named, count) in [
            ("business", false, 3), ("business", true, 1), ("enquiry", false, nil),
            ("complaint", false, nil),
        ] as [(String, Bool, Int?)] {
            let terms = try edition.orderTerms(for: [
                "kind": .text(kind), "providerNamed": .flag(named),
            ]).outcome
            #expect(terms.providersToName == count, "\(kind) \(named)")
        }
        let rules = try #require(edition.hotline.providers)
        #expect(rules.namesAtLeast == 3)
        #expect(rules.order == [.ownWill, .nearest, .territorial])
        let rhythm = ["recordEach", "evaluationEach", "followUpEach", "appraisalEach"]
        #expect(
            try rhythm.map { try edition.parameter($0).value }
                == ["day", "week", "month", "quarter"].map(Fact.text))
    }

    @Test func `Yantai warns the last five firms of a year, and grades every call-back`() throws {
        let edition = try Hotlines.edition("yantai-89000")
        let rules = try #require(edition.hotline.providers)
        #expect(rules.redWarningLast == 5 && rules.isAgreementNeeded)
        #expect(rules.sanctions == [.warned, .delisted])
        #expect(edition.hotline.followUp.grades.map(\.code) == ["a", "b", "c", "unreachable"])
        let terms = try edition.orderTerms(for: ["area": .text("zhifu"), "kind": .text("help")])
        #expect(terms.outcome.followUp == .all)
        #expect(edition.hotline.lineHours == .always)
    }

    @Test func `Weihai weighs its four measures, checks some complaints on the spot`() throws {
        let hotline = try Hotlines.edition("weihai").hotline
        #expect(
            hotline.weights.first?.measures.map(\.measure)
                == ["accepted", "timelyContact", "onTime", "satisfaction"])
        #expect(hotline.followUp.fieldCheckPercent == 5)
        #expect(hotline.supervision.map(\.recipient).contains(.discipline))
    }

    /// Whoever changes a figure changes its mark, or this fails.
    @Test func `what a report publishes is V, what it does not is K with a note`() throws {
        let published: [String: Set<String>] = [
            "weihai": [
                "repairDispatchMinutes", "repairFollowUpHours", "complaintContactDays",
                "complaintHandlingDays", "enquiryHandlingDays", "applicationHandlingDays",
                "suggestionHandlingDays",
            ],
            "yantai-89000": [
                "zhifuHandlingDays", "zhifuComplexDays", "laishanEnquiryHours", "laishanHelpDays",
                "laishanComplaintDays", "redWarningLast",
            ],
            "dinghai": ["workingDaySeats", "workingNightSeats", "dayOffSeats", "nightOffSeats"],
            "sanya/hotline": [
                "tourismAcceptMinutes", "urgentResponseMinutes", "urgentHandlingMinutes",
                "tourismClosingMinutes",
            ],
            "chongqing-96000": [
                "providersToName", "recordEach", "evaluationEach", "followUpEach",
                "appraisalEach", "waiverPercent", "coveredKinds",
            ],
        ]
        for (office, names) in published {
            let parameters = try Hotlines.edition(office).parameters
            let verified = parameters.filter { $0.status == .verified }
            #expect(Set(verified.map(\.name)) == names, "\(office)")
            #expect(parameters.allSatisfy { !$0.source.isEmpty })
        }
    }
}
