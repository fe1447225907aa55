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
            // Not named for their roles: API tokens are, and a name is one person's or token's.
            let staff: [(name: String, role: Role, display: String)] = [
                ("chen", .agent, "坐席 小陈"), ("lin", .reviewer, "审核员 老林"),
                ("fu", .supervisor, "主管 符姐"), ("wu", .cashier, "出纳 小吴"),
                ("wang", .accountant, "会计 王姐"), ("zhou", .auditor, "审计 老周"),
                ("huang", .policyOfficer, "政策专员 小黄"), ("admin", .administrator, "管理员"),
            ]
            var drafts = staff.map {
                PersonDraft(name: $0.name, displayName: $0.display, roles: [$0.role])
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
            for stage in ["resolved", "paying", "closed"] {
                var filter = CaseFilter()
                (filter.stage, filter.limit) = (stage, 200)
                for row in try transaction.caseRows(filter) where row.advance != .zero {
                    guard let id = row.merchant, let file = try transaction.caseFile(row.id),
                        file.recovery?.outstanding.isPositive == true
                    else { continue }
                    return try transaction.merchant(id)
                }
            }
            return try transaction.merchants(named: "", limit: 1).first
        }
    }
}
