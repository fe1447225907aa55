import Casework
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Store
import Workflow

/// What is kept of a filing for whoever asks again under its key.
private struct Open311FiledView: Codable, Sendable {
    let serviceRequestID: String
    let serviceNotice: String
}

private struct Open311UpdatedView: Codable, Sendable {
    let updateID: String
}

/// What a program writes with its key.
extension Call {
    /// Files a complaint or registers a demand, by the same intake as all others.
    ///
    /// Sent again, to the letter or under the same Idempotency-Key, it gets the same answer and does nothing.
    func fileByOpen311() async throws -> Open311Node {
        let (entries, bytes) = try await open311Entries()
        let actor = try await open311Actor(entries)
        try checkJurisdiction(entries["jurisdiction_id"] ?? query("jurisdiction_id"))
        let code = entries["service_code"] ?? ""
        guard !code.isEmpty else {
            throw Problem.open311Argument("service_code", "必填", "is missing")
        }
        guard let service = try office.open311Services().first(where: { $0.code == code }) else {
            throw Problem.noSuch(Phrase("服务", "service_code"), code)
        }
        let place = try place(in: entries)
        var generator = SystemRandomNumberGenerator()
        let secret = freshTrackingCode(using: &generator)
        let call = try acting(as: actor, on: bytes)
        let answer: Answer
        switch service.subject {
        case .matter(_, let edition):
            let form = try filing(in: entries, place, edition)
            answer = try await call.once(bytes) { work in
                let filed = try work.file(
                    form.filing, consent: nil, by: actor, trackingCode: secret)
                try work.transaction.noteOpen311(
                    filed.file.id.text, by: actor.name, at: work.now)
                return Effect(200, Self.filed(filed.file.id.text, filed.trackingCode))
            }
        case .kind(let kind, let edition):
            let form = try intake(in: entries, place, kind.code, edition)
            answer = try await call.once(bytes) { work in
                let made = try work.registerOrder(form.intake, by: actor, trackingCode: secret)
                try work.transaction.noteOpen311(made.order.id.text, by: actor.name, at: work.now)
                return Effect(200, Self.filed(made.order.id.text, made.trackingCode))
            }
        }
        return .list(item: "request", [Self.node(ofFiling: answer.json)])
    }

    /// The number that was given under an Idempotency-Key, for a program that lost the answer.
    func open311Token(_ token: String) async throws -> Open311Node {
        let actor = try await open311Actor(FormEntries())
        let earlier = try await office.read { try $0.earlierAnswer(to: token, by: actor.name) }
        guard let earlier, let json = try? JSONReader.read(Array(earlier.body.utf8)),
            let number = json["service_request_id"]?.asText
        else { throw Problem.noSuch(Phrase("令牌", "token"), token) }
        return .list(
            item: "request",
            [.object([("service_request_id", .text(number)), ("token", .text(token))])])
    }

    /// Adds words to what the same key filed, withdraws it (`CLOSED`), or opens it again.
    func updateByOpen311() async throws -> Open311Node {
        let (entries, bytes) = try await open311Entries()
        let actor = try await open311Actor(entries)
        try checkJurisdiction(entries["jurisdiction_id"] ?? query("jurisdiction_id"))
        let text = entries["service_request_id"] ?? ""
        guard let number = CaseNumber.read(text)?.text else {
            throw Problem.noSuch(Phrase("件", "service_request_id"), text)
        }
        let words = entries["description"] ?? ""
        guard !words.isEmpty, words.count <= OrderTextLimits.note else {
            let limit = OrderTextLimits.note
            throw Problem.open311Argument(
                "description", "必填，最多\(limit)个字", "is missing, or longer than \(limit) characters")
        }
        guard let status = Open311Status(rawValue: (entries["status"] ?? "OPEN").uppercased())
        else { throw Problem.open311Argument("status", "应为OPEN或CLOSED", "must be OPEN or CLOSED") }
        let answer = try await acting(as: actor, on: bytes).once(bytes) { work in
            guard try work.transaction.open311Actor(of: number) == actor.name else {
                throw Problem.noSuch(Phrase("件", "service_request_id"), number)
            }
            let position = try work.update(number, words, status, by: actor)
            return Effect(200, Open311UpdatedView(updateID: "\(number)_\(position)"))
        }
        return .list(
            item: "request_update",
            [.object([("update_id", .text(answer.json["update_id"]?.asText))])])
    }

