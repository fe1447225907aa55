import Ledger

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

/// The entrance: where to go, and the two figures one asks for first.
struct HomePage {
    let language: Language
    let fund: FundView
    let counts: [StageCount]

    var page: Page {
        let parts = Parts(language: language)
        let open = counts.filter { $0.stage.isOpen }.reduce(0) { $0 + $1.count }
        return Page(
            title: parts.word(.home), language: language, address: .home,
            content: """
                <section class="lead">
                <h1>\(parts.word(.product))</h1>
                <p>\(parts.word(.tagline))</p>
                </section>
                <div class="choices">
                <a class="choice" href="\(Link.queue.with(language))">
                <h2>\(parts.word(.queue))</h2>
                <p class="figure">\(open) <span class="unit">\(parts.word(.openUnit))</span></p>
                <p class="quiet">\(parts.word(.queueLead))</p>
                </a>
                <a class="choice" href="\(Link.fund.with(language))">
                <h2>\(parts.word(.fund))</h2>
                <p class="figure">\(parts.yuan(fund.spendableFen))</p>
                <p class="quiet">\(parts.word(.fundLead))</p>
                </a>
                <div class="choice">
                <h2>\(parts.word(.caseWord))</h2>
                \(parts.search())
                <p class="quiet">\(parts.word(.caseLead))</p>
                </div>
                </div>
                """)
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
