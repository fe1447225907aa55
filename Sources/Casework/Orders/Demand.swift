package import Ledger

/// 诉求: what somebody brings to a hotline, of whatever kind.
package struct Demand: Hashable, Sendable, Codable {
    package let channel: Channel
    package let caller: Caller
    /// A code of the edition: `enquiry`, `repair`, `complaint`, `sos` …; the engine knows none by name.
    package let kind: String
    /// A code of the edition's classification.
    package let category: String
    /// A code of the edition: `zhifu`, `laishan` …; nil where it knows no areas.
    package let area: String?
    package let text: String
    /// The merchant or the provider it is about; nil while nobody found it on the list.
    package let merchant: ID<Merchant>?
    /// As the caller calls it.
    package let merchantName: String?
    /// Where to go; often the caller's home.
    package let place: Personal<String>?
    package let facts: Facts
    /// The number another hotline gave it, when it was transferred from there.
    package let numberElsewhere: String?
    package let links: [OrderLink]
    /// Nil unless several people complain together.
    package let joint: Joint?
    /// Nil unless it is about the office itself; nil also in what was registered before this was asked.
    package let about: OfficeMatter?

    package init(
        channel: Channel, caller: Caller, kind: String, category: String, area: String? = nil,
        text: String, merchant: ID<Merchant>? = nil, merchantName: String? = nil,
        place: String? = nil, facts: Facts = [:], numberElsewhere: String? = nil,
        links: [OrderLink] = [], joint: Joint? = nil,
        about: OfficeMatter? = nil
    ) {
        self.channel = channel
        self.caller = caller
        self.kind = kind
        self.category = category
        self.area = area
        self.text = text
        self.merchant = merchant
        self.merchantName = merchantName
        self.place = place.map { Personal($0) }
        self.facts = facts
        self.numberElsewhere = numberElsewhere
        self.links = links
        self.joint = joint
        self.about = about
    }
}

/// Who calls. Without a name they are anonymous; without a telephone nobody can call back.
package struct Caller: Hashable, Sendable, Codable {
    package let name: Personal<String>?
    package let phone: Personal<String>?
    /// The language to answer in, as BCP 47 says it: `zh`, `en`.
    package let language: String

    package init(name: String? = nil, phone: String? = nil, language: String = "zh") {
        self.name = name.map { Personal($0) }
        self.phone = phone.map { Personal($0) }
        self.language = language
    }
}

/// What a work order belongs to.
package enum OrderLink: Hashable, Sendable, Codable {
    /// The case for advance compensation from the same demand.
    case compensation(ID<Case>)
    /// 举报: the report of an offence that the same words hold. It has clocks of its own.
    case report(ID<WorkOrder>)
    /// The complaint, seen from the report.
    case complaint(ID<WorkOrder>)
    case related(ID<WorkOrder>)
}

/// 共同投诉: several people with one complaint, and who speaks for them.
package struct Joint: Hashable, Sendable, Codable {
    package let members: [Member]
    /// Ids of members.
    package let representatives: [String]

    package init(members: [Member], representatives: [String]) {
        self.members = members
        self.representatives = representatives
    }

    package struct Member: Hashable, Sendable, Codable {
        /// Unique within the order.
        package let id: String
        package let name: Personal<String>
        package let phone: Personal<String>?

        package init(id: String, name: String, phone: String? = nil) {
            self.id = id
            self.name = Personal(name)
            self.phone = phone.map { Personal($0) }
        }
    }

    func fits(_ rule: JointRule) -> Bool {
        let ids = Set(members.map(\.id))
        return ids.count == members.count && ids.count >= rule.membersAtLeast
            && (1...max(1, rule.representativesAtMost)).contains(representatives.count)
            && Set(representatives).count == representatives.count
            && ids.isSuperset(of: representatives)
    }
}
