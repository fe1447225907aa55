import HTTPTypes
import Hummingbird
import Ledger
import Workflow

/// The document by which a program finds an office's Open311 service, and what it speaks.
///
/// - Source: Open311, "Service Discovery", as GeoReport v2 names it.
enum Open311Discovery {
    static let routes: [Route] = Open311Form.allCases.map { form in
        Route(
            method: .get, path: "/open311/discovery.\(form)",
            id: "open311Discovery\(form.rawValue.uppercased())",
            summary: Phrase("Open311服务的发现文档", "Where the Open311 service is and what it speaks"),
            access: .everyone, success: .open311([form.mediaType])
        ) { call in
            form.answer("discovery", try call.open311Discovery())
        }
    }
}

extension Call {
    /// What is offered changes with the edition: its first day is the document's changeset.
    fileprivate func open311Discovery() throws -> Open311Node {
        let today = zone.day(at: office.now())
        // Where a book has no edition in force the other one answers; where none has, the error says so.
        let inForce = office.policyBooks.compactMap { try? $0.edition(inForceOn: today) }
        let edition =
            try inForce.max { $0.from < $1.from } ?? office.policies.edition(inForceOn: today)
        let changed = Open311Node.text(zone.text(zone.moment(of: edition.from)))
        let name = edition.jurisdiction
        let endpoint: Open311Node = .object([
            ("specification", .text("http://wiki.open311.org/GeoReport_v2")),
            ("url", .text(publicAddress + "/open311/v2")), ("changeset", changed),
            ("type", .text("production")),
            (
                "formats",
                .list(
                    item: "format",
                    [.text("text/xml"), .text("application/json")])
            ),
        ])
        return .object([
            ("changeset", changed),
            ("contact", .text("\(name.chinese) / \(name.english): \(publicAddress)/")),
            (
                "key_service",
                .text(
                    "接口令牌由管理员发放 / the office's administrator issues API tokens: "
                        + "\(publicAddress)/")
            ),
            ("endpoints", .list(item: "endpoint", [endpoint])),
        ])
    }

    /// As browsers reach the service; where that is not set, as this request did.
    private var publicAddress: String {
        let authority = desk.publicAuthority ?? request.head.authority ?? ""
        return "\(desk.isSecure ? "https" : "http")://\(authority)"
    }
}
