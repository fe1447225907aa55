package import Casework
package import Ledger

/// What somebody brings to the hotline, before the edition has sorted it.
package struct OrderIntake: Hashable, Sendable {
    package var channel: Channel
    package var caller: Caller
    /// A code of the edition's kinds.
    package var kind: String
    /// A code of the edition's areas; nil where it knows none.
    package var area: String?
    /// Nil: the edition's classification says.
    package var category: String?
    package var text: String
    package var merchant: ID<Merchant>?
    package var merchantName: String?
    package var place: String?
    package var facts: Facts
    package var numberElsewhere: String?
    package var links: [OrderLink]
    package var joint: Joint?
    /// 举报: the same words also report an offence, which is registered as an order of its own under this
    /// kind; nil: they do not.
    package var reportKind: String?
    /// What of the office's own doing it is about; nil: nothing.
    package var about: OfficeMatter?

    package init(
        channel: Channel, caller: Caller, kind: String, area: String? = nil,
        category: String? = nil, text: String, merchant: ID<Merchant>? = nil,
        merchantName: String? = nil, place: String? = nil, facts: Facts = [:],
        numberElsewhere: String? = nil, links: [OrderLink] = [], joint: Joint? = nil,
        reportKind: String? = nil, about: OfficeMatter? = nil
    ) {
        self.channel = channel
        self.caller = caller
        self.kind = kind
        self.area = area
        self.category = category
        self.text = text
        self.merchant = merchant
        self.merchantName = merchantName
        self.place = place
        self.facts = facts
        self.numberElsewhere = numberElsewhere
        self.links = links
        self.joint = joint
        self.reportKind = reportKind
        self.about = about
    }

    /// What the edition's order models read.
    var modelFacts: Facts {
        var all = facts
        all["kind"] = .text(kind)
        if let area { all["area"] = .text(area) }
        return all
    }

    func demand(sortedAs category: String) -> Demand {
        Demand(
            channel: channel, caller: caller, kind: kind, category: category, area: area,
            text: text, merchant: merchant, merchantName: merchantName, place: place, facts: facts,
            numberElsewhere: numberElsewhere, links: links, joint: joint, about: about)
    }
}

extension Edition {
    /// Everything about an intake that is not as it must be, all at once, in the order of its fields.
    func problems(in intake: OrderIntake) -> [WorkflowError.Problem] {
        var found: [WorkflowError.Problem] = []
        func oneOf(_ field: String, _ value: String, _ known: [String]) {
            guard !known.contains(value) else { return }
            let list = known.joined(separator: ", ")
            found.append(
                .init(
                    field: field, chinese: "应为以下之一：\(list)",
                    english: "must be one of: \(list)"))
        }
        if !hotline.isOffered {
            return [
                .init(
                    field: "kind", chinese: "本辖区不受理工单",
                    english: "this jurisdiction takes no work orders")
            ]
        }
        oneOf("channel", intake.channel.rawValue, channels.map(\.code))
        oneOf("kind", intake.kind, hotline.kinds.map(\.code))
        if let kind = intake.reportKind { oneOf("report_kind", kind, hotline.kinds.map(\.code)) }
        // Where the edition assumes an area, it need not be said.
        if let area = intake.area {
            oneOf("area", area, hotline.areas.map(\.code))
        } else if let kind = factKind("area"), kind.otherwise == nil {
            oneOf("area", "", hotline.areas.map(\.code))
        }
        for bureau in intake.about?.bureaus ?? [] {
            oneOf("about.bureaus", bureau, bureaus.map(\.code))
        }
        if let category = intake.category {
            oneOf("category", category, hotline.categories.map(\.code))
        }
        if intake.text.count > FilingLimits.story_characters {
            let limit = FilingLimits.story_characters
            found.append(
                .init(
                    field: "text", chinese: "最多\(limit)个字，现有\(intake.text.count)个",
                    english: "has \(intake.text.count) characters; at most \(limit) are taken"))
        }
        return found + factProblems(intake.facts)
    }

    /// Facts that the edition does not know, or not so.
    func factProblems(_ facts: Facts) -> [WorkflowError.Problem] {
        var found: [WorkflowError.Problem] = []
        for (name, fact) in facts.sorted(by: { $0.key < $1.key }) {
            guard let kind = factKind(name) else {
                found.append(
                    .init(
                        field: "facts.\(name)", chinese: "政策没有此要素",
                        english: "is no fact of the edition"))
                continue
            }
            if let problem = problem(fact, kind) {
                found.append(
                    .init(
                        field: "facts.\(name)", chinese: problem.chinese, english: problem.english))
            }
        }
        return found
    }
}
