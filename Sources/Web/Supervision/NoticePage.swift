import Casework
import Ledger
import Store
import Workflow

/// The reader's own notices, each with the button that marks it as seen.
enum NoticePages {
    static let all: [Route] = [
        PageRoutes.page(
            "/notices", "noticesPage", SupervisionText.notices, .action(.readNotices)
        ) { call in
            try call.checkHotline()
            let notices = try await call.unseenNotices(limit: 100)
            return NoticePage(call: call, notices: notices).answer()
        }
    ]
}

struct NoticePage {
    let call: Call
    let notices: [OrderNoticeView]

    func answer() -> Answer {
        let parts = call.parts
        let title = parts.say(SupervisionText.notices)
        let rows: [[HTML]] = notices.map { notice in
            let to =
                Recipient(rawValue: notice.recipient).map { parts.say(Names.recipient($0)) }
                ?? notice.recipient
            return [
                parts.time(notice.at), parts.orderLink(notice.order), "\(pace(notice))", "\(to)",
                form(notice),
            ]
        }
        let list: HTML =
            rows.isEmpty
            ? "<p class=\"quiet\">\(parts.say(SupervisionText.noNotices))</p>"
            : parts.table(
                [
                    .text(.when), .said(OrderText.order), .text(.what),
                    .said(Phrase("以何身份", "As")), .said(SupervisionText.seen),
                ], rows, label: title)
        return call.page(
            title, section: .notices, at: .notices,
            """
            <section class="lead"><h1>\(title)</h1><p>\(parts.say(SupervisionText.noticesLead))</p></section>
            <section>\(list)\(parts.cut(notices.count, at: 100))</section>
            """
        ).answer()
    }

    private func pace(_ notice: OrderNoticeView) -> HTML {
        let parts = call.parts
        let clock = OrderClock(rawValue: notice.clock).map { parts.say(Names.clock($0)) } ?? ""
        return notice.step.hasPrefix("warning")
            ? parts.pace(.soon, "\(clock) · \(parts.word(.soon))")
            : parts.pace(.late, "\(clock) · \(parts.word(.late))")
    }

    private func form(_ notice: OrderNoticeView) -> HTML {
        let link = Link.sight(ID(notice.order), notice.position)
        return """
            <form class="inline" method="post" action="\(link.with(call.language))">\(call.hidden())<button class="button second" aria-label="\(call.parts.say(SupervisionText.seen)) \(notice.order)">\(call.parts.say(SupervisionText.seen))</button></form>
            """
    }
}
