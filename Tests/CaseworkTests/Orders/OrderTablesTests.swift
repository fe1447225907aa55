import Casework
import Ledger
import Testing

@Suite struct OrderTablesTests {
    private static let sent = "amy register\namy dispatch water\n"
    private static let signed = sent + "bo acknowledge\n"
    private static let done = signed + "bo finish solved mended\n"

    /// A way into each stage, and into each state in which the same stage allows something else.
    private static let ways: [(name: String, script: String)] = [
        ("registered", "tourist register\n"),
        ("registered, accepted", "amy register\namy accept\n"),
        ("registered, with the duty officer", "amy register\namy passToDuty why\n"),
        ("registered, providers named", "amy register\namy name ownWill a\n"),
        ("registered, sent back", sent + "bo return no\n"),
        (
            "registered, sent back three times",
            String(repeating: "amy dispatch water\nbo return no\n", count: 3)
        ),
        ("dispatched", sent),
        ("dispatched, designated", "amy register\nsam designate water unclear\n"),
        ("handling", signed),
        ("handling, paused", signed + "bo ask where\n"),
        ("handling, extension asked", signed + "bo askExtension 2 parts\n"),
        ("handling, agreed", signed + "bo agree all refund\n"),
        ("finished", done),
        ("finished, looked at and called", done + "sam look good fine\namy call a\n"),
        ("finished at the line", "amy register\namy answer yes\n"),
        ("closed", done + "sam look good fine\namy call a\namy close\n"),
        ("declined", "amy register\namy decline COURT pending\n"),
        ("handedOver", "amy register\namy discipline body\n"),
        ("merged", "amy register\namy merge WH-25-0000009-1\n"),
        ("withdrawn", sent + "tourist withdraw settled\n"),
    ]

    /// For each kind of command who gives it, in the forms worth trying.
    private static let tries: [(OrderCommand.Kind, [String])] = [
        (.accept, ["amy accept"]), (.sort, ["amy sort repair why"]), (.answer, ["dora answer yes"]),
        (.passToDuty, ["amy passToDuty why"]), (.nameProviders, ["amy name local a b c"]),
        (.chooseProvider, ["amy choose none"]), (.decline, ["amy decline COURT why"]),
        (.handOver, ["amy discipline body"]), (.merge, ["amy merge WH-25-0000008-2"]),
        (.absorb, ["office absorb WH-25-0000007-3 fresh"]), (.link, ["amy link SY-25-0000001-1"]),
        (.addFacts, ["amy facts floor why"]), (.addEvidence, ["tourist evidence f00d"]),
        (.passResponsibility, ["sam pass ann leave"]), (.dispatch, ["amy dispatch city"]),
        (.designate, ["sam designate city why"]), (.settleAtMeeting, ["sam meeting city 2025-3"]),
        (.acknowledge, ["bo acknowledge", "amy acknowledge telephone"]),
        (.returnNotOurs, ["bo return no"]),
        (.recordContact, ["bo contact rang"]), (.recordResponse, ["bo response there"]),
        (.report, ["bo report did"]), (.ask, ["bo ask where", "amy ask where"]),
        (.addMessage, ["tourist message sms hello"]), (.reply, ["tourist reply sms here"]),
        (.pause, ["bo pause expertTest lab", "sam pause systemFailure down"]),
        (.resume, ["amy resume on"]), (.askExtension, ["bo askExtension 2 parts"]),
        (.grantExtension, ["sam grantExtension"]), (.refuseExtension, ["sam refuseExtension no"]),
        (.recordAgreement, ["bo agree all refund", "amy agree all refund"]),
        (.recordConsent, ["amy consent m1"]), (.finish, ["bo finish solved mended"]),
        (.remind, ["tourist remind again"]), (.supervise, ["sam supervise slow"]),
        (.listFault, ["dee fault water slow"]), (.recordFieldCheck, ["sam look good fine"]),
        (.followUp, ["amy call a"]), (.close, ["amy close"]), (.withdraw, ["tourist withdraw ok"]),
        (.reopen, ["amy reopen a second pipe"]),
        (.fire, OrderClock.allCases.map { "office fire \($0.rawValue) breach" }),
    ]

