import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Where whoever lost the tracking code gets a new one. It says the same whether or not there is such a
/// case.
struct LostCodePage {
    let call: Call
    /// What was entered last.
    var entries = FormEntries()
    var problem: Problem?
    /// Whether a code was asked for: then it can be entered.
    var isAsked = false

    func answer(_ status: Int = 200) -> Answer {
        let parts = call.parts
        let title = parts.say(TouristText.lost)
        let wrong: HTML? = problem.map { ProblemPart(parts: parts, problem: $0).markup }
        return call.page(
            title, section: .track, at: .lostCode,
            """
            <section class="lead"><p class="crumb"><a href="\(Link.track.with(parts.language))">\(parts.say(TouristText.track))</a></p>
            <h1>\(title)</h1><p>\(parts.say(isAsked ? TouristText.codeSent : TouristText.lostLead))</p></section>
            \(wrong)
            \(isAsked ? redemption : asking)
            """
        ).answer(status)
    }

    private var asking: HTML {
        let parts = call.parts
        return """
            <form class="command" method="post" action="\(Link.lostCode.with(parts.language))">
            \(number)
            <p class="field"><label for="phone">\(parts.say(TouristText.phone))</label><input id="phone" name="phone" type="tel" required maxlength="30" autocomplete="tel" value="\(entries["phone"] ?? "")"></p>
            <p class="act"><button>\(parts.say(TouristText.askCode))</button></p>
            </form>
            """
    }

    private var redemption: HTML {
        let parts = call.parts
        return """
            <form class="command" method="post" action="\(Link.lostCode.below("redemption").with(parts.language))">
            \(number)
            <p class="field"><label for="code">\(parts.say(TouristText.oneTimeCode))</label><input id="code" name="code" required maxlength="12" inputmode="numeric" autocomplete="one-time-code"></p>
            <p class="act"><button>\(parts.say(TouristText.newCode))</button> <a href="\(Link.lostCode.with(parts.language))">\(parts.say(TouristText.askCode))</a></p>
            </form>
            """
    }

    private var number: HTML {
        """
        <p class="field"><label for="number">\(call.parts.say(TouristText.number))</label><input id="number" name="number" required maxlength="40" autocomplete="off" spellcheck="false" value="\(entries["number"] ?? "")"></p>
        """
    }
}

enum LostCodeRoutes {
    static let all: [Route] = [
        PageRoutes.page("/lost-code", "lostCodePage", TouristText.lost) { call in
            LostCodePage(call: call).answer()
        },
        PageRoutes.post("/lost-code", "askCode", TouristText.askCode, .everyone) { call in
            let entries = try await call.entries()
            var page = LostCodePage(call: call, entries: entries)
            do {
                try await call.askCode(entries["number"] ?? "", entries["phone"] ?? "")
                page.isAsked = true
                return page.answer()
            } catch {
                let problem = try call.shown(error)
                page.problem = problem
                return page.answer(problem.status)
            }
        },
        PageRoutes.post(
            "/lost-code/redemption", "redeemCode", TouristText.newCode, .everyone
        ) { call in
            let entries = try await call.entries()
            do {
                return try await call.redeem(entries["code"] ?? "", of: entries["number"] ?? "")
            } catch {
                let problem = try call.shown(error)
                return LostCodePage(
                    call: call, entries: entries, problem: problem, isAsked: true
                ).answer(problem.status)
            }
        },
    ]
}

extension Call {
    fileprivate func askCode(_ number: String, _ phone: String) async throws {
        try desk.admitTry("ask", of: number, context)
        var generator = SystemRandomNumberGenerator()
        let code = freshOneTimeCode(using: &generator)
        let text = TouristText.codeMessage(code)[language]
        try await office.work { work in
            try work.askCode(for: number, phone: phone, code: code, text: text)
        }
    }

    fileprivate func redeem(_ code: String, of number: String) async throws -> Answer {
        try desk.admitTry("redeem", of: number, context)
        var generator = SystemRandomNumberGenerator()
        let fresh = freshTrackingCode(using: &generator)
        let isRight = try await office.work { work in
            try work.redeem(code, of: number, trackingCode: fresh)
        }
        guard isRight, let id = CaseNumber.read(number) else { throw TouristError.codeWrong }
        return redirect(to: .tracking(id)).with(.setCookie, touristCookie(id.text, fresh))
    }
}
