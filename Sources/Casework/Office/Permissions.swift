/// Who may do what: one table, role × command, kept as a golden file by its test.
///
/// Being permitted is the first check, not the last: separation of duties, the bureau's own work orders
/// and the case's stage are checked by `Case.decide`.
package enum Permissions {
    package static func permit(_ roles: Set<Role>, _ command: Command.Kind) -> Bool {
        !roles.isDisjoint(with: allowed(command))
    }

    /// The roles that may give `command`.
    package static func allowed(_ command: Command.Kind) -> Set<Role> {
        switch command {
        case .file: [.tourist, .agent, .supervisor, .office]
        case .classify, .ruleOnAcceptance, .determine, .proposeAdvance, .commitFunds, .forward,
            .settle,
            .openRecovery, .orderPayout, .joinContact, .fire:
            [.office]
        // The merchant proves what it paid back.
        case .addEvidence: [.tourist, .agent, .reviewer, .supervisor, .bureau, .merchant]
        case .correctFacts, .goOnWithout: [.agent, .reviewer, .supervisor]
        case .requestEvidence: [.agent, .reviewer, .supervisor]
        case .designate: [.supervisor]
        case .setPayee: [.tourist, .agent]
        // The authority table may name the accountant as well, for the largest advances.
        case .approve: [.reviewer, .supervisor, .accountant]
        case .reduce, .refuseAdvance: [.reviewer, .supervisor]
        case .contest: [.tourist, .agent]
        case .answerContest: [.supervisor]
        case .withdraw: [.tourist, .agent]
        case .followUp, .close, .reopen: [.agent, .supervisor]
        case .acknowledge, .audit, .recordNoAgreement: [.bureau]
        case .recordMerchantPayment: [.bureau, .agent]
        case .payoutAnswered: [.office]
        case .reissuePayout: [.cashier, .office]
        // Neither who sends money by hand nor who says where it goes.
        case .clearPayout: [.reviewer, .supervisor]
        case .recordAssignment: [.agent, .accountant]
        // The merchant answers for itself; what it tells the desk is written down by the accountant.
        case .recordResponse: [.accountant, .merchant]
        case .serveNotice, .demand, .agreePlan, .proposeWriteOff,
            .proposeUnclaimedReturn, .notifyClaimBack, .proposeClaimBackWriteOff:
            [.accountant]
        case .recordRepayment, .recordTouristRepayment: [.accountant, .office]
        case .setOffDeposit, .recordInterest: [.accountant]
        case .takeFromSuspense, .takeTouristFromSuspense, .takeReturnFromSuspense:
            [.accountant, .supervisor]
        case .findDoublePayment: [.agent, .bureau, .accountant]
        // A defence upheld is money given up: two people, as for a write-off.
        case .upholdDefence, .approveWriteOff, .rejectWriteOff, .claimBack,
            .approveUnclaimedReturn, .approveClaimBackWriteOff:
            [.supervisor]
        }
    }

    /// What can be read or done that is not a command on a case.
    package enum Action: String, Hashable, Sendable, CaseIterable {
        case readCases, readPersonal, readBooks, manageFund, importStatement, proposeClosing,
            closePeriod, manageMerchants
        case manageTokens, readPolicies, submitPolicy, approvePolicy
        case readControls, proposeSuspense, confirmSuspense
        case preparePayments, releasePayments, importPaymentReport
        case readKnowledge, writeKnowledge, evaluateStaff, readRoster, setRoster
        case readOrders, readOrderPersonal, readNotices, readReports
        case managePeople, readAccessLog
        case manageWebhooks
    }

    package static func permit(_ roles: Set<Role>, _ action: Action) -> Bool {
        !roles.isDisjoint(with: allowed(action))
    }

    package static func allowed(_ action: Action) -> Set<Role> {
        switch action {
        case .readCases:
            [
                .agent, .reviewer, .supervisor, .bureau, .cashier, .accountant, .auditor,
                .administrator,
            ]
        case .readPersonal: [.agent, .reviewer, .supervisor, .bureau, .cashier]
        case .readBooks: [.supervisor, .cashier, .accountant, .auditor]
        case .manageFund: [.cashier]
        case .importStatement: [.cashier, .accountant]
        case .proposeClosing: [.cashier, .accountant]
        // Whoever agrees is another person than who put the period forward, by name.
        case .closePeriod: [.accountant, .supervisor]
        case .manageMerchants: [.supervisor, .administrator]
        case .manageTokens: [.administrator]
        case .readPolicies:
            Set(Role.allCases).subtracting([.tourist, .merchant, .dutyOfficer, .discipline])
        case .readControls: [.supervisor, .auditor]
        case .proposeSuspense: [.cashier, .accountant]
        // Whoever confirms is another person than who proposed, by name.
        case .confirmSuspense: [.accountant, .supervisor]
        case .readKnowledge: Set(Role.allCases).subtracting([.tourist, .merchant, .office])
        // Nobody evaluates themselves, by name.
        case .evaluateStaff: [.supervisor]
        // Whom to ring is everybody's matter.
        case .readRoster: Set(Role.allCases).subtracting([.tourist, .merchant, .office])
        case .setRoster: [.supervisor]
        // A bureau words its own articles only.
        case .writeKnowledge: [.policyOfficer, .supervisor, .bureau]
        case .preparePayments: [.cashier]
        // Whoever releases is another person than who prepared, by name.
        case .releasePayments: [.accountant, .supervisor]
        case .importPaymentReport: [.cashier, .accountant]
        case .submitPolicy: [.policyOfficer]
        // Whoever approves is another person than who submitted, by name.
        case .approvePolicy: [.policyOfficer, .supervisor]
        case .readOrders:
            [
                .agent, .dutyOfficer, .supervisor, .bureau, .discipline, .auditor, .administrator,
            ]
        // Whoever calls back or goes there.
        case .readOrderPersonal: [.agent, .dutyOfficer, .supervisor, .bureau]
        case .readNotices: [.agent, .dutyOfficer, .supervisor, .bureau, .discipline]
        // 通报: what is circulated to all whom it compares.
        case .readReports:
            Set(Role.allCases).subtracting([.tourist, .merchant, .office])
        // Nobody adds to their own roles, by name.
        case .managePeople: [.administrator]
        // Who outside is told of what happens.
        case .manageWebhooks: [.administrator]
        // Who looked at what is for those who hold others answerable.
        case .readAccessLog: [.supervisor, .auditor, .discipline]
        }
    }

    /// The whole table as text, a row a command, a column a role: what the golden file holds.
    package static func table() -> String {
        let rows =
            Command.Kind.allCases.map { kind in (kind.rawValue, allowed(kind)) }
            + Action.allCases.map { action in ("· " + action.rawValue, allowed(action)) }
        return TextTable.render(
            columns: Role.allCases.map(\.rawValue),
            rows: rows.map { name, allowed in
                (name, Role.allCases.map { allowed.contains($0) ? "yes" : "-" })
            })
    }
}
