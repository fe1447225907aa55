import Casework
import Ledger

/// An address within this service. Links are made here and nowhere else.
struct Link: Hashable, Sendable {
    /// Percent-encoded.
    let text: String

    private init(_ text: String) { self.text = text }

    static let home = Link("/")
    static let fund = Link("/fund")
    static let queue = Link("/queue")
    static let logIn = Link("/log-in")
    static let logOut = Link("/log-out")
    static let account = Link("/account")
    static let people = Link("/people")
    static let file = Link("/file")
    static let track = Link("/track")
    static let lostCode = Link("/lost-code")
    /// The screen of those who take calls.
    static let desk = Link("/desk")
    static let deskSearch = Link("/desk/search")
    static let deskPreview = Link("/desk/preview")
    static let liveQueue = Link("/live/queue")
    static func live(_ id: ID<Case>) -> Link { Link("/live/cases/\(encoded(id.text))") }
    static let merchants = Link("/merchants")
    static let newMerchant = Link("/merchants/new")
    static func page(_ id: ID<Merchant>) -> Link { Link("/merchants/\(encoded(id.text))") }
    static let proof = Link("/proof")
    static let money = Link("/money")
    static let ownCases = Link("/own")
    static let icon = Link("/amends.svg")
    static let script = Link("/amends.js")
    static let accessLog = Link("/access-log")
    static let openAPI = Link("/openapi.json")
    static let style = Link("/amends.css")

    static func page(_ id: ID<Case>) -> Link { Link("/cases/\(encoded(id.text))") }
    /// Where a tourist follows their own case.
    static func tracking(_ id: ID<Case>) -> Link { Link("/track/\(encoded(id.text))") }
    /// A command's page below the thing it changes.
    static func command(_ name: String, below link: Link, seen version: Int) -> Link {
        Link("\(link.text)/\(name)?version=\(version)")
    }
    /// The address a request came to.
    static func own(_ path: String) -> Link { Link(path) }
    static func logIn(next path: String) -> Link { Link("/log-in?next=\(encoded(path))") }
    static func evidence(_ id: ID<Case>, _ hash: String) -> Link {
        Link("\(page(id).text)/evidence/\(encoded(hash))")
    }
    static func api(_ id: ID<Case>) -> Link { Link("/api/v1/cases/\(encoded(id.text))") }
    static func api(_ id: ID<WorkOrder>) -> Link { Link("/api/v1/orders/\(encoded(id.text))") }
    static func apiEvidence(_ id: ID<WorkOrder>, _ hash: String) -> Link {
        Link("\(api(id).text)/evidence/\(encoded(hash))")
    }
    static func apiNotice(_ id: ID<WorkOrder>, _ position: Int) -> Link {
        Link("/api/v1/notices/\(encoded(id.text))/\(position)/sight")
    }
    /// The printable bulletin of a period.
    static func bulletin(_ period: ReportPeriod) -> Link {
        Link("/api/v1/bulletins/\(encoded(period.code))?form=html")
    }
    static func apiVoucher(_ number: Int64) -> Link { Link("/api/v1/vouchers/\(number)") }
    static func apiMerchant(_ id: ID<Merchant>) -> Link {
        Link("/api/v1/merchants/\(encoded(id.text))")
    }
    static func apiToken(_ name: String) -> Link { Link("/api/v1/tokens/\(encoded(name))") }
    static func apiEvidence(_ id: ID<Case>, _ hash: String) -> Link {
        Link("\(api(id).text)/evidence/\(encoded(hash))")
    }

    /// The address of the page at `path` in `language`.
    static func page(at path: String, in language: Language) -> Link {
        Link("\(path)?lang=\(language.code)")
    }

    /// A case as the merchant it is against sees it.
    static func own(_ id: ID<Case>) -> Link { Link("/own/\(encoded(id.text))") }

    static let orders = Link("/orders")
    static let newOrder = Link("/orders/new")
    static let supervision = Link("/supervision")
    static let knowledge = Link("/knowledge")
    static let newArticle = Link("/knowledge/new")
    static let roster = Link("/roster")
    static let notices = Link("/notices")
    static let figures = Link("/figures")
    static func page(_ id: ID<WorkOrder>) -> Link { Link("/orders/\(encoded(id.text))") }
    static func evidence(_ id: ID<WorkOrder>, _ hash: String) -> Link {
        Link("\(page(id).text)/evidence/\(encoded(hash))")
    }
    static func page(_ id: ID<Article>) -> Link { Link("/knowledge/\(encoded(id.text))") }
    static func bulletinPage(_ period: ReportPeriod) -> Link {
        Link("/bulletins/\(encoded(period.code))")
    }
    static func figure(_ period: ReportPeriod, _ measure: String) -> Link {
        Link("/figures/\(encoded(period.code))/\(encoded(measure))")
    }
    static let staff = Link("/staff")
    static func evaluations(of agent: String) -> Link {
        Link("/staff/\(encoded(agent))/evaluations")
    }
    static func roster(_ day: Day) -> Link { Link("/roster/\(day)") }
    static func sight(_ id: ID<WorkOrder>, _ position: Int) -> Link {
        Link("/notices/\(encoded(id.text))/\(position)/sight")
    }

    /// What lies below it.
    func below(_ name: String) -> Link { Link("\(text)/\(Self.encoded(name))") }

    func with(_ language: Language) -> Link {
        Link(text + (text.contains("?") ? "&" : "?") + "lang=\(language.code)")
    }

    func with(_ name: String, _ value: String) -> Link {
        Link(text + (text.contains("?") ? "&" : "?") + "\(name)=\(Self.encoded(value))")
    }

    func with(_ name: String, _ value: Int64) -> Link {
        Link(text + (text.contains("?") ? "&" : "?") + "\(name)=\(value)")
    }

    /// Everything but RFC 3986's unreserved characters as %XX.
    private static func encoded(_ part: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var text = ""
        for byte in part.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126:
                text.append(Character(Unicode.Scalar(byte)))
            default: text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return text
    }
}
