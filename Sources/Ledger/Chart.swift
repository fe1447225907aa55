/// The accounts a fund's books are kept in, and the guards its vouchers must respect.
///
/// A chart is a value: a jurisdiction may bring its own. `Chart.advanceFund` is the one of the handbook.
public struct Chart: Hashable, Sendable {
    /// One account of the chart.
    public struct Entry: Hashable, Sendable {
        public let code: String
        public let chinese: String
        public let english: String
        public let kind: Kind
        public let division: Division
        /// Whether an account of this code may stand on the side opposite to its normal one. Where it
        /// may not, the rule holds for each sub-account by itself: nobody is paid more than is owed.
        public let mayBeOverdrawn: Bool
        /// Whether the balance is the sum of the open reservations: each line names one.
        public let holdsReservations: Bool

        public init(
            _ code: String, _ chinese: String, _ english: String, _ kind: Kind,
            division: Division = .none, mayBeOverdrawn: Bool = true, holdsReservations: Bool = false
        ) {
            self.code = code
            self.chinese = chinese
            self.english = english
            self.kind = kind
            self.division = division
            self.mayBeOverdrawn = mayBeOverdrawn
            self.holdsReservations = holdsReservations
        }
    }

    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        case asset, liability, equity, income, expense

        /// The side on which the balance of such an account usually stands.
        public var normalSide: Side {
            switch self {
            case .asset, .expense: .debit
            case .liability, .equity, .income: .credit
            }
        }
    }

    /// Whether an account is kept by sub-account.
    public enum Division: String, Hashable, Sendable, CaseIterable {
        /// A line names the code alone.
        case none
        /// A line may name a sub-account (a bank account, a statement line).
        case optional
        /// A line must name a sub-account (a merchant, a case).
        case required
    }

    /// In order of their codes.
    public let entries: [Entry]
    /// In the order in which they are checked.
    public let guards: [Guard]

    /// Precondition: no code occurs twice and every guard names accounts of the chart.
    public init(entries: [Entry], guards: [Guard]) {
        self.entries = entries.sorted { $0.code < $1.code }
        self.guards = guards
        let codes = Set(entries.map(\.code))
        precondition(codes.count == entries.count, "a code occurs twice in the chart")
        for guardRule in guards {
            precondition(
                codes.isSuperset(of: guardRule.codes),
                "the guard \(guardRule.name) names an account outside the chart")
        }
    }

    public subscript(code: String) -> Entry? { place(of: code).map { entries[$0] } }

    /// The place of `code` in `entries`. There are a dozen: looking at each is quicker than a dictionary.
    func place(of code: String) -> Int? {
        for place in entries.indices where entries[place].code == code { return place }
        return nil
    }

    func holdsReservations(_ code: String) -> Bool {
        place(of: code).map { entries[$0].holdsReservations } ?? false
    }

    /// Whether a line may be posted to `account`: a code of the chart, divided as it demands.
    public func accepts(_ account: Account) -> Bool {
        guard let place = place(of: account.code) else { return false }
        let division = entries[place].division
        guard let sub = account.sub else { return division != .required }
        return division != .none && (1...Account.subLimit).contains(sub.utf8.count)
            && sub.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

extension Chart {
    /// Whether vouchers written for `base` are kept as it would keep them: each of its accounts is here
    /// with its kind, its division and its rules, and each of its guards over the same of its accounts.
    /// Names may differ, and further accounts and guards may be added.
    public func extends(_ base: Chart) -> Bool {
        base.entries.allSatisfy { entry in
            guard let ours = self[entry.code] else { return false }
            return ours.kind == entry.kind && ours.division == entry.division
                && ours.mayBeOverdrawn == entry.mayBeOverdrawn
                && ours.holdsReservations == entry.holdsReservations
        }
            && base.guards.allSatisfy { rule in
                guards.contains { ours in
                    ours.name == rule.name
                        && Set(ours.codes).intersection(base.entries.map(\.code)) == Set(rule.codes)
                }
            }
    }
}

/// A named sum of accounts that no voucher may bring below zero.
///
/// The sum counts debits as positive, over all sub-accounts of each code. A voucher that leaves the
/// sum negative is refused if it lowers it; one that mends an already negative sum is not.
public struct Guard: Hashable, Sendable {
    public let name: String
    public let codes: [String]

    public init(_ name: String, _ codes: [String]) {
        self.name = name
        self.codes = codes
    }
}
