import Casework
import Ledger

/// The people of the simulated office.
struct Staff: Sendable {
    let agents = (1...3).map { Actor(name: "seat-\($0)", roles: [.agent]) }
    let reviewers = (1...2).map { Actor(name: "reviewer-\($0)", roles: [.reviewer]) }
    let supervisors = (1...3).map { Actor(name: "supervisor-\($0)", roles: [.supervisor]) }
    let cashiers = (1...2).map { Actor(name: "cashier-\($0)", roles: [.cashier]) }
    let accountants = (1...2).map { Actor(name: "accountant-\($0)", roles: [.accountant]) }
    let chief = Actor(name: "chief-accountant", roles: [.accountant, .supervisor])
    let duty = Actor(name: "duty-1", roles: [.dutyOfficer])
    let discipline = Actor(name: "inspector-1", roles: [.discipline])
    let administrator = Actor(name: "administrator-1", roles: [.administrator])
    let auditor = Actor(name: "auditor-1", roles: [.auditor])
    let firm = Actor(name: "firm-1", roles: [.merchant], merchant: Firms.id(1))

    func officer(of bureau: String) -> Actor {
        Actor(name: "\(bureau)-officer", roles: [.bureau], bureau: bureau)
    }

    /// Anybody, whatever they are for.
    func anybody(_ chance: inout Chance, bureau: String) -> Actor {
        let all =
            agents + reviewers + supervisors + cashiers + accountants
            + [chief, duty, discipline, administrator, auditor, firm, .tourist]
            + [officer(of: bureau), officer(of: "market")]
        return chance.pick(all)
    }

    /// Somebody who may agree as `role`; most often one who had no part in the case so far.
    func approver(as role: Role, of file: Case, _ chance: inout Chance) -> Actor {
        let able: [Actor] =
            switch role {
            case .reviewer: reviewers
            case .supervisor: supervisors
            case .accountant: [chief] + accountants
            default: agents
            }
        let involved = Set(file.advance?.approvals.map(\.by) ?? []).union(file.preparedBy)
        let free = able.filter { !involved.contains($0.name) && $0.name != file.filedBy }
        return free.isEmpty || chance.happens(60) ? chance.pick(able) : chance.pick(free)
    }
}

/// The merchants that are complained about.
enum Firms {
    static let count = 9

    static func id(_ number: Int) -> ID<Merchant> { ID("M\(digits(number, 3))") }
    static func name(_ number: Int) -> String { "模拟商家\(number)号" }
    static func trade(_ number: Int) -> String {
        ["shop", "lodging", "restaurant", "agency", "boat", "transport"][number % 6]
    }
}
