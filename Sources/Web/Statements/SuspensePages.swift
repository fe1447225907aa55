import Banking
import Casework
import Ledger
import Store
import Workflow

/// What lies in suspense, for how long, and who says whose it is.
enum SuspensePages {
    static let shown = 200

    static let all: [Route] = [
        PageRoutes.page(
            "/money/suspense", "suspensePage", MoneyText.suspense, .action(.readBooks)
        ) { call in
            let fund = call.office.books.fund
            let (lines, lies, claims) = try await call.office.read { transaction in
                let lines = try transaction.linesInSuspense(limit: shown)
                let lies = try lines.map { line in
                    try transaction.balance(
                        of: Account(Chart.suspense, sub: String(line.key.prefix(16))), in: fund
                    ).negated
                }
                return (lines, lies, try transaction.openSuspenseClaims())
            }
            return SuspensePage(call: call, lines: Array(zip(lines, lies)), claims: claims).answer()
        }
    ]
}

struct SuspensePage {
    let call: Call
    /// With what of each still lies there.
    let lines: [(StatementLineRow, Money)]
    let claims: [SuspenseClaim]

    private var parts: Parts { call.parts }
    private var today: Day { call.zone.day(at: call.office.now()) }

    func answer() -> Answer {
        MoneyFrame(call: call).page(
            MoneyText.suspense, at: .suspense, below: .suspense,
            """
            <section class="lead"><h1>\(parts.say(MoneyText.suspense))</h1>
            <p>\(parts.say(MoneyText.suspenseLead))</p></section>
            \(parts.section(MoneyText.proposals, "proposals", proposals))
            <section>\(list)\(parts.cut(lines.count, at: SuspensePages.shown))</section>
            \(lines.isEmpty ? nil : parts.section(MoneyText.ages, "ages", ages))
            """
        ).answer()
    }

    private var list: HTML {
        let rows: [[HTML]] = lines.map { line, lies in
            let text = BankLineText(line: line, sight: call.sight)
            let days = max(0, line.bookedOn.distance(to: today))
            let age = parts.say(Phrase("\(days)天", days == 1 ? "1 day" : "\(days) days"))
            return [
                "\(parts.day(line.bookedOn))<span class=\"under\">\(age)</span>",
                "\(text.party)<span class=\"under\">\(text.text)</span>",
                parts.flow(line.amount), parts.yuan(lies), "\(action(on: line, lies))",
            ]
        }
        return parts.table(
            [
                .text("到账", "Booked"), .text("对方与附言", "Party and text"), .number("金额", "Amount"),
                .number("尚在待查", "Still there"), .text("办理", "To do"),
            ], rows, label: parts.say(MoneyText.suspense), empty: MoneyText.nothingInSuspense)
    }

    private func action(on line: StatementLineRow, _ lies: Money) -> HTML {
        let open = claims.filter { $0.key == line.key }
        let claimed = open.reduce(Int64(0)) { $0 + $1.amount.fen }
        guard open.isEmpty || claimed < lies.fen else {
            return "<a href=\"#proposals\">\(parts.say(MoneyText.proposals))</a>"
        }
        guard call.visitor.may(.proposeSuspense), lies.isPositive else { return "–" }
        let link = Link.form("suspense", line.account.description, line.key, "proposals")
        return parts.link(link, parts.say(MoneyText.propose))
    }

    private var proposals: HTML {
        let rows: [[HTML]] = claims.map { claim in
            [
                "\(parts.say(MoneyText.target(claim.target.kind)))\(named(claim.target))",
                parts.yuan(claim.amount), "\(claim.reason)",
                "\(claim.proposedBy)<span class=\"under\">\(parts.time(Timestamp(call.zone.text(claim.proposedAt))))</span>",
                decisions(on: claim),
            ]
        }
        return parts.table(
            [
                .text("属于", "Whose"), .number("金额", "Amount"), .text("理由", "Reason"),
                .text("提出", "Proposed"), .text("办理", "To do"),
            ], rows, label: parts.say(MoneyText.proposals), empty: MoneyText.noProposals)
    }

    private func named(_ target: SuspenseClaim.Target) -> HTML? {
        switch target {
        case .recovery(let id), .tourist(let id):
            call.visitor.may(.readCases) ? " \(parts.caseLink(id.text))" : " \(id.text)"
        case .merchant(let id): " <code>\(id.text)</code>"
        case .payoutReturn(let number): " <code>\(number)</code>"
        case .interest, .grant: nil
        }
    }

    private func decisions(on claim: SuspenseClaim) -> HTML {
        guard call.visitor.may(.confirmSuspense) else { return "–" }
        guard claim.proposedBy != call.actor.name else {
            return "<span class=\"quiet\">\(parts.say(MoneyText.ownProposal))</span>"
        }
        let number = String(claim.number)
        let confirm = Link.form("suspense-proposals", number, "confirmation")
        let reject = Link.form("suspense-proposals", number, "rejection")
        return
            "\(parts.link(confirm, parts.say(MoneyText.confirm))) · \(parts.link(reject, parts.say(MoneyText.reject)))"
    }

    private var ages: HTML {
        let ages = suspenseAges(
            of: lines.map { (bookedOn: $0.0.bookedOn, amount: $0.0.amount) }, on: today)
        let rows: [[HTML]] = ages.map { age in
            let (from, to) = (age.days.lowerBound, age.days.upperBound)
            let name = to == .max ? "≥ \(from)" : "\(from)–\(to)"
            return [
                "\(name)", "\(age.count)", age.incoming.map { parts.yuan($0) } ?? "–",
                age.outgoing.map { parts.yuan($0) } ?? "–",
            ]
        }
        return parts.table(
            [
                .text("天", "Days"), .number("笔数", "Lines"), .number("收", "In"),
                .number("付", "Out"),
            ], rows, label: parts.say(MoneyText.ages))
    }
}
