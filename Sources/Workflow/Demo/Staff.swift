import Casework

/// The people of the demonstration's office.
struct Staff: Sendable {
    let agents = (1...8).map { Actor(name: "seat-\($0)", roles: [.agent]) }
    let reviewers = (1...3).map { Actor(name: "reviewer-\($0)", roles: [.reviewer]) }
    let supervisors = (1...3).map { Actor(name: "supervisor-\($0)", roles: [.supervisor]) }
    let cashier = Actor(name: "cashier-1", roles: [.cashier])
    let accountant = Actor(name: "accountant-1", roles: [.accountant])
    /// Agrees to the largest advances for the accounts.
    let chiefAccountant = Actor(name: "chief-accountant", roles: [.accountant, .supervisor])
    let administrator = Actor(name: "demo-administrator", roles: [.administrator])

    func officer(of bureau: String) -> Actor {
        Actor(name: "\(bureau)-officer", roles: [.bureau], bureau: bureau)
    }

    /// Somebody who may agree as `role`, and is none of `others`.
    func approver(as role: Role, none others: Set<String>, _ draws: inout Draws) -> Actor? {
        let able: [Actor] =
            switch role {
            case .reviewer: reviewers
            case .supervisor: supervisors
            case .accountant: [chiefAccountant]
            default: []
            }
        let free = able.filter { !others.contains($0.name) }
        return free.isEmpty ? nil : draws.pick(free)
    }
}
