import Casework
import HTTPTypes
import Hummingbird
import Ledger
import Store
import Workflow

/// How a merchant stands with the scheme, and since when: for itself.
struct OwnStandingPart {
    let parts: Parts
    let merchant: MerchantView
    var title = OwnText.standing

    var markup: HTML {
        let changes: [[HTML]] = merchant.standings.reversed().map { change in
            let name = Standing(rawValue: change.standing).map { parts.say(Names.standing($0)) }
            return [
                parts.day(change.from), "\(name ?? change.standing)", "\(change.reason)",
                "\(change.agreement ?? "–")",
            ]
        }
        let ratings: [[HTML]] = merchant.ratings.reversed().map { rating in
            [
                parts.day(rating.from), "\(MerchantPages.stars(rating.stars))",
                "\(rating.reason)",
            ]
        }
        return parts.section(
            title, "standing",
            """
            <p>\(MerchantPages.standing(merchant, parts)) \(MerchantPages.stars(merchant.stars))</p>
            <h3>\(parts.say(OwnText.changes))</h3>
            \(parts.table([.text("自", "From"), .text("状态", "Standing"), .text("理由", "Reason"), .text("质量保证协议", "Agreement")], changes, label: parts.say(OwnText.changes), empty: OwnText.noChanges))
            <h3>\(parts.say(OwnText.ratings))</h3>
            \(parts.table([.text("自", "From"), .text("星级", "Stars"), .text("理由", "Reason")], ratings, label: parts.say(OwnText.ratings), empty: OwnText.notRated))
            """)
    }
}

extension Call {
    /// Keeps a merchant's proof of payment as evidence of a case against it.
    func proveRepayment() async throws -> Answer {
        let id = try caseID()
        var entries = try await entries(upTo: Self.filesLimit_bytes)
        let kinds = (editionChoices["kinds"] ?? []).map(\.code)
        entries.add("kind", kinds.contains("other") ? "other" : kinds.last ?? "")
        do {
            guard !entries.files.isEmpty else {
                throw Problem.malformedFields([
                    FieldProblem(field: "file", text: MoneyText.fileMissing)
                ])
            }
            if let lost = try await keepFiles(of: entries, in: id).first { throw lost.problem }
        } catch {
            let problem = try shown(error)
            let whole = try await office.wholeCase(id)
            guard let own = actor.merchant, whole.file.filing.merchant == own else {
                throw Problem.notYourCase
            }
            return OwnCasePage(
                call: self, view: whole.view(office, .masked), recovery: whole.file.recovery,
                problem: problem
            ).answer(problem.status)
        }
        return redirect(to: .own(id).with("done", "addEvidence"))
    }
}

/// One case as the merchant sees it: what is claimed, what was paid in its place, what it may answer, and
/// how it pays. No personal data of the tourist.
struct OwnCasePage {
    let call: Call
    let view: CaseView
    let recovery: Recovery?
    /// What was wrong with the proof that came.
    var problem: Problem?

    private var parts: Parts { call.parts }
    private var id: ID<Case> { ID<Case>(view.number) }

    func answer(_ status: Int = 200) -> Answer {
        let names = EditionNames(call.office, edition: view.terms.edition)
        // Of each model the ruling that counts.
        let counting = view.rulings.enumerated().filter { index, ruling in
            !view.rulings[(index + 1)...].contains { $0.model == ruling.model }
        }
        let rules: [HTML] = counting.flatMap(\.element.rules).map { rule in
            "<li><p>\(parts.say(Phrase(rule.zh, rule.en)))</p><p class=\"quiet\">\(rule.clause)</p></li>\n"
        }
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        return call.page(
            view.number, section: .own, at: .own(id),
            """
            <section class="lead"><p class="crumb"><a href="\(Link.ownCases.with(parts.language))">\(parts.word(.back))</a></p>
            <h1 class="case-number">\(view.number)</h1>
            <p>\(parts.stage(view.stage.name, isOpen: view.stage.isOpen))</p>
            \(parts.terms([(.matter, "\(parts.say(names.matter(view.matter)))"), (.claimed, parts.yuan(view.claimedFen)), (.paid, parts.yuan(view.paidFen)), (.occurredOn, parts.day(view.occurredOn)), (.order, view.order.map { "\($0)" })]))
            </section>
            \(wrong)\(debt)\(plan)\(payment)
            \(OwnEvidence.list(call, id, view.evidence))
            <section><h2>\(parts.say(TouristText.why))</h2><ol class="ruling">\(rules)</ol></section>
            """
        ).answer(status)
    }

