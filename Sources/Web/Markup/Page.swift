import Casework
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// A whole page in one language: the frame around its content.
struct Page {
    let title: String
    let language: Language
    /// Its own address without `lang`, for the links to the other languages.
    let address: Link
    /// Which entry of the navigation it is.
    var section: Section?
    /// Whose navigation it shows.
    var visitor = Visitor.nobody
    /// What the office does.
    var services: Services = .all
    /// Those it can be read in.
    var languages = Language.allCases
    /// What was just done.
    var notice: Phrase?
    let content: HTML

    var markup: HTML {
        """
        <!doctype html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title) · \(word(.product))</title>
        <link rel="icon" href="\(Link.icon)">
        <link rel="stylesheet" href="\(Link.style)">
        <script src="\(Link.script)" defer></script>
        </head>
        <body>
        <a class="skip" href="#content">\(word(.skip))</a>
        <header class="bar">
        <a class="brand" href="\(Link.home.with(language))">\(word(.product))</a>
        <nav aria-label="\(word(.sections))">\(Section.open(to: visitor, in: services).map(entry))</nav>
        \(account)
        \(otherLanguages)
        </header>
        <main id="content">
        \(done)\(content)
        </main>
        <footer>\(word(.product)) · <a href="\(Link.openAPI)">OpenAPI</a></footer>
        </body>
        </html>

        """
    }

    func answer(_ status: Int = 200) -> Answer {
        Answer(status, "text/html; charset=utf-8", ByteBuffer(string: markup.text))
            .with(.contentLanguage, language.rawValue).with(.vary, "Accept-Language, Cookie")
    }

    private var done: HTML? {
        notice.map { "<p class=\"outcome\" role=\"status\">\($0[language])</p>\n" }
    }

    /// The way to the same page in another language, each called what its speakers call it.
    private var otherLanguages: HTML {
        let links: [HTML] = languages.filter { $0 != language }.map {
            "<a class=\"language\" href=\"\(address.with($0))\" lang=\"\($0.rawValue)\" hreflang=\"\($0.rawValue)\">\($0.ownName)</a>"
        }
        return links.count == 1
            ? links[0]
            : "<span class=\"languages\" role=\"group\" aria-label=\"\(word(.language))\">\(links)</span>"
    }

    /// Who is logged in, or the way to the log-in.
    private var account: HTML {
        guard let session = visitor.session else {
            return visitor.isNamed
                ? .empty
                : "<a class=\"account\" href=\"\(Link.logIn.with(language))\">\(word(.logIn))</a>"
        }
        return """
            <a class="account" href="\(Link.account.with(language))">\(session.person.displayName)</a>
            <form class="log-out" method="post" action="\(Link.logOut.with(language))"><input type="hidden" name="csrf" value="\(session.csrf)"><button class="plain">\(word(.logOut))</button></form>
            """
    }

    private func word(_ word: Word) -> String { word.phrase[language] }

    private func entry(_ each: Section) -> HTML {
        each == section
            ? "<a href=\"\(each.link.with(language))\" aria-current=\"page\">\(each.name[language])</a>"
            : "<a href=\"\(each.link.with(language))\">\(each.name[language])</a>"
    }
}

/// What an office does: an entry of the navigation that would be empty is not shown.
struct Services: OptionSet, Sendable {
    let rawValue: Int

    /// It pays from a fund, and so takes cases.
    static let fund = Services(rawValue: 1)
    /// It answers a line, and so takes work orders.
    static let hotline = Services(rawValue: 2)
    static let all: Services = [.fund, .hotline]
}

extension Page {
    /// An entry of the navigation.
    enum Section: CaseIterable {
        case desk, file, demand, track, queue, orders, own, notices, fund, money, proof, merchants
        case knowledge, duty, supervision, figures, policies, people, service, accessLog

