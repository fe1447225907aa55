import Casework
import Testing

@testable import Workflow

/// Where a work order goes, and how it is sorted.
@Suite struct OrderRulingTests {
    private func route(_ office: String, _ facts: Facts) throws -> OrderRouting {
        try Hotlines.edition(office).routeOrder(facts).outcome
    }

    private func classify(_ office: String, _ facts: Facts) throws -> OrderClassification {
        try Hotlines.edition(office).classifyOrder(facts).outcome
    }

    @Test(arguments: ["weihai", "yantai-89000", "chongqing-96000", "sanya/hotline"])
    func `danger goes to its line first, an official's conduct to discipline`(office: String)
        throws
    {
        let kind = office == "chongqing-96000" ? "enquiry" : "complaint"
        let subject = ["weihai": "water", "sanya/hotline": "other"][office] ?? "other"
        for (danger, line) in [("crime", "110"), ("fire", "119"), ("medical", "120")] {
            let routing = try route(
                office,
                [
                    "kind": .text(kind), "subject": .text(subject), "emergency": .text(danger),
                    "aboutOfficial": .flag(true),
                ])
            #expect(routing == OrderRouting(way: .handOver, line: line))
        }
        let conduct = try route(
            office,
            ["kind": .text(kind), "subject": .text(subject), "aboutOfficial": .flag(true)])
        #expect(conduct == OrderRouting(way: .handOver, line: "12388"))
    }