    // MARK: What came

    private func open311Entries() async throws -> (FormEntries, [UInt8]) {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased() ?? ""
        guard type == "application/x-www-form-urlencoded" else {
            throw Problem.open311Argument(
                "Content-Type", "应为application/x-www-form-urlencoded",
                "must be application/x-www-form-urlencoded")
        }
        let bytes = try await bytes(upTo: Self.jsonLimit_bytes)
        return (try FormEntries(urlEncoded: bytes), bytes)
    }

    /// Who bears the key: of the header Authorization, the form, or the address.
    private func open311Actor(_ entries: FormEntries) async throws -> Actor {
        if visitor.isNamed { return visitor.actor }
        guard let key = entries["api_key"] ?? query("api_key"), !key.isEmpty else {
            throw Problem.unauthenticated
        }
        let hash = sha256Hex(key)
        guard let actor = try await office.read({ try $0.bearer(ofHash: hash) }) else {
            throw Problem.tokenUnknown
        }
        return actor
    }

    /// The same request by the bearer of the key, under the key it brought or one of its content.
    private func acting(as actor: Actor, on bytes: [UInt8]) throws(Problem) -> Call {
        var head = request.head
        if head.headerFields[.idempotencyKey] == nil {
            head.headerFields[.idempotencyKey] = "open311/" + sha256Hex(bytes).prefix(40)
        }
        // A key in the address must not make a repeat another request.
        head.path = request.uri.path
        return Call(
            request: Request(head: head, body: RequestBody(buffer: ByteBuffer())),
            context: context, desk: desk, route: route, visitor: .token(actor))
    }

    /// One of: an address in words, a point, an address's id.
    private func place(in entries: FormEntries) throws(Problem) -> String {
        var parts: [String] = []
        if let address = entries["address_string"] { parts.append(address) }
        if let lat = entries["lat"], let long = entries["long"] {
            guard let north = Double(lat), let east = Double(long), abs(north) <= 90,
                abs(east) <= 180
            else {
                throw .open311Argument("lat", "经纬度不对", "and long are no point of the earth")
            }
            parts.append("\(lat), \(long)")
        }
        if let id = entries["address_id"] { parts.append(id) }
        guard !parts.isEmpty else {
            throw .open311Argument(
                "address_string", "address_string、lat与long、address_id至少填一项",
                "or lat and long, or address_id, is needed")
        }
        return String(parts.joined(separator: " · ").prefix(400))
    }

    private func filing(
        in entries: FormEntries, _ place: String, _ edition: Edition
    ) throws -> FilingForm {
        var own = FormEntries()
        own.add("matter", entries["service_code"] ?? "")
        own.add("story", story(in: entries, place))
        own.add("claimant.name", name(in: entries))
        own.add("claimant.phone", entries["phone"] ?? "")
        let number = attribute("number_elsewhere", in: entries)
        own.add("channel", (number == nil ? Casework.Channel.web : .hotline).rawValue)
        own.add("transferred_from", number ?? "")
        let renamed = [
            "paid": "paid_fen", "claimed": "claimed_fen", "identity": "claimant.identity",
            "account": "payee.account",
        ]
        for (code, value) in attributes(in: entries) where code != "number_elsewhere" {
            own.add(
                Open311Service.attributes.contains(code) ? renamed[code] ?? code : "facts.\(code)",
                value)
        }
        if own["payee.account"] != nil { own.add("payee.name", name(in: entries)) }
        return try read(FilingForm.self, own, edition)
    }

    private func intake(
        in entries: FormEntries, _ place: String, _ kind: String, _ edition: Edition
    ) throws -> OrderIntakeForm {
        var own = FormEntries()
        own.add("kind", kind)
        own.add("text", story(in: entries, nil))
        own.add("place", place)
        own.add("caller.name", name(in: entries))
        own.add("caller.phone", entries["phone"] ?? "")
        let isFromHotline = attribute("number_elsewhere", in: entries) != nil
        // The edition says by which channels it is reached.
        let wanted: [Casework.Channel] =
            isFromHotline ? [.hotline, .web] : [.web, .hotline, .phone]
        let known = Set(edition.channels.map(\.code))
        let channel = wanted.map(\.rawValue).first(where: known.contains)
        own.add("channel", channel ?? edition.channels.first?.code ?? Casework.Channel.web.rawValue)
        for (code, value) in attributes(in: entries) {
            own.add(Open311Service.attributes.contains(code) ? code : "facts.\(code)", value)
        }
        return try read(OrderIntakeForm.self, own, edition)
    }

