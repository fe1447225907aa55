import Casework
import Ledger
import Store
import Workflow

/// What has become of a work order: bureaus, words, files, checks, links, trail.
extension OrderPage {
    var dispatches: HTML {
        guard !view.assignments.isEmpty else { return .empty }
        let rows: [[HTML]] = view.assignments.reversed().map { each in
            let reason: HTML? = each.reason.map { "<span class=\"under\">\($0)</span>" }
            let assisting: HTML? =
                each.assisting.isEmpty
                ? nil
                : "<span class=\"under\">\(parts.say(OrderText.assisting)) \(parts.say(names.bureaus(each.assisting)))</span>"
            let signed: [HTML] = each.acknowledgements.map {
                "<span class=\"under\">\(parts.say(names.bureau($0.bureau))) · \(parts.say(FieldNames.choice("by", $0.by))) \(parts.time($0.at))</span>"
            }
            return [
                "\(parts.say(names.bureau(each.lead)))\(assisting)",
                "\(parts.say(OrderText.ground(each.ground)))\(reason)",
                parts.time(each.dispatchedAt), signed.isEmpty ? "–" : "\(signed)",
                each.reported.isEmpty ? "–" : "\(parts.say(names.bureaus(each.reported)))",
            ]
        }
        return parts.section(
            OrderText.dispatches, "dispatches",
            parts.table(
                [
                    .said(OrderText.lead), .said(OrderText.ground), .text(.when),
                    .said(OrderText.acknowledged), .said(OrderText.reported),
                ], rows, label: parts.say(OrderText.dispatches)))
    }

    var messages: HTML {
        let words: [HTML] = view.messages.map { message in
            let from =
                OrderMessage.Party(rawValue: message.from).map { parts.say(Names.party($0)) }
                ?? message.from
            return
                "<li><p>\(message.text)</p><p class=\"quiet\">\(from) · \(parts.say(FieldNames.choice("channel", message.channel)))</p></li>\n"
        }
        let repeats: [HTML] = view.duplicates.map {
            "<li><p>\($0.demand.text)</p><p class=\"quiet\">\(parts.orderLink($0.number))</p></li>\n"
        }
        let members: [HTML] = (view.demand.joint?.members ?? []).map { member in
            let agreed: HTML? =
                view.consents.contains(member.id)
                ? " <span class=\"tag\">\(parts.say(OrderText.consented))</span>" : nil
            return "<li>\(member.id) · \(member.name)\(agreed)</li>\n"
        }
        let terms = parts.list([
            (OrderText.reply, view.reply.map { "\($0)" }),
            (OrderText.agreement, view.agreement.map { "\($0.text)" }),
            (
                OrderText.longer,
                view.extensionAsked.map { "\($0.by) · \($0.reason) · \($0.askedBy)" }
            ),
            (OrderText.joint, members.isEmpty ? nil : "<ul>\(members)</ul>"),
        ])
        let hasTerms =
            view.reply != nil || view.agreement != nil || view.extensionAsked != nil
            || !members.isEmpty
        guard hasTerms || !words.isEmpty || !repeats.isEmpty else { return .empty }
        let list: HTML =
            words.isEmpty && repeats.isEmpty
            ? .empty : "<ol class=\"trail\">\(words)\(repeats)</ol>"
        return parts.section(
            OrderText.messages, "messages", "\(hasTerms ? terms : nil)\(list)")
    }

    var evidence: HTML {
        let mayOpen = call.visitor.may(.readOrderPersonal)
        let rows: [[HTML]] = view.evidence.map { file in
            let name: HTML =
                mayOpen
                ? "<a href=\"\(Link.evidence(id, file.hash))\">\(file.name)</a>" : "\(file.name)"
            return [
                "\(parts.say(EditionNames(whole.edition).evidence(file.kind)))",
                "\(name)<span class=\"under\"><code class=\"hash\">\(file.hash.prefix(16))</code></span>",
                "\(file.type) · \((file.size + 1_023) / 1_024) kB", parts.time(file.addedAt),
            ]
        }
        let mayAdd =
            whole.order.openCommands(
                to: call.actor, at: call.office.now(), on: whole.schedules
            ).contains(.addEvidence)
        let upload: HTML? =
            mayAdd ? OrderUpload(call: call, id: id, edition: whole.edition).markup : nil
        guard !rows.isEmpty || upload != nil else { return .empty }
        let list: HTML =
            rows.isEmpty
            ? .empty
            : parts.table(
                [.text(.kind), .text(.what), .text(.size), .text(.when)], rows,
                label: parts.word(.evidence))
        return parts.section(OrderText.evidence, "evidence", "\(list)\(upload)")
    }

