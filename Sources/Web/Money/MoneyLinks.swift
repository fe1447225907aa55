import Casework
import Ledger

/// Where the people of the money find things.
extension Link {
    static let statements = money.below("statements")
    static let suspense = money.below("suspense")
    static let paymentFiles = money.below("payment-files")
    static let paymentReports = money.below("payment-reports")
    static let periods = money.below("periods")

    static func statement(_ account: String, _ position: Int64) -> Link {
        statements.below(account).below(String(position))
    }
    static func paymentFile(_ id: String) -> Link { paymentFiles.below(id) }
    static func paymentDocument(_ id: String) -> Link { paymentFile(id).below("document") }
    static func period(_ period: Period) -> Link { periods.below(period.description) }
    static func periodAccounts(_ period: Period) -> Link { self.period(period).below("accounts") }
    static func voucher(_ number: Int64) -> Link {
        money.below("vouchers").below(String(number))
    }

    static let receivables = money.below("receivables")
    static let balances = money.below("balances")
    static func balance(_ account: String) -> Link { balances.below(account) }
    /// One step in a case's trail.
    static func event(_ position: Int, of id: ID<Case>, _ language: Language) -> Link {
        .own("\(page(id).with(language).text)#event-\(position)")
    }

    /// The page of an API's command, which is not below the thing it changes.
    static func form(_ parts: String...) -> Link {
        parts.reduce(Link.own("")) { $0.below($1) }
    }
}
