/// What is masked for everybody until they say why they must see it.
package enum PersonalField: String, Hashable, Sendable, Codable, CaseIterable {
    case phone, identity
    /// Where the tourist's money goes.
    case account
    /// What was said, with the telephones and numbers that stand in it.
    case texts
}
