import Casework
import Ledger
import Workflow

/// How many cases stand at a stage.
struct StageCount: Hashable, Sendable {
    let stage: StageName
    let count: Int

    /// Every stage in the order of the procedure, those without cases left out.
    static func all(_ counts: [(stage: String, count: Int)]) -> [StageCount] {
        StageName.allCases.compactMap { stage in
            counts.first { $0.stage == stage.rawValue }.map {
                StageCount(stage: stage, count: $0.count)
            }
        }
    }
}

/// The entrance: for a tourist what they came for, for the office's people where their work lies.
struct HomePage {
    let call: Call
    let fund: FundView
    let counts: [StageCount]

    private var parts: Parts { call.parts }

    var page: Page {
        call.page(
            parts.word(.home), section: nil, at: .home,
            """
            <section class="lead">
            <h1>\(parts.word(.product))</h1>
            <p>\(tagline)</p>
            </section>
            <div class="choices">
            \(call.visitor.isNamed ? desk : entrance)
            \(line)\(services.contains(.fund) ? fundChoice : nil)
            </div>
            """)
    }

    private var services: Services { call.office.services }

    /// What the hotline offers to whoever asks.
    private var line: HTML? {
        guard services.contains(.hotline) else { return nil }
        guard call.visitor.isNamed else {
            return choice(.newOrder, Page.Section.demand.name, OrderText.chooseKindLead)
        }
        let all: [(Page.Section, Phrase)] = [
            (.orders, OrderText.queueLead), (.notices, SupervisionText.noticesLead),
            (.supervision, SupervisionText.lead), (.knowledge, SupervisionText.knowledgeLead),
            (.figures, FigureText.lead),
        ]
        let open = Page.Section.open(to: call.visitor, in: services)
        return HTML.lines(
            all.filter { open.contains($0.0) }.map { choice($0.0.link, $0.0.name, $0.1) })
    }

    /// What the office does; of one without a fund, what it is called.
    private var tagline: String {
        guard !services.contains(.fund), let edition = call.hotlineEdition else {
            return parts.word(.tagline)
        }
        return parts.say(Phrase(edition.jurisdiction.chinese, edition.jurisdiction.english))
    }

    private var entrance: HTML {
        """
        \(services.contains(.fund) ? choice(.file, TouristText.file, TouristText.filingLead) : nil)
        \(choice(.track, TouristText.track, TouristText.trackLead))
        """
    }

    private func choice(_ link: Link, _ title: Phrase, _ lead: Phrase) -> HTML {
        """
        <a class="choice" href="\(link.with(parts.language))"><h2>\(parts.say(title))</h2>
        <p class="quiet">\(parts.say(lead))</p></a>
        """
    }

    private var desk: HTML {
        if call.actor.merchant != nil {
            return choice(.ownCases, TouristText.own, TouristText.ownLead)
        }
        if !services.contains(.fund) { return .empty }
        guard call.visitor.may(.readCases) else {
            if services.contains(.hotline), call.visitor.may(.readOrders) { return .empty }
            let lead = Phrase(
                "您的工作暂时通过接口和命令行办理。", "Your work is done by the API and the command line for now.")
            return choice(.openAPI, Phrase("接口", "The API"), lead)
        }
        let open = counts.filter { $0.stage.isOpen }.reduce(0) { $0 + $1.count }
        return """
            <a class="choice" href="\(Link.queue.with(parts.language))">
            <h2>\(parts.word(.queue))</h2>
            <p class="figure">\(open) <span class="unit">\(parts.word(.openUnit))</span></p>
            <p class="quiet">\(parts.word(.queueLead))</p>
            </a>
            <div class="choice">
            <h2>\(parts.word(.caseWord))</h2>
            \(parts.search())
            <p class="quiet">\(parts.word(.caseLead))</p>
            </div>
            """
    }

    private var fundChoice: HTML {
        """
        <a class="choice" href="\(Link.fund.with(parts.language))">
        <h2>\(parts.word(.fund))</h2>
        <p class="figure">\(parts.yuan(fund.spendableFen))</p>
        <p class="quiet">\(parts.word(.fundLead))</p>
        </a>
        """
    }
}

extension StageName {
    /// As `Stage.isOpen`: somebody, or something, still has to act.
    var isOpen: Bool {
        switch self {
        case .declined, .handedOver, .merged, .closed, .withdrawn: false
        case .filed, .assessing, .awaitingEvidence, .proposed, .awaitingFunds, .withBureau, .paying,
            .resolved:
            true
        }
    }
}
