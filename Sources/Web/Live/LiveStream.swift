import Casework
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Ledger
import Logging
import NIOCore
import ServiceLifecycle
import Store
import Workflow

/// Server-sent events: a line whenever what the page shows has changed. What changed is not in it; the
/// page asks for itself again, and so everyone gets what they may see.
enum LiveRoutes {
    static let all: [Route] = [
        live("/live/queue", "liveQueue", Phrase("队列有变化时的通知", "When the queue has changed")) {
            call in
            .queue(bureau: call.ownBureau)
        },
        live(
            "/live/cases/{case}", "liveCase", Phrase("案件有变化时的通知", "When a case has changed")
        ) { call in
            let id = try call.caseID()
            let file = try await call.office.read { try $0.caseFile(id) }
            guard let file else { throw WorkflowError.noSuchCase(id.text) }
            try call.checkBureau(file)
            return .file(id)
        },
    ]

    private static let seen = Route.QueryParameter(
        name: "seen", about: Phrase("页面所见", "what the page shows"), schema: ["type": "string"])

    private static func live(
        _ path: String, _ id: String, _ summary: Phrase,
        _ topic: @escaping @Sendable (Call) async throws -> LiveTopic
    ) -> Route {
        Route(
            method: .get, path: path, id: id, summary: summary, access: .action(.readCases),
            query: [seen], success: .page
        ) { call in
            try call.listen(to: try await topic(call))
        }
    }
}

extension Route {
    /// A stream that ends when its reader goes.
    var isLive: Bool { path.hasPrefix("/live/") }
}

extension Call {
    fileprivate func listen(to topic: LiveTopic) throws -> Answer {
        guard desk.live.hasRoom(for: actor.name) else { throw Problem.tooMany(retryAfter: 30) }
        // Of a browser that connects again: what it was told last.
        let seen = request.headers[.lastEventID] ?? query("seen")
        let stream = LiveStream(call: self, topic: topic, seen: seen)
        var answer = Answer(200, "text/event-stream; charset=utf-8", ByteBuffer())
            .with(.cacheControl, "no-store").with(.accelBuffering, "no")
        answer.stream = { writer in try await stream.write(to: &writer) }
        return answer
    }
}

extension HTTPField.Name {
    fileprivate static let lastEventID = live("Last-Event-ID")
    /// Asks a proxy not to hold the lines back.
    fileprivate static let accelBuffering = live("X-Accel-Buffering")
    /// A page that asks for itself because something changed: nobody is at work by that.
    static let refresh = live("X-Amends-Refresh")

    private static func live(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("no header name: \(name)")
        }
        return name
    }
}

/// One reader's stream.
private struct LiveStream: Sendable {
    let call: Call
    let topic: LiveTopic
    let seen: String?

    private var board: LiveBoard { call.desk.live }
    private var limits: LiveBoard.Limits { call.desk.live.limits }

    func write(to writer: inout any ResponseBodyWriter) async throws {
        guard board.enter(call.actor.name, topic) else {
            // The last place went meanwhile.
            try await writer.write(ByteBuffer(string: "retry: 30000\n\n"))
            return try await writer.finish(nil)
        }
        do {
            try await tell(&writer)
            await gone()
        } catch {
            await gone()
            throw error
        }
        try await writer.finish(nil)
    }

    private func tell(_ writer: inout any ResponseBodyWriter) async throws {
        let start = ContinuousClock.now
        var (told, spoken, shown) = (seen, start, start - limits.seenAgain)
        try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
        while !Task.isCancelled, !Task.isShuttingDownGracefully,
            start.duration(to: .now) < limits.longest
        {
            if shown.duration(to: .now) >= limits.seenAgain {
                await appear()
                shown = .now
            }
            let standing = try await board.now(topic, in: call.office)
            if let standing, standing != told {
                // Nothing was said of what the page showed: then this is it.
                let line =
                    told == nil ? "id: \(standing)\n\n" : "id: \(standing)\ndata: changed\n\n"
                try await writer.write(ByteBuffer(string: line))
                (told, spoken) = (standing, .now)
            } else if spoken.duration(to: .now) >= limits.heartbeat {
                try await writer.write(ByteBuffer(string: ": \n\n"))
                spoken = .now
            }
            try await Task.sleep(for: limits.pace)
        }
    }

    /// Who has the page of a case open is shown to others who have.
    private func appear() async {
        guard case .file(let id) = topic else { return }
        let presence = Presence(
            person: call.actor.name,
            displayName: call.visitor.session?.person.displayName ?? call.actor.name)
        await changePresence { work in
            let start = LiveBoard.presentSince(work.now)
            try work.transaction.see(presence, at: id, at: work.now, since: start)
        }
    }

    private func gone() async {
        board.leave(call.actor.name, topic)
        guard case .file(let id) = topic else { return }
        let person = call.actor.name
        await changePresence { try $0.transaction.leave(person, id) }
    }

    /// Presence is a courtesy: a stream goes on without it.
    private func changePresence(_ change: @escaping @Sendable (Work) throws -> Void) async {
        do {
            try await call.office.work(change)
        } catch {
            call.context.logger.warning(
                "who looks at a case could not be written down", metadata: ["error": "\(error)"])
        }
    }
}
