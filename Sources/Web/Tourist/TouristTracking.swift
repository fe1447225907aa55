import Casework
import Ledger
import Store
import Workflow

/// What a tourist does on the page of their own case.
extension Call {
    func trackPage() async throws -> TrackPage {
        let id = try caseID()
        let whole = try await office.wholeCase(id)
        let rating = try await office.read { try $0.rating(of: id) }
        return TrackPage(
            call: self, view: TrackingView(whole.file, whole.recorded, zone, at: office.now()),
            rating: rating,
            question: whole.file.stage.isAwaitingEvidence ? question(in: whole.recorded) : nil)
    }

    /// The last request, where a person wrote it: what the policy needs is named by its kinds.
    private func question(in recorded: [Recorded]) -> String? {
        let last = recorded.last { if case .evidenceRequested = $0.event { true } else { false } }
        guard let last, last.actor != Actor.office.name,
            case .evidenceRequested(_, let note) = last.event
        else { return nil }
        return note
    }

    static let answer_characters = 2_000

    /// Keeps what the tourist writes in answer as a text among the evidence.
    func takeAnswer(in id: ID<Case>) async throws -> Answer {
        let entries = try await entries()
        let text = entries["answer"] ?? ""
        let actor = actor
        let kinds = edition?.evidence.map(\.code) ?? []
        do {
            guard text.count <= Self.answer_characters, text.contains(where: { !$0.isWhitespace })
            else {
                throw WorkflowError.unfit([
                    .init(
                        field: "answer", chinese: "请填写", english: "is empty: fill it in")
                ])
            }
            try await office.work { work in
                _ = try work.addEvidence(
                    Array(text.utf8), kind: kinds.contains("other") ? "other" : kinds.last ?? "",
                    name: "答复 answer.txt", to: id, by: actor)
            }
        } catch {
            var page = try await trackPage()
            let problem = try shown(error)
            (page.entries, page.problem) = (entries, problem)
            return page.answer(problem.status)
        }
        return redirect(to: .tracking(id))
    }

    /// Keeps the files of the form and leads back; where one was not kept, the page says which and why.
    func takeFiles(in id: ID<Case>) async throws -> Answer {
        let entries = try await entries(upTo: Self.filesLimit_bytes)
        let lost = try await keepFiles(of: entries, in: id)
        guard let first = lost.first else { return redirect(to: .tracking(id)) }
        var problem = first.problem
        problem.errors = lost.map { FieldProblem(field: $0.name, text: $0.problem.detail) }
        var page = try await trackPage()
        page.problem = problem
        return page.answer(problem.status)
    }

    func rate(_ id: ID<Case>) async throws -> Answer {
        let entries = try await entries()
        let rating = CaseRating(
            stars: Int(entries["stars"] ?? "") ?? 0, text: entries["words"] ?? "")
        do {
            try await office.work { try $0.rate(id, rating) }
        } catch {
            var page = try await trackPage()
            let problem = try shown(error)
            (page.entries, page.problem) = (entries, problem)
            return page.answer(problem.status)
        }
        return redirect(to: .tracking(id))
    }
}

extension Stage {
    fileprivate var isAwaitingEvidence: Bool {
        if case .awaitingEvidence = self { true } else { false }
    }
}

/// What happens next, with the time until which each step comes.
struct TouristSteps {
    let parts: Parts
    let view: TrackingView

    private enum State: String { case done, now, ahead }

    private struct Step {
        let name: Phrase
        let state: State
        /// When it was done, or the latest time it comes; nil while neither is known.
        let time: Timestamp?
    }

    var markup: HTML {
        let items: [HTML] = steps.map { step in
            let time: HTML? = step.time.map { parts.time($0) }
            let when: HTML =
                switch step.state {
                case .done: "\(parts.say(TouristText.done)) \(time)"
                case .now, .ahead:
                    time.map { "\(parts.say(TouristText.dueBy)) \($0)" }
                        ?? "\(parts.say(isStopped ? TouristText.clockStands : TouristText.stillAhead))"
                }
            return
                "<li class=\"\(step.state.rawValue)\"><span>\(parts.say(step.name))</span> <span class=\"quiet\">\(when)</span></li>\n"
        }
        return """
            <ol class="steps">\(items)</ol>
            <p class="quiet">\(parts.say(TouristText.remindsNobody))</p>
            """
    }

