import Casework
import Database
import Ledger
import Store
import Testing

@testable import Workflow

/// What is added up ahead of who asks for it.
@Suite struct AddUpVouchersTests {
    @Test(arguments: Place.all)
    func `a round keeps what full blocks of vouchers come to, and no figure changes by it`(
        on place: Place
    ) async throws {
        try await withOffice(on: place) { play in
            let office = play.office
            let fund = office.books.fund
            let first = try await office.fundGlance()
            #expect(first.outlook.weeks.allSatisfy { $0 == .zero })
            try await post(1_299, in: office)
            let today = office.books.zone.day(at: office.now())
            @Sendable func statement() async throws -> FundStatement {
                try await office.read {
                    try $0.fundStatement(of: fund, from: today, through: today)
                }
            }
            let (before, glance) = (try await statement(), try await office.fundGlance())
            #expect(before.reservedGross.fen == 433 * 100)
            #expect(glance.course.points.last?.spendable != first.course.points.last?.spendable)

            try await office.addUpVouchers()
            let rest = try await office.read { try $0.nextStatementParts(fund, limit: 8) }
            #expect(rest.isEmpty)
            let kept = try await office.read {
                try $0.rows("select block from fund_statement_part").count
            }
            #expect(kept > 0)
            let (after, again) = (try await statement(), try await office.fundGlance())
            #expect(after == before)
            #expect(again == glance)
            // What a page remembers goes on with the new vouchers alone.
            try await post(9, in: office, from: 2_001)
            let (continued, fresh) = (
                try await office.fundGlance(known: first), try await office.fundGlance()
            )
            let fromLast = try await office.fundGlance(known: again)
            #expect(continued == fresh && fromLast == fresh && fresh != again)
        }
    }

    /// One yuan set aside, returned, and ten granted, in turn.
    private func post(_ count: Int, in office: Office, from first: Int = 0) async throws {
        let (fund, currency) = (office.books.fund, office.books.postings.currency)
        try await office.work { work in
            let drafts = (first..<(first + count)).map { number in
                let lines =
                    switch number % 3 {
                    case 0: Posting.reserve(Money(fen: 100), as: ID("r\(number)"))
                    case 1: Posting.returned(Money(fen: 100), of: ID("r\(number - 1)"))
                    default: Posting.appropriation(Money(fen: 1_000))
                    }
                return Draft(
                    id: ID("v\(number)"), fund: fund, currency: currency,
                    businessDate: work.today, reason: "test", source: "test", maker: "test",
                    lines: lines)
            }
            _ = try work.transaction.post(drafts, chart: office.books.chart, at: work.now)
        }
    }
}