    @Test func `each stage allows what the table says, and nothing else`() throws {
        #expect(
            Set(Self.tries.map(\.0)) == Set(OrderCommand.Kind.allCases).subtracting([.register]))
        var rows = Self.ways.enumerated().map { "\(letter($0)) = \($1.name)" }
        rows.append("")
        rows.append(
            String(repeating: " ", count: 19)
                + Self.ways.indices.map { letter($0) }.joined(separator: " "))
        var said: Set<String> = []
        let desks = Self.ways.map { desk(after: $0.script) }
        for (kind, lines) in Self.tries {
            let marks = desks.map { desk in
                var desk = desk
                // Late enough for every end; nothing else is tried so late.
                if kind == .fire { desk.now = local("2025-06-03T09:00") }
                let answers = lines.map { answer($0, at: desk) }
                said.formUnion(answers.filter { $0.hasPrefix("✗") })
                return answers.contains { !$0.hasPrefix("✗") }
                    ? "x" : answers.allSatisfy { $0 == "✗ outOfTurn" } ? "." : "o"
            }
            let name = kind.rawValue
            rows.append(
                name + String(repeating: " ", count: 19 - name.count)
                    + marks.joined(separator: " "))
        }
        rows.append("\nx = goes on, . = out of turn, o = refused for another reason:")
        rows.append(
            said.subtracting(["✗ outOfTurn"]).map { String($0.dropFirst(2)) }.sorted()
                .joined(separator: ", "))
        try checkGolden(rows.joined(separator: "\n") + "\n", "order-stage-command.txt")
    }

    @Test func `what is offered is what is done, at every stage and to everyone`() throws {
        for way in Self.ways {
            let desk = desk(after: way.script)
            let order = try #require(desk.order)
            for (who, actor) in OrderSample.people where who != "office" {
                let open = Set(order.openCommands(to: actor, at: desk.now, on: desk.book))
                #expect(open.isDisjoint(with: [.register, .absorb, .fire]))
                for (kind, lines) in Self.tries where kind != .absorb && kind != .fire {
                    // The same words, said by this person.
                    let answers = lines.map { line in
                        answer(who + line.drop { $0 != " " }, at: desk)
                    }
                    let isDone = answers.contains { !$0.hasPrefix("✗") && !$0.isEmpty }
                    #expect(
                        open.contains(kind) == isDone,
                        "\(kind) by \(who), \(way.name): \(answers)")
                }
            }
        }
    }

    @Test func `every stage is reached`() {
        let stages = Set(Self.ways.map { desk(after: $0.script).order?.stage.name ?? "" })
        #expect(
            stages == [
                "registered", "dispatched", "handling", "finished", "closed", "declined",
                "handedOver", "merged", "withdrawn",
            ])
    }

    @Test func `who may do what is the table the offices have agreed on`() throws {
        try checkGolden(OrderPermissions.table(), "order-permissions.txt")
        try checkGolden(
            OrderPermissions.table(OrderPermissions.allowedAboutOffice),
            "order-permissions-office.txt")
    }

    @Test func `nobody may both make and check`() {
        let pairs: [(OrderCommand.Kind, OrderCommand.Kind)] = [
            (.askExtension, .grantExtension), (.askExtension, .refuseExtension),
            (.finish, .recordFieldCheck), (.finish, .followUp), (.finish, .close),
            (.returnNotOurs, .designate), (.report, .listFault),
        ]
        for (make, check) in pairs {
            #expect(
                OrderPermissions.allowed(make).isDisjoint(with: OrderPermissions.allowed(check)),
                "\(make) and \(check)")
        }
        for kind in OrderCommand.Kind.allCases {
            for role in [
                Role.auditor, .merchant, .administrator, .policyOfficer, .cashier, .accountant,
                .reviewer,
            ] {
                #expect(!OrderPermissions.permit([role], kind), "\(role) \(kind)")
            }
        }
    }

    private func desk(after script: String) -> OrderDesk {
        script.hasPrefix("amy dispatch") ? play("amy register\n" + script) : play(script)
    }

    private func answer(_ line: String, at desk: OrderDesk) -> String {
        var desk = desk
        let words = line.split(separator: " ").map(String.init)
        return desk.answer(words[0], words[1], Array(words.dropFirst(2)))
    }

    private func letter(_ index: Int) -> String {
        String(UnicodeScalar(UInt8(97 + index)))
    }
}