    private var debt: HTML? {
        guard let debt = view.recovery else { return nil }
        let served = debt.noticeServedOn
        let said = debt.response.map { parts.say(FieldNames.choice("response", $0)) } ?? "–"
        let note: HTML? = debt.responseNote.map { "<span class=\"under\">\($0)</span>" }
        return parts.section(
            Word.recovery.phrase, "recovery",
            """
            \(parts.list([
                (Word.owed.phrase, parts.yuan(debt.outstandingFen)),
                (Word.repaid.phrase, parts.yuan(debt.repaidFen)),
                (Phrase("抗辩成立减去", "Taken off by defences"), debt.waivedFen == .zero ? nil : parts.yuan(debt.waivedFen)),
                (Phrase("通知送达", "Notice served"), served.map { parts.day($0) }),
                (Phrase("答复期限", "Answer by"), served.map { parts.day($0.advanced(by: debt.responseDays)) }),
                (Phrase("付款期限", "Pay by"), served.map { parts.day($0.advanced(by: debt.paymentDays)) }),
                (Phrase("本店的答复", "Our answer"), "\(said)\(note)"),
                (Word.state.phrase, "\(parts.say(Names.recovery(debt.state)))"),
            ]))
            \(answering(debt))
            """)
    }

    private func answering(_ debt: RecoveryView) -> HTML {
        if debt.outstandingFen == .zero {
            return "<p>\(parts.pace(.inTime, parts.say(OwnText.settled)))</p>"
        }
        guard debt.state == "notified" || debt.state == "disputed" else {
            return debt.noticeServedOn == nil
                ? "<p class=\"quiet\">\(parts.say(OwnText.noNotice))</p>" : .empty
        }
        let link = Link.command("response", below: .page(id), seen: view.version)
        let name = debt.response == nil ? OwnText.answer : OwnText.answerAnew
        return """
            <p class="quiet">\(parts.say(OwnText.answerLead))</p>
            <p class="offers">\(parts.button(link, name, isFirst: debt.response == nil))</p>
            """
    }

    private var plan: HTML? {
        guard let plan = recovery?.plan else { return nil }
        let received = (view.recovery?.repaidFen.fen ?? 0) - plan.receivedBefore.fen
        var due: Int64 = 0
        let rows: [[HTML]] = plan.instalments.map { instalment in
            due += instalment.amount.fen
            let isPaid = due <= received
            return [
                parts.day(instalment.dueOn), parts.yuan(instalment.amount),
                parts.pace(
                    isPaid ? .inTime : .still,
                    parts.say(isPaid ? Phrase("已付", "paid") : Phrase("待付", "to be paid"))),
            ]
        }
        let broken: HTML? =
            plan.isBroken ? "<p class=\"notice\">\(parts.say(OwnText.planBroken))</p>" : nil
        let table = parts.table(
            [.text("到期", "Due"), .number("金额", "Amount"), .text("状态", "State")], rows,
            label: parts.say(OwnText.plan))
        return parts.section(OwnText.plan, "plan", "\(broken)\(table)")
    }

    /// Where the money goes, and the form that brings the proof.
    private var payment: HTML? {
        guard let debt = view.recovery, debt.outstandingFen != .zero, debt.noticeServedOn != nil
        else { return nil }
        let payee = call.edition?.jurisdiction
        return parts.section(
            OwnText.pay, "pay", lead: OwnText.payLead,
            """
            \(parts.list([
                (Phrase("收款人", "Payee"), payee.map { "\(parts.say(Phrase($0.chinese, $0.english)))" }),
                (Phrase("账号", "Account"), "<code>\(call.office.books.bankNumber)</code>"),
                (Phrase("附言", "Text"), "<code>\(view.number)</code>"),
                (Word.amount.phrase, parts.yuan(debt.outstandingFen)),
            ]))
            <h3>\(parts.say(OwnText.prove))</h3>\(proofs)
            <form class="command" method="post" enctype="multipart/form-data" action="\(Link.own(id).below("proof").with(parts.language))">\(call.hidden())
            <p class="field"><label for="file">\(parts.say(OwnText.proofFile))</label><span class="hint" id="file-hint">\(parts.say(OwnText.proofHint))</span>
            <input id="file" type="file" name="file" required accept="image/jpeg,image/png,image/webp,application/pdf" aria-describedby="file-hint"></p>
            <p class="act"><button>\(parts.say(OwnText.prove))</button></p></form>
            """)
    }

    /// Those that this person brought; what others brought is not for the merchant.
    private var proofs: HTML? {
        let own = view.events.filter { $0.kind == "evidenceAdded" && $0.actor == call.actor.name }
        guard !own.isEmpty else { return nil }
        let items: [HTML] = own.map {
            "<li>\(parts.time($0.at)) \(parts.say(Phrase($0.zh, $0.en)))</li>"
        }
        return "<ul class=\"findings\" aria-label=\"\(parts.say(OwnText.proofs))\">\(items)</ul>"
    }
}
