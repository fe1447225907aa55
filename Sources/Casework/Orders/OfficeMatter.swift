package import Ledger

/// 复核、对本单位的投诉: what of the office's own doing a demand is about.
///
/// Whom it names neither decides on it nor gets it sent; a supervisor or discipline inspection deals with
/// it. Without people and bureaus it is about the office as a whole.
package struct OfficeMatter: Hashable, Sendable, Codable {
    /// 复核: the work order that is to be looked at again; nil for a complaint about conduct.
    package let reviewed: ID<WorkOrder>?
    /// Names of actors, each once.
    package let people: [String]
    /// Codes of the edition, each once.
    package let bureaus: [String]

    package init(reviewed: ID<WorkOrder>? = nil, people: [String] = [], bureaus: [String] = []) {
        self.reviewed = reviewed
        self.people = Self.once(people)
        self.bureaus = Self.once(bureaus)
    }

    package var kind: Kind { reviewed == nil ? .complaint : .review }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case review, complaint
    }

    package func concerns(_ actor: Actor) -> Bool {
        people.contains(actor.name) || actor.bureau.map(bureaus.contains) == true
    }

    /// With everyone who had a part in what is reviewed, so that nobody reviews the own doing.
    ///
    /// - Parameter past: All events of `order`.
    package func reviewing(_ order: WorkOrder, _ past: [RecordedOrder]) -> OfficeMatter {
        let outside = [Actor.tourist.name, Actor.office.name]
        let took = past.filter(\.event.isPart).map(\.actor).filter { !outside.contains($0) }
        return OfficeMatter(
            reviewed: order.id,
            people: people + took + [order.receiver, order.finishedBy].compactMap { $0 },
            bureaus: bureaus + order.assignments.flatMap { [$0.lead] + $0.assisting })
    }

    private static func once(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}

extension OrderEvent {
    /// Who made it happen had a part in how the order was dealt with: wrote more than down what came in,
    /// and did more than watch over it.
    fileprivate var isPart: Bool {
        switch self {
        case .registered, .absorbed, .merged, .linked, .factsAdded, .evidenceAdded, .messageAdded,
            .questionAnswered, .reminded, .supervised, .sentToDiscipline, .faultListed, .withdrawn,
            .clockStarted, .clockStopped, .clockFired, .noticeDue:
            false
        default: true
        }
    }
}
