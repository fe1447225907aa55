package import Ledger

/// The tracking number of a work order, for everyone who calls: `WH-24-0001234-7`, made as `CaseNumber` is.
///
/// The prefix is another than the jurisdiction's cases have.
package enum OrderNumber {
    /// - Parameters:
    ///   - prefix: Two to six capital letters.
    ///   - sequence: 1…9,999,999 within the year.
    package static func make(prefix: String, year: Int, sequence: Int) -> ID<WorkOrder> {
        ID(CaseNumber.make(prefix: prefix, year: year, sequence: sequence).text)
    }

    /// Nil when `text` is no such number or its check digit is wrong; forgives what `CaseNumber` does.
    package static func read(_ text: some StringProtocol) -> ID<WorkOrder>? {
        CaseNumber.read(text).map { ID($0.text) }
    }
}