    var afterwards: HTML {
        let order = whole.order
        let isDone = order.stage.name == "finished" || order.stage.name == "closed"
        let check: HTML? = view.fieldCheck.map { found in
            let said = found.isAsReported ? Word.yes : Word.no
            return
                "\(parts.say(Phrase("与反馈相符", "As reported"))): \(parts.word(said)) · \(found.note)"
        }
        let wanted: HTML? =
            isDone && view.isFieldCheckWanted
            ? "<span class=\"tag alert\">\(parts.say(OrderText.wanted))</span>" : nil
        let calls: [HTML] = view.followUps.map { followUp in
            let grade =
                FollowUp.Grade(rawValue: followUp.grade).map { parts.say(Names.grade($0)) }
                ?? followUp.grade
            let cause: HTML? = followUp.cause.map {
                " · \(parts.say(FieldNames.choice("cause", $0)))"
            }
            return "<li>\(grade)\(cause) · \(followUp.note) · \(parts.time(followUp.at))</li>\n"
        }
        let open: HTML? =
            isDone && view.isFollowUpWanted && !order.isFollowedUp
            ? "<span class=\"tag alert\">\(parts.say(OrderText.wanted))</span>" : nil
        let faults: [HTML] = view.faults.map { fault in
            "<li>\(parts.say(FieldNames.choice("fault", fault.fault))) · \(parts.say(names.bureau(fault.bureau))) · \(fault.reason) · \(parts.time(fault.at))</li>\n"
        }
        guard isDone || check != nil || !calls.isEmpty || !faults.isEmpty else { return .empty }
        return parts.section(
            OrderText.afterwards, "afterwards",
            parts.list([
                (
                    OrderText.fieldCheck,
                    check ?? wanted ?? "\(parts.say(OrderText.notWanted))"
                ),
                (
                    OrderText.followUp,
                    calls.isEmpty ? open ?? "–" : "<ul>\(calls)</ul>\(open)"
                ),
                (OrderText.faults, faults.isEmpty ? nil : "<ul>\(faults)</ul>"),
            ]))
    }

    var linked: HTML {
        let isReader = call.visitor.may(.readCases)
        let links: [HTML] = view.links.map { link in
            let target: HTML =
                link.kind == "compensation"
                ? (isReader ? parts.caseLink(link.number) : "\(link.number)")
                : parts.orderLink(link.number)
            return "<li>\(parts.say(OrderText.link(link.kind))) \(target)</li>\n"
        }
        // A bureau opens only what was its own.
        let likes: [HTML] =
            call.actor.orderBureau == nil
            ? alike.map {
                "<li>\(parts.orderLink($0.id.text)) <span class=\"quiet\">\(parts.say(OrderText.likeness($0.kind)))</span></li>\n"
            } : []
        guard !links.isEmpty || !likes.isEmpty else { return .empty }
        let first: HTML? = links.isEmpty ? nil : "<ul>\(links)</ul>"
        let second: HTML? =
            likes.isEmpty ? nil : "<h3>\(parts.say(OrderText.alike))</h3><ul>\(likes)</ul>"
        return parts.section(OrderText.links, "links", "\(first)\(second)")
    }

    var notices: HTML {
        guard !view.notices.isEmpty else { return .empty }
        let rows: [[HTML]] = view.notices.map { notice in
            let to =
                Recipient(rawValue: notice.recipient).map { parts.say(Names.recipient($0)) }
                ?? notice.recipient
            return [
                parts.time(notice.at), "\(parts.say(Phrase(notice.zh, notice.en)))", "\(to)",
                "\(notice.seenBy ?? "–")",
            ]
        }
        return parts.section(
            OrderText.notices, "notices",
            parts.table(
                [
                    .text(.when), .text(.what), .said(Phrase("收件人", "To")),
                    .said(Phrase("查看人", "Seen by")),
                ], rows, label: parts.say(OrderText.notices)))
    }

    var history: HTML {
        let items: [HTML] = view.events.reversed().map { event in
            """
            <li><span class="when">\(parts.time(event.at))</span><p>\(parts.say(Phrase(event.zh, event.en)))</p><p class="quiet">\(event.actor) · <code>#\(event.position) \(event.kind)</code></p></li>

            """
        }
        return "<ol class=\"trail\" reversed>\(items)</ol>"
    }
}

/// The form that adds a file to a work order.
struct OrderUpload {
    let call: Call
    let id: ID<WorkOrder>
    let edition: Edition

    var markup: HTML {
        let parts = call.parts
        // An edition of a hotline may name no kinds: then there is one.
        let kinds = edition.evidence.map { ($0.code, Phrase($0.chinese, $0.english)) }
        let known = kinds.isEmpty ? [("file", Phrase("文件", "File"))] : kinds
        let options: [HTML] = known.map { code, name in
            "<option value=\"\(code)\">\(parts.say(name))</option>"
        }
        return """
            <form class="command" method="post" enctype="multipart/form-data" action="\(Link.page(id).below("evidence").with(parts.language))">
            \(call.token)
            <p class="field"><label for="kind">\(parts.word(.kind))</label><select id="kind" name="kind">\(options)</select></p>
            <p class="field"><label for="file">\(parts.say(OrderText.file))</label><input id="file" type="file" name="file" required accept="image/jpeg,image/png,image/webp,application/pdf"></p>
            <p class="act"><button class="button second">\(parts.say(OrderText.addFile))</button></p>
            </form>
            """
    }
}
