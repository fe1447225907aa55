import HTTPTypes
import Hummingbird
import NIOCore

/// A whole page in one language: the frame around its content.
struct Page {
    let title: String
    let language: Language
    /// Its own address without `lang`, for the link to the other language.
    let address: Link
    /// Which entry of the navigation it is.
    var section: Section?
    let content: HTML

    enum Section: CaseIterable {
        case queue, fund

        var word: Word { self == .queue ? .queue : .fund }
        var link: Link { self == .queue ? .queue : .fund }
    }

    var markup: HTML {
        """
        <!doctype html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title) · \(word(.product))</title>
        <link rel="stylesheet" href="\(Link.style)">
        </head>
        <body>
        <a class="skip" href="#content">\(word(.skip))</a>
        <header class="bar">
        <a class="brand" href="\(Link.home.with(language))">\(word(.product))</a>
        <nav>\(Section.allCases.map(entry))</nav>
        <a class="language" href="\(address.with(language.other))" lang="\(language.other.rawValue)">\(word(.language))</a>
        </header>
        <main id="content">
        \(content)
        </main>
        <footer>\(word(.readOnly)) · \(word(.masked)) · <a href="\(Link.openAPI)">OpenAPI</a></footer>
        </body>
        </html>

        """
    }

    func answer(_ status: Int = 200) -> Answer {
        Answer(status, "text/html; charset=utf-8", ByteBuffer(string: markup.text))
            .with(.contentLanguage, language.rawValue).with(.vary, "Accept-Language")
    }

    private func word(_ word: Word) -> String { word.phrase[language] }

    private func entry(_ each: Section) -> HTML {
        each == section
            ? "<a href=\"\(each.link.with(language))\" aria-current=\"page\">\(word(each.word))</a>"
            : "<a href=\"\(each.link.with(language))\">\(word(each.word))</a>"
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