    @Test func `Sanya sends what is simple straight to the third level, what is hard jointly`()
        throws
    {
        let facts: Facts = ["kind": .text("complaint"), "subject": .text("roads")]
        #expect(
            try route("sanya/hotline", facts)
                == OrderRouting(way: .dispatch, lead: "housing", level: 3))
        let hard = facts.merging(["bureausConcerned": .integer(2)]) { $1 }
        #expect(
            try route("sanya/hotline", hard)
                == OrderRouting(way: .dispatch, lead: "housing", assisting: ["enforcement"]))
        let unowned = facts.merging(["dutiesClear": .flag(false)]) { $1 }
        #expect(try route("sanya/hotline", unowned).isDesignated)
    }

    @Test func `Sanya sorts tourism first`() throws {
        for (subject, isTourism, category) in [
            ("lodging", false, "tourism-lodging"), ("dining", true, "tourism-dining"),
            ("dining", false, "market"), ("passenger-transport", true, "tourism-transport"),
            ("passenger-transport", false, "civic"), ("noise", true, "noise"),
            ("other", true, "tourism-other"), ("other", false, "other"),
        ] {
            let found = try classify(
                "sanya/hotline",
                ["subject": .text(subject), "tourismRelated": .flag(isTourism)])
            #expect(found == OrderClassification(category: category, isUrgent: false))
        }
        #expect(
            try classify(
                "sanya/hotline", ["subject": .text("agency"), "needsHelpNow": .flag(true)]
            ).isUrgent)
    }

    @Test func `Dinghai has four grades, designates where duties are unclear, and joins bureaus`()
        throws
    {
        let grades: [(Facts, Int)] = [
            ([:], 1), (["needsFieldWork": .flag(true)], 2), (["bureausConcerned": .integer(2)], 3),
            (["dutiesClear": .flag(false)], 3), (["isMajor": .flag(true)], 4),
        ]
        for (facts, grade) in grades {
            let found = try classify(
                "dinghai", facts.merging(["subject": .text("market")]) { $1 })
            #expect(found.difficulty == grade && !found.isUrgent && found.category == "government")
        }
        #expect(
            try classify(
                "dinghai", ["subject": .text("market"), "threatensPublic": .flag(true)]
            ).isUrgent)
        let joint: Facts = [
            "kind": .text("complaint"), "subject": .text("entertainment"),
            "bureausConcerned": .integer(3),
        ]
        #expect(
            try route("dinghai", joint)
                == OrderRouting(
                    way: .dispatch, lead: "market", assisting: ["environment", "culture"]))
        let unclear = joint.merging(["dutiesClear": .flag(false)]) { $1 }
        #expect(try route("dinghai", unclear).isDesignated)
        #expect(
            try route("dinghai", ["kind": .text("help"), "subject": .text("household")]).way
                == .refer)
    }

    @Test func `Yantai takes an SOS to 120 and answers what the first receiver can`() throws {
        #expect(
            try route("yantai-89000", ["kind": .text("sos")])
                == OrderRouting(way: .handOver, line: "120"))
        let enquiry: Facts = ["kind": .text("enquiry"), "answerable": .flag(true)]
        #expect(try route("yantai-89000", enquiry) == OrderRouting(way: .answer))
        let noise: Facts = ["kind": .text("complaint"), "subject": .text("environment")]
        #expect(
            try route("yantai-89000", noise)
                == OrderRouting(way: .dispatch, lead: "environment"))
    }

    @Test func `Chongqing passes what cannot be answered to the duty officer, complaints home`()
        throws
    {
        #expect(
            try route("chongqing-96000", ["kind": .text("enquiry")])
                == OrderRouting(way: .dispatch, lead: "duty-officer"))
        #expect(
            try route("chongqing-96000", ["kind": .text("complaint"), "area": .text("counties")])
                == OrderRouting(
                    way: .dispatch, lead: "county-unit", assisting: ["duty-officer"]))
        #expect(try route("chongqing-96000", ["kind": .text("business")]).way == .refer)
    }

    @Test(arguments: [
        (
            "dinghai",
            [
                "kind": "complaint", "subject": "fire-safety", "emergency": "fire",
            ], 1_440, true
        ),
        ("sanya/hotline", ["kind": "complaint", "subject": "noise"], 60, false),
        ("weihai", ["kind": "repair", "subject": "water"], 1_440, true),
        ("yantai-89000", ["kind": "enquiry", "area": "laishan"], 120, false),
    ])
    func `what was classified is handed on to the limits`(
        office: String, said: [String: String], minutes: Int, isUrgent: Bool
    ) throws {
        let edition = try Hotlines.edition(office)
        let facts = said.mapValues(Fact.text)
        let order = try edition.classifyOrder(facts).outcome
        let terms = try edition.orderTerms(for: facts.classified(as: order)).outcome
        #expect(order.isUrgent == isUrgent && terms.isUrgent == isUrgent)
        #expect(terms.difficulty == order.difficulty)
        let handling = try #require(terms.limits.first { $0.clock == .handling })
        #expect(handling.limit == Clock.Limit(count: minutes, unit: .minutes))
        #expect(Set(terms.limits.map(\.clock)).count == terms.limits.count)
    }

    @Test func `a ruling says by which rule and clause, and asks for what it lacks`() throws {
        let edition = try Hotlines.edition("weihai")
        let ruling = try edition.orderTerms(for: ["kind": .text("complaint")])
        #expect(
            ruling.grounds.model == "order-limits" && ruling.grounds.editionHash == edition.hash)
        #expect(ruling.grounds.rules.contains { $0.table == "contact" && $0.row == 1 })
        #expect(ruling.outcome.edition == "weihai/2017-05-08")
        let shown = try edition.explain(ruling.grounds)
        let contact = try #require(shown.tables.first { $0.name == "contact" })
        #expect(contact.steps.first?.rule.chinese == "投诉后1个工作日内联系")
        let asked = try edition.explain("order-limits", about: ["kind": .text("repair")])
        #expect(asked.outcome.contains("minutes"))
        #expect(throws: PolicyError.missingFacts(model: "order-limits", ["kind"])) {
            try edition.orderTerms(for: [:])
        }
        #expect(throws: PolicyError.self) { try edition.orderTerms(for: ["kind": .text("x")]) }
        #expect(throws: PolicyError.noModel(edition: "2024-02-05", model: "order-limits")) {
            try Sanya.edition("2024-02-05").orderTerms(for: [:])
        }
    }
}
