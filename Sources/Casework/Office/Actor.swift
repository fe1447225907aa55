package import Ledger

/// Who does something: a person, a merchant, the tourist, or the office's own clockwork.
package struct Actor: Hashable, Sendable, Codable {
    /// Unique within the office; appears in the audit trail and as maker or checker on vouchers.
    package let name: String
    package let roles: Set<Role>
    /// The bureau whose work orders a `.bureau` actor may touch.
    package let bureau: String?
    /// Whose cases a `.merchant` actor may touch.
    package let merchant: ID<Merchant>?

    package init(
        name: String, roles: Set<Role>, bureau: String? = nil, merchant: ID<Merchant>? = nil
    ) {
        self.name = name
        self.roles = roles
        self.bureau = bureau
        self.merchant = merchant
    }

    /// The office itself: policy applied without a person, clocks, answers from outside.
    package static let office = Actor(name: "office", roles: [.office])
    /// Anyone, not logged in: may file, and with the tracking code follow and add.
    package static let tourist = Actor(name: "tourist", roles: [.tourist])
}

/// What a person is trusted with. `Permissions` says what each may do.
package enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    case tourist
    /// 坐席: files and follows up.
    case agent
    /// 审核员: approves advances of the first step.
    case reviewer
    /// 主管: approves larger advances, takes what escalates, decides contested refusals.
    case supervisor
    /// 承办单位: audits and mediates its own work orders.
    case bureau
    /// 出纳: payouts, statements.
    case cashier
    /// 会计: vouchers, recoveries, reconciliation.
    case accountant
    /// 审计: reads everything, changes nothing.
    case auditor
    case merchant
    case policyOfficer
    case administrator
    /// 值班人员: takes at once what the line cannot answer or settle.
    case dutyOfficer
    /// 纪检监察: sees what is overdue, and holds bureaus answerable.
    case discipline
    /// The office's own clockwork; never given to a person.
    case office
}