    private func read<F: Form>(
        _ form: F.Type, _ entries: FormEntries, _ edition: Edition
    ) throws -> F {
        let json = EntryJSON(entries: entries, zone: zone) { name in
            edition.factKind(name)?.shape ?? .text
        }.object(Fields.schema(of: form))
        return try Fields.read(form, from: json)
    }

    /// `attribute[code]` and `attribute[code][]`.
    private func attributes(in entries: FormEntries) -> [(code: String, value: String)] {
        entries.entries.compactMap { name, value in
            guard name.hasPrefix("attribute["), let end = name.firstIndex(of: "]") else {
                return nil
            }
            return (String(name[name.index(name.startIndex, offsetBy: 10)..<end]), value)
        }
    }

    private func attribute(_ code: String, in entries: FormEntries) -> String? {
        attributes(in: entries).first { $0.code == code && !$0.value.isEmpty }?.value
    }

    /// Chinese names have the family's first and no blank.
    private func name(in entries: FormEntries) -> String {
        let (first, last) = (entries["first_name"] ?? "", entries["last_name"] ?? "")
        let isLatin = (first + last).unicodeScalars.allSatisfy { $0.value < 0x2E80 }
        return isLatin ? [first, last].filter { !$0.isEmpty }.joined(separator: " ") : last + first
    }

    private func story(in entries: FormEntries, _ place: String?) -> String {
        var lines = [entries["description"] ?? ""]
        guard !lines[0].isEmpty else { return "" }
        if let place { lines.append("地点：\(place)") }
        if let media = entries["media_url"] { lines.append("附件：\(media.prefix(500))") }
        return lines.joined(separator: "\n")
    }

    private static func filed(_ number: String, _ code: String) -> Open311FiledView {
        Open311FiledView(
            serviceRequestID: number, serviceNotice: "查询码 / tracking code: \(code)")
    }

    private static func node(ofFiling json: JSONValue) -> Open311Node {
        .object([
            ("service_request_id", .text(json["service_request_id"]?.asText)),
            ("service_notice", .text(json["service_notice"]?.asText)), ("account_id", .nothing),
        ])
    }
}

/// How a program wants what it filed to stand.
enum Open311Status: String, Sendable {
    case open = "OPEN"
    case closed = "CLOSED"
}

extension Work {
    /// - Returns: The position of what happened.
    fileprivate func update(
        _ number: String, _ words: String, _ status: Open311Status, by actor: Actor
    ) throws -> Int {
        if let row = try transaction.caseRow(ID(number)) {
            let isOver = !row.isOpen || row.stage == "resolved"
            switch status {
            case .closed: try perform(.withdraw(reason: words), on: row.id, by: actor)
            case .open where isOver: try perform(.reopen(reason: words), on: row.id, by: actor)
            case .open:
                throw Problem.open311Argument(
                    "status", "投诉件办理中不收留言；CLOSED为撤回",
                    "of a complaint under way can only become CLOSED: it takes no words")
            }
            return row.version
        }
        let id = ID<WorkOrder>(number)
        guard let order = try transaction.workOrder(id) else {
            throw WorkflowError.noSuchOrder(number)
        }
        switch status {
        case .closed: try perform(.withdraw(reason: words), onOrder: id, by: actor)
        case .open where !order.stage.isOpen:
            try perform(.reopen(newFacts: words), onOrder: id, by: actor)
        case .open:
            let message = OrderMessage(channel: order.demand.channel, from: .caller, text: words)
            try addWords(message, answering: false, toOrder: id, by: actor)
        }
        return order.version
    }
}

extension Problem {
    /// An argument that GeoReport v2 asks for is missing or not as it must be.
    static func open311Argument(_ name: String, _ zh: String, _ en: String) -> Problem {
        Problem(
            400, "malformed_argument", Phrase("参数不合要求", "An argument is not as it must be"),
            Phrase("参数\(name)\(zh)。", "The argument \(name) \(en)."),
            errors: [FieldProblem(field: name, text: Phrase(zh, en))])
    }
}
