package import Casework
package import Ledger
import Store

extension Work {
    /// Records that the notice of assignment and demand was served; its limits run from the end of that
    /// day (natural days, the day of service not counted: 民法典 201).
    package func serveNotice(
        _ notice: Recovery.Notice, on id: ID<Case>, by actor: Actor, expecting version: Int? = nil
    ) throws -> Case {
        guard notice.servedOn <= today else {
            throw WorkflowError.unfit([
                .init(
                    field: "served_on", chinese: "不能晚于今天（\(today)）",
                    english: "lies in the future; today is \(today)")
            ])
        }
        let file = try known(id).file
        let terms = file.recovery?.terms ?? RecoveryTerms(responseDays: 0, paymentDays: 0)
        func endOfDay(_ days: Int) -> Moment {
            books.zone.moment(of: notice.servedOn.advanced(by: days + 1))
        }
        return try perform(
            .serveNotice(
                notice, responseDue: endOfDay(terms.responseDays),
                repaymentDue: endOfDay(terms.paymentDays)), on: id, by: actor, expecting: version)
    }
}
