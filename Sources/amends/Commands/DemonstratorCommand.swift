import ArgumentParser
import Casework
import Database
import Ledger
import Store
import Workflow

extension PersonCommand {
    /// The people that `scripts/run` lets a newcomer log in as.
    struct Demonstrators: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add one person a role, all with one password: for the demonstration only.")
        @Option(help: "Their password.") var password: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let lines = try await options.withOffice { [password] office in
                let drafts = try await drafts(office)
                for draft in drafts {
                    try await office.addDemonstrator(draft, password: password)
                }
                return drafts.map { [$0.name, $0.displayName] }
            }
            print(columns(lines))
        }

        private func drafts(_ office: Office) async throws -> [PersonDraft] {
            let staff: [(Role, String)] = [
                (.agent, "坐席 小陈"), (.reviewer, "审核员 老林"), (.supervisor, "主管 符姐"),
                (.cashier, "出纳 小吴"), (.accountant, "会计 王姐"), (.auditor, "审计 老周"),
                (.policyOfficer, "政策专员 小黄"), (.administrator, "管理员"),
            ]
            var drafts = staff.map { role, name in
                PersonDraft(
                    name: role.rawValue.lowercased(), displayName: name, roles: [role])
            }
            for bureau in office.policies.editions.last?.bureaus ?? [] {
                drafts.append(
                    PersonDraft(
                        name: bureau.code, displayName: bureau.chinese, roles: [.bureau],
                        bureau: bureau.code))
            }
            // The one a newcomer finds something to answer at: it owes the fund.
            if let merchant = try await office.read({ try merchantInDebt($0) }) {
                drafts.append(
                    PersonDraft(
                        name: "merchant", displayName: merchant.name, roles: [.merchant],
                        merchant: merchant.id))
            }
            return drafts
        }

        private func merchantInDebt(_ transaction: Transaction) throws -> Merchant? {
            var filter = CaseFilter()
            (filter.stage, filter.limit) = ("resolved", 200)
            for row in try transaction.caseRows(filter) where row.advance != .zero {
                guard let id = row.merchant, let file = try transaction.caseFile(row.id),
                    file.recovery?.outstanding.isPositive == true
                else { continue }
                return try transaction.merchant(id)
            }
            return try transaction.merchants(named: "", limit: 1).first
        }
    }
}