    private var isStopped: Bool { view.clocks.contains { $0.isSuspended } }

    private var steps: [Step] {
        var steps = [
            Step(name: TouristText.stepFiled, state: .done, time: view.filedAt),
            step(TouristText.stepAccepted, clock: .acceptance, isDone: view.acceptance != nil),
        ]
        let ended = ["declined", "handedOver", "merged", "withdrawn"].contains(view.stage.name)
        guard !ended else { return steps }
        steps.append(
            step(TouristText.stepDecided, clock: .audit, isDone: view.advance != nil || isOver))
        if let payout = view.payouts.last {
            steps.append(
                Step(
                    name: TouristText.stepPaid,
                    state: payout.state == "confirmed" ? .done : .now, time: nil))
        } else if !isOver, view.advance.map({ $0.amountFen != .zero }) ?? true {
            steps.append(Step(name: TouristText.stepPaid, state: .ahead, time: nil))
        }
        steps.append(step(TouristText.stepClosed, clock: .closing, isDone: isOver))
        return steps
    }

    private var isOver: Bool { ["resolved", "closed"].contains(view.stage.name) }

    /// A step that one of the case's clocks limits.
    private func step(_ name: Phrase, clock: Clock.Name, isDone: Bool) -> Step {
        let clock = view.clocks.first { $0.name == clock.rawValue }
        if isDone { return Step(name: name, state: .done, time: clock?.stoppedAt) }
        return Step(name: name, state: clock == nil ? .ahead : .now, time: clock?.due)
    }
}

/// What the tourist thinks of it: to be said once, then shown.
struct RatingPart {
    let call: Call
    let view: TrackingView
    let rating: CaseRating?
    let entries: FormEntries

    var markup: HTML? {
        let parts = call.parts
        if let rating {
            let words: HTML? = rating.text.isEmpty ? nil : "<blockquote>\(rating.text)</blockquote>"
            return """
                <section aria-labelledby="rating"><h2 id="rating">\(parts.say(TouristText.rated))</h2>
                <p><span aria-hidden="true">\(String(repeating: "★", count: rating.stars))</span> \(parts.say(TouristText.grades[rating.stars - 1]))</p>
                \(words)<p class="quiet">\(parts.say(TouristText.thanks))</p></section>
                """
        }
        guard Case.isRatable(inStage: view.stage.name) else { return nil }
        let chosen = entries["stars"].flatMap { Int($0) }
        let choices: [HTML] = TouristText.grades.enumerated().reversed().map { index, grade in
            let mark: HTML = chosen == index + 1 ? " checked" : .empty
            return
                "<label class=\"check\"><input type=\"radio\" name=\"stars\" value=\"\(index + 1)\" required\(mark)> <span aria-hidden=\"true\">\(String(repeating: "★", count: index + 1))</span> \(parts.say(grade))</label>"
        }
        return """
            <section aria-labelledby="rating"><h2 id="rating">\(parts.say(TouristText.rate))</h2>
            <p class="quiet">\(parts.say(TouristText.rateLead))</p>
            <form class="command" method="post" action="\(Link.tracking(ID<Case>(view.number)).below("rating").with(parts.language))">
            \(call.token)
            <fieldset class="checks"><legend>\(parts.say(TouristText.rate))</legend>\(choices)</fieldset>
            <p class="field"><label for="words">\(parts.say(TouristText.rateWords)) <span class="quiet">\(parts.word(.optional))</span></label>
            <textarea id="words" name="words" rows="3" maxlength="\(RatingLimits.text_characters)">\(entries["words"] ?? "")</textarea></p>
            <p class="act"><button>\(parts.say(TouristText.sendRating))</button></p>
            </form></section>
            """
    }
}

/// What the script says while it sends a form's files one by one: see `amends.js`.
enum UploadWords {
    static func attributes(_ parts: Parts) -> HTML {
        """
        data-uploads="\(EvidenceLimits.file_bytes)" data-uploading="\(parts.say(TouristText.uploading))" data-uploaded="\(parts.say(TouristText.uploaded))" data-failed="\(parts.say(TouristText.notUploaded))" data-again="\(parts.say(TouristText.again))" data-go-on="\(parts.say(TouristText.goOn))" data-too-large="\(parts.say(TouristText.tooLarge))" data-sending="\(parts.say(TouristText.sendingFiles))"
        """
    }
}
