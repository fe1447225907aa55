/// Who may do what to a work order: one table, role × command, kept as a golden file by its test.
///
/// Being permitted is the first check, not the last: whose bureau it is, the stage and the separation of
/// duties are checked by `WorkOrder.decide`.
package enum OrderPermissions {
    package static func permit(_ roles: Set<Role>, _ command: OrderCommand.Kind) -> Bool {
        !roles.isDisjoint(with: allowed(command))
    }

    /// The roles that may give `command`.
    package static func allowed(_ command: OrderCommand.Kind) -> Set<Role> {
        switch command {
        case .register: [.tourist, .agent, .dutyOfficer, .supervisor, .office]
        case .accept, .sort, .decline, .dispatch:
            [.agent, .dutyOfficer, .supervisor, .office]
        case .answer, .handOver, .addFacts, .followUp, .reopen:
            [.agent, .dutyOfficer, .supervisor]
        case .passToDuty: [.agent]
        case .nameProviders, .chooseProvider: [.agent, .dutyOfficer]
        case .merge, .absorb, .link, .close: [.agent, .supervisor, .office]
        case .addEvidence, .addMessage, .reply:
            [.tourist, .agent, .dutyOfficer, .supervisor, .bureau]
        // Who answers for it to its end is not changed by those who would rather not.
        case .passResponsibility, .designate, .settleAtMeeting: [.supervisor]
        // The agent who rang the bureau records the acknowledgement by telephone.
        case .acknowledge: [.agent, .bureau]
        case .returnNotOurs, .recordContact, .recordResponse, .report, .askExtension, .finish:
            [.bureau]
        case .ask: [.agent, .dutyOfficer, .bureau]
        case .pause: [.agent, .supervisor, .bureau]
        case .resume: [.agent, .supervisor, .bureau, .office]
        case .grantExtension, .refuseExtension: [.supervisor]
        case .recordAgreement, .recordConsent: [.agent, .bureau]
        case .remind: [.tourist, .agent, .dutyOfficer, .supervisor]
        case .supervise, .listFault: [.supervisor, .discipline]
        // Never the bureau that reported it done.
        case .recordFieldCheck: [.dutyOfficer, .supervisor, .discipline]
        case .withdraw: [.tourist, .agent]
        case .fire: [.office]
        }
    }

    /// The whole table as text, a row a command, a column a role: what the golden file holds.
    package static func table() -> String {
        TextTable.render(
            columns: Role.allCases.map(\.rawValue),
            rows: OrderCommand.Kind.allCases.map { kind in
                let allowed = allowed(kind)
                return (kind.rawValue, Role.allCases.map { allowed.contains($0) ? "yes" : "-" })
            })
    }
}