        var name: Phrase {
            switch self {
            case .desk: CounterText.desk
            case .file: Phrase("投诉", "Complain")
            case .track: Phrase("查进度", "Follow")
            case .queue: Phrase("办件", "Queue")
            case .own: Phrase("本店案件", "Our cases")
            case .fund: Phrase("资金", "Fund")
            case .money: Phrase("财务", "Money")
            case .proof: Phrase("审计", "Audit")
            case .merchants: Phrase("商家", "Merchants")
            case .people: Phrase("人员", "People")
            case .demand: Phrase("诉求登记", "Tell us")
            case .orders: Phrase("工单", "Orders")
            case .notices: Phrase("提醒", "Notices")
            case .supervision: Phrase("督办", "Supervision")
            case .knowledge: Phrase("知识库", "Knowledge")
            case .duty: Phrase("值班", "Duty")
            case .figures: Phrase("通报", "Figures")
            case .policies: PolicyText.policies
            case .service: AdministrationText.service
            case .accessLog: PrivacyText.log
            }
        }

        var link: Link {
            switch self {
            case .desk: .desk
            case .file: .file
            case .track: .track
            case .queue: .queue
            case .own: .ownCases
            case .fund: .fund
            case .money: .money
            case .proof: .proof
            case .merchants: .merchants
            case .people: .people
            case .demand: .newOrder
            case .orders: .orders
            case .notices: .notices
            case .supervision: .supervision
            case .knowledge: .knowledge
            case .duty: .roster
            case .figures: .figures
            case .policies: .policies
            case .service: .service
            case .accessLog: .accessLog
            }
        }

        /// Those that `visitor` may open and the office fills, in their order.
        static func open(to visitor: Visitor, in services: Services) -> [Section] {
            allCases.filter { $0.isFilled(by: services) && $0.isOpen(to: visitor) }
        }

        private func isFilled(by services: Services) -> Bool {
            switch self {
            case .file, .queue, .own, .fund, .money, .proof: services.contains(.fund)
            case .demand, .orders, .notices, .knowledge, .duty: services.contains(.hotline)
            case .desk, .track, .merchants, .people, .supervision, .figures: true
            case .policies, .service, .accessLog: true
            }
        }

        private func isOpen(to visitor: Visitor) -> Bool {
            switch self {
            case .desk: visitor.may(.followUp)
            case .file: !visitor.isNamed || visitor.may(.file)
            case .track: !visitor.isNamed
            case .queue: visitor.may(.readCases)
            case .own: visitor.actor.merchant != nil
            case .money, .proof: visitor.may(.readBooks)
            case .people: visitor.may(.managePeople)
            case .demand: !visitor.isNamed
            case .orders: visitor.may(.readOrders)
            case .notices: visitor.may(.readNotices)
            case .supervision: OrderPermissions.permit(visitor.actor.roles, .supervise)
            case .knowledge: visitor.may(.readKnowledge)
            case .duty: visitor.may(.readRoster)
            case .figures: visitor.may(.readReports)
            case .service: visitor.may(.manageTokens)
            case .policies: visitor.may(.approvePolicy) || visitor.may(.readControls)
            case .accessLog: visitor.may(.readAccessLog)
            case .fund, .merchants: true
            }
        }
    }
}

extension Language {
    init(_ request: Request) {
        self.init(
            query: request.uri.queryParameters.get("lang"),
            accepted: request.headers[.acceptLanguage])
    }
}

/// What a reader sees when a page cannot be shown.
enum ProblemPage {
    static func answer(_ problem: Problem, _ request: Request, id: String) -> Answer {
        let language = Language(request)
        let isMissing = problem.status == 404
        let title = isMissing ? Word.notFound.phrase[language] : problem.title[language]
        let detail = isMissing ? Word.notFoundLead.phrase[language] : problem.detail[language]
        let page = Page(
            title: title, language: language, address: .home,
            content: """
                <section class="lead"><h1>\(title)</h1><p>\(detail)</p>
                <p class="quiet"><code>\(problem.code)</code> · <code>\(id)</code></p>
                <p><a class="button" href="\(Link.home.with(language))">\(Word.home.phrase[language])</a></p></section>
                """)
        var answer = page.answer(problem.status)
        if let seconds = problem.retryAfter { answer = answer.with(.retryAfter, String(seconds)) }
        return answer
    }
}
