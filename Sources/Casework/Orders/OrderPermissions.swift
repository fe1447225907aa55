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

    /// The roles that may give `command` to an order that is about the office itself
    /// (`OfficeMatter`): the line only passes words on, and it stays an order of its own.
    package static func allowedAboutOffice(_ command: OrderCommand.Kind) -> Set<Role> {
        let allowed = allowed(command)
        let watch: Set<Role> = [.supervisor, .discipline]
        switch command {
        case .merge, .absorb, .passToDuty, .nameProviders, .chooseProvider: return []
        case .register, .fire, .returnNotOurs, .recordContact, .recordResponse, .report,
            .askExtension, .finish:
            return allowed
        case .addEvidence, .addMessage, .reply, .remind, .withdraw: return allowed.union(watch)
        case .accept, .sort, .answer, .decline, .handOver, .link, .addFacts, .passResponsibility,
            .dispatch, .designate, .settleAtMeeting, .acknowledge, .ask, .pause, .resume,
            .grantExtension, .refuseExtension, .recordAgreement, .recordConsent, .supervise,
            .listFault, .recordFieldCheck, .followUp, .close, .reopen:
            return allowed.subtracting([.agent, .dutyOfficer]).union(watch)
        }
    }

    /// Whoever may give `command` to some work order, be it about the office or not.
    package static func allowedAnywhere(_ command: OrderCommand.Kind) -> Set<Role> {
        allowed(command).union(allowedAboutOffice(command))
    }

    /// The whole table as text, a row a command, a column a role: what the golden files hold.
    package static func table(
        _ roles: (OrderCommand.Kind) -> Set<Role> = OrderPermissions.allowed
    ) -> String {
        TextTable.render(
            columns: Role.allCases.map(\.rawValue),
            rows: OrderCommand.Kind.allCases.map { kind in
                let allowed = roles(kind)
                return (kind.rawValue, Role.allCases.map { allowed.contains($0) ? "yes" : "-" })
            })
    }
}
