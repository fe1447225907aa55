import Casework

/// Who works at the office of these tests.
enum People {
    static let all: [String: Actor] = {
        let people: [Actor] = [
            .office, .tourist,
            Actor(name: "amy", roles: [.agent]),
            Actor(name: "ray", roles: [.reviewer]), Actor(name: "rob", roles: [.reviewer]),
            Actor(name: "sue", roles: [.supervisor]), Actor(name: "sam", roles: [.supervisor]),
            Actor(name: "bo", roles: [.bureau], bureau: "market"),
            Actor(name: "bea", roles: [.bureau], bureau: "tourism"),
            // A bureau's account that nobody tied to a bureau.
            Actor(name: "nemo", roles: [.bureau]),
            // Works for a bureau and at the desk.
            Actor(name: "both", roles: [.bureau, .agent], bureau: "tourism"),
            Actor(name: "cass", roles: [.cashier]),
            Actor(name: "ann", roles: [.accountant]), Actor(name: "art", roles: [.accountant]),
            Actor(name: "aud", roles: [.auditor]),
            // A small office's deputy, trusted with everything that people may do.
            Actor(
                name: "duo",
                roles: [.agent, .reviewer, .supervisor, .cashier, .accountant]),
        ]
        return Dictionary(uniqueKeysWithValues: people.map { ($0.name, $0) })
    }()

    /// In a fixed order, for the random walk.
    static let list = all.values.sorted { $0.name < $1.name }
}
