import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// Who is to hear of a limit, until somebody has seen it.
enum NoticeRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/notices", id: "listNotices",
            summary: Phrase(
                "给您的、尚无人查看的提醒，早的在前", "Notices to you that nobody has seen, the oldest first"),
            access: .action(.readNotices), query: [limit], success: .view(200, NoticeListView.self)
        ) { call in
            let limit = Int(try call.queryNumber("limit", in: 1...200) ?? 50)
            return Answer(NoticeListView(notices: try await call.unseenNotices(limit: limit)))
        },
        Route(
            method: .post, path: "/api/v1/notices/{order}/{position}/sight", id: "seeNotice",
            summary: Phrase(
                "标记为已查看；先查看者留名", "Mark it as seen; the first who saw it stays on record"),
            access: .action(.readNotices), body: .form(EmptyForm.self),
            success: .view(200, OrderNoticeView.self)
        ) { call in
            let id = try call.orderID()
            _ = try call.idempotencyKey()
            let text = call.part("position")
            guard let position = Int(text) else {
                throw Problem.noSuch(Phrase("提醒", "notice"), "\(id)/\(text)")
            }
            let (_, bytes) = try await call.form(EmptyForm.self)
            let (zone, mail) = (call.zone, call.mailboxes)
            return try await call.once(bytes) { work in
                func notice() throws -> OrderNotice {
                    guard let found = try work.transaction.notice(ofOrder: id, position: position)
                    else { throw Problem.noSuch(Phrase("提醒", "notice"), "\(id)/\(position)") }
                    return found
                }
                let found = try notice()
                guard mail.contains(Mailbox(found)) else { throw Problem.notYourNotice }
                try work.transaction.seeNotice(
                    of: id, position: position, by: call.actor.name, at: work.now)
                return Effect(200, OrderNoticeView(try notice(), zone))
            }
        },
    ]

    private static let limit = Route.QueryParameter(
        name: "limit", about: Phrase("至多件数", "at most so many"),
        schema: ["type": "integer", "minimum": 1, "maximum": 200])
}

/// Under what notices reach a person.
private struct Mailbox: Hashable, Sendable {
    let recipient: Recipient
    /// A bureau, or the receiver's name; nil for those who are told by role.
    let addressee: String?

    init(_ recipient: Recipient, _ addressee: String? = nil) {
        self.recipient = recipient
        self.addressee = addressee
    }

    init(_ notice: OrderNotice) { self.init(notice.recipient, notice.addressee) }
}

extension Call {
    /// To the reader, and seen by nobody, the oldest first.
    func unseenNotices(limit: Int) async throws -> [OrderNoticeView] {
        let (zone, mail) = (zone, mailboxes)
        let notices = try await office.read { transaction in
            try mail.flatMap {
                try transaction.unseenNotices(
                    to: $0.recipient, addressee: $0.addressee, limit: limit)
            }
        }
        let oldest = notices.sorted {
            ($0.at, $0.order.text, $0.position) < ($1.at, $1.order.text, $1.position)
        }.prefix(limit)
        return oldest.map { OrderNoticeView($0, zone) }
    }

    /// The receiver is told by name, a bureau as itself, the others by role; a bureau that stands behind
    /// supervision or discipline in the edition is told as that.
    fileprivate var mailboxes: [Mailbox] {
        var found = [Mailbox(.receiver, actor.name)]
        if actor.roles.contains(.bureau), let own = actor.bureau {
            found += [Mailbox(.bureau, own), Mailbox(.assistingBureaus, own)]
            let behind = office.hotlinePolicies.editions.last?.hotline.supervision ?? []
            for each in behind where each.bureau == own {
                switch each.recipient {
                case .supervisor, .supervision, .discipline: found.append(Mailbox(each.recipient))
                case .receiver, .bureau, .assistingBureaus: break
                }
            }
        }
        if actor.roles.contains(.supervisor) {
            found += [Mailbox(.supervisor), Mailbox(.supervision)]
        }
        if actor.roles.contains(.discipline) { found.append(Mailbox(.discipline)) }
        var seen: Set<Mailbox> = []
        return found.filter { seen.insert($0).inserted }
    }
}

struct NoticeListView: Codable, Sendable {
    let notices: [OrderNoticeView]
}

/// Something a recipient is to know of a work order's limit.
struct OrderNoticeView: Codable, Sendable {
    let order: String
    let position: Int
    /// `receiver`, `bureau`, `assistingBureaus`, `supervisor`, `supervision`, `discipline`.
    let recipient: String
    let addressee: String?
    let clock: String
    /// `warning-20`, `breach`, `escalation-1440`.
    let step: String
    let zh: String
    let en: String
    let at: Timestamp
    let seenBy: String?
    let orderHref: String
    /// Where it is marked as seen.
    let href: String

    init(_ notice: OrderNotice, _ zone: Zone) {
        let (name, what) = (Names.clock(notice.clock), Names.step(notice.step))
        order = notice.order.text
        position = notice.position
        recipient = notice.recipient.rawValue
        addressee = notice.addressee
        clock = notice.clock.rawValue
        step = notice.step.key
        zh = "\(notice.order)：\(name.zh)时限\(what.zh)"
        en = "\(notice.order): \(name.en) limit, \(what.en)"
        at = Timestamp(zone.text(notice.at))
        seenBy = notice.seenBy
        orderHref = Link.api(notice.order).text
        href = Link.apiNotice(notice.order, notice.position).text
    }
}
