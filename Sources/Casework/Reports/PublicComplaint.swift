package import Ledger

/// A complaint as the public may read it: no text that a person wrote, no day, no exact amount.
///
/// The fields are those of the consumer complaint database of the United States' CFPB, as far as they fit.
package struct PublicComplaint: Hashable, Sendable {
    /// A pseudonym under the office's key: the same in every publication, and no case number.
    package let id: String
    package var received: Stretch
    /// The edition's category.
    package var product: String
    /// The edition's matter.
    package var issue: String
    /// The merchant's name where it stands on the public list; else `Self.unlisted`.
    package var company: String
    /// The jurisdiction.
    package let state: String
    package var submittedVia: String
    /// When it went to the bureau; nil while it has not. As coarse as `received`.
    package var sent: Stretch?
    package let response: Response
    /// Whether it was handled within its limit; nil while that is open.
    package let isTimely: Bool?
    package let isDisputed: Bool
    package var claimed: Band
    package let recovered: Band

    package static let unlisted = "(not listed)"
    /// Where too few would share a value.
    package static let merged = "(merged)"

    /// A month, quarter or year.
    package struct Stretch: Hashable, Sendable {
        package enum Precision: String, Hashable, Sendable, CaseIterable {
            case month, quarter, year
        }

        package let first: Day
        package let precision: Precision

        package init(of day: Day, _ precision: Precision) {
            let (year, month, _) = day.components
            let begins: Int =
                switch precision {
                case .month: month
                case .quarter: (month - 1) / 3 * 3 + 1
                case .year: 1
                }
            first = Day(year: year, month: begins, day: 1) ?? day
            self.precision = precision
        }

        package func coarser(_ precision: Precision) -> Stretch { Stretch(of: first, precision) }
    }

    package enum Response: String, Hashable, Sendable, CaseIterable {
        case inProgress = "In progress"
        case paidByFund = "Closed with monetary relief from the fund"
        case paidByCompany = "Closed with monetary relief by the company"
        case noRelief = "Closed without relief"
        case declined = "Declined"
        case referred = "Referred elsewhere"
        case withdrawn = "Withdrawn"
    }

    /// In yuan, the lower end within, the upper not.
    package enum Band: String, Hashable, Sendable, CaseIterable {
        case none = "0"
        case to200 = "0-200"
        case to500 = "200-500"
        case to1000 = "500-1000"
        case to5000 = "1000-5000"
        case to20000 = "5000-20000"
        case above = "20000+"
        case merged = "(merged)"

        package init(_ amount: Money) {
            switch amount.fen {
            case ...0: self = .none
            case ..<20_000: self = .to200
            case ..<50_000: self = .to500
            case ..<100_000: self = .to1000
            case ..<500_000: self = .to5000
            case ..<2_000_000: self = .to20000
            default: self = .above
            }
        }
    }

    /// - Parameters:
    ///   - id: Its pseudonym.
    ///   - sent: The day on which it first went to a bureau.
    /// - Returns: Nil for what is no complaint of its own: one that was merged into another.
    package init?(
        _ record: ReportRecord, id: String, matter: String, claimed: Money, company: String?,
        state: String, sent: Day?
    ) {
        guard record.isComplaint, record.outcome != .merged else { return nil }
        self.id = id
        received = Stretch(of: record.registered, .month)
        product = record.facets.category
        issue = matter
        self.company = company ?? Self.unlisted
        self.state = state
        submittedVia = record.facets.channel
        self.sent = sent.map { Stretch(of: $0, .month) }
        response = Response(record)
        isTimely = record.limits[.handling]?.isKept
        isDisputed = record.isContested
        self.claimed = Band(claimed)
        recovered = Band(record.money.recovered ?? .zero)
    }
}

extension PublicComplaint.Response {
    fileprivate init(_ record: ReportRecord) {
        switch record.outcome {
        case nil: self = .inProgress
        case .solved, .partlySolved:
            let isFunds = record.money.quickPaid != nil || record.money.released != nil
            self = isFunds ? .paidByFund : .paidByCompany
        case .notSolved, .merged: self = .noRelief
        case .withdrawn: self = .withdrawn
        case .declined: self = .declined
        case .referred: self = .referred
        }
    }
}
