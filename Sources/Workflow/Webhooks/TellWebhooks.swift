import Casework
import FoundationEssentials
import Ledger
import Store

/// An event as CloudEvents 1.0 writes one, structured, in JSON.
struct CloudEvent: Encodable {
    let specversion = "1.0"
    let id: String
    let source: String
    let type: String
    let subject: String
    let time: String
    let datacontenttype = "application/json"
    let data: Facts

    struct Facts: Encodable {
        /// As the thing stood after the event.
        var stage: String?
        /// The event's position in the thing, from 0: receivers put events in order by it.
        var position: Int?
        var amount_fen: Int64?
        var day: String?
    }

    /// The same to the letter at every attempt.
    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

extension Work {
    /// Enqueues what subscriptions are told of what happened to a case.
    func tell(_ sheet: Sheet) throws {
        let told = sheet.recorded.compactMap { each in
            PublicEvent(each.event).map { (event: $0, recorded: each) }
        }
        guard !told.isEmpty else { return }
        let targets = try transaction.targets(of: Set(told.map(\.event.kind)))
        guard !targets.isEmpty else { return }
        // How it stood after each: almost always nobody asks, so it is not kept while it happens.
        var stages: [Int: String] = [:]
        guard var file = Case(id: sheet.file.id, replaying: sheet.past + sheet.recorded.prefix(1))
        else { return }
        stages[sheet.past.count] = file.stage.name
        for each in sheet.recorded.dropFirst() {
            file.apply(each)
            stages[each.position] = file.stage.name
        }
        for (event, recorded) in told {
            try tell(
                targets, event, of: sheet.file.id.text, position: recorded.position,
                stage: stages[recorded.position], at: recorded.at)
        }
    }

    /// The same of a work order.
    func tell(_ sheet: OrderSheet) throws {
        let told = sheet.recorded.compactMap { each in
            PublicEvent(each.event).map { (event: $0, recorded: each) }
        }
        guard !told.isEmpty else { return }
        let targets = try transaction.targets(of: Set(told.map(\.event.kind)))
        guard !targets.isEmpty,
            var order = WorkOrder(
                id: sheet.order.id, replaying: sheet.past + sheet.recorded.prefix(1))
        else { return }
        var stages = [sheet.past.count: order.stage.name]
        for each in sheet.recorded.dropFirst() {
            order.apply(each)
            stages[each.position] = order.stage.name
        }
        for (event, recorded) in told {
            try tell(
                targets, event, of: sheet.order.id.text, position: recorded.position,
                stage: stages[recorded.position], at: recorded.at)
        }
    }

    private func tell(
        _ targets: [WebhookTarget], _ event: PublicEvent, of subject: String, position: Int,
        stage: String?, at moment: Moment
    ) throws {
        let body = try CloudEvent(
            id: "\(subject)/\(position)", source: eventSource, type: event.kind, subject: subject,
            time: books.zone.text(moment),
            data: .init(
                stage: stage, position: position, amount_fen: event.amount?.fen,
                day: event.day?.description)
        ).text()
        for target in targets where target.wants(event.kind) {
            try transaction.enqueueDelivery(
                to: target.id, eventID: "\(subject)_\(position)", kind: event.kind,
                subject: subject,
                body: body, at: now)
        }
    }

    /// Which office it happened in.
    var eventSource: String { "urn:amends:office:\(books.fund)" }
}
