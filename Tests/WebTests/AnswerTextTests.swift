import Foundation
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// Answers in JSON.
struct AnswerTextTests {
    @Test func `a whole case, a list and the fund are written as Foundation writes them`()
        async throws
    {
        try await Service.run { service in
            let number = try await service.filePaid().number
            let office = service.office
            let whole = try await office.wholeCase(.init(number))
            let view = whole.view(office, .personal)
            #expect(Answer.text(of: view) == (try foundations(view)))
            let rows = try await office.read { try $0.caseRows(.init()) }
            let list = CaseListView(
                cases: rows.map { CaseRowView($0, office.books.zone, at: office.now()) }, next: nil)
            #expect(Answer.text(of: list) == (try foundations(list)))
            let fund = try await FundStatementCache().read(office)
            #expect(Answer.text(of: fund) == (try foundations(fund)))
            #expect(Answer.text(of: view).contains("\"affectedAmount\""), "a fact's name is data")
        }
    }

    private func foundations(_ view: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(view), as: UTF8.self)
    }
}
