import Casework

/// The people of a hotline.
struct HotlineStaff: Sendable {
    let agents: [Actor]
    let dutyOfficer = Actor(name: "duty-officer-1", roles: [.dutyOfficer])
    let supervisors = (1...2).map { Actor(name: "head-\($0)", roles: [.supervisor]) }
    let discipline = Actor(name: "discipline-1", roles: [.discipline])
    let reviewer = Actor(name: "reviewer-1", roles: [.reviewer])
    let cashier = Actor(name: "cashier-1", roles: [.cashier])
    let administrator = Actor(name: "demo-administrator", roles: [.administrator])

    init(agents count: Int) {
        agents = (1...count).map { Actor(name: "seat-\($0)", roles: [.agent]) }
    }

    func officer(of bureau: String) -> Actor {
        Actor(name: "\(bureau)-officer", roles: [.bureau], bureau: bureau)
    }
}
