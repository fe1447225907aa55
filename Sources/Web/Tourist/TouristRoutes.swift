import Casework
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Store
import Workflow

/// The tourist's pages: filing, and following one's own case. Agents file for a caller with the same form.
enum TouristRoutes {
    static let all: [Route] = [
        PageRoutes.page(
            "/file", "filingPage", TouristText.file, .command(.file), query: [matter]
        ) { call in
            let edition = try call.editionInForce()
            let matter = try call.query("matter").map(edition.matter)
            return try await FilingPage(
                call: call, edition: edition, matter: matter, merchants: call.merchantNames()
            ).answer()
        },
        PageRoutes.post("/file", "sendFiling", TouristText.send, .command(.file), query: [matter]) {
            call in
            try await call.submitFiling()
        },
        PageRoutes.page("/track", "trackPage", TouristText.track) { call in
            TrackPage.door(call).answer()
        },
        PageRoutes.post("/track", "openTracking", TouristText.open, .everyone) { call in
            try await call.openTracking()
        },
        PageRoutes.page(
            "/track/{case}", "trackingPage", TouristText.track, .trackingCode, query: [files]
        ) { call in
            try await call.trackPage().answer()
        },
        PageRoutes.post(
            "/track/{case}/evidence", "sendEvidence", TouristText.upload, .tracked(.addEvidence)
        ) { call in
            try await call.takeFiles(in: try call.caseID())
        },
        PageRoutes.post(
            "/track/{case}/answer", "sendAnswer", TouristText.sendAnswer, .tracked(.addEvidence)
        ) { call in
            try await call.takeAnswer(in: try call.caseID())
        },
        PageRoutes.post(
            "/track/{case}/rating", "rateCase", TouristText.sendRating, .trackingCode
        ) { call in
            try await call.rate(try call.caseID())
        },
        PageRoutes.post(
            "/cases/{case}/evidence", "addEvidencePage", TouristText.add, .command(.addEvidence)
        ) { call in
            let id = try call.caseID()
            let entries = try await call.entries(upTo: Call.filesLimit_bytes)
            if let lost = try await call.keepFiles(of: entries, in: id).first { throw lost.problem }
            return call.redirect(to: .page(id).with("done", "addEvidence"))
        },
    ]

    private static let files = Route.QueryParameter(
        name: "files", about: Phrase("未能保存的文件名，每行一个", "the files that were not kept, one a line"),
        schema: ["type": "string"])
    private static let matter = Route.QueryParameter(
        name: "matter", about: Phrase("事项代码", "a matter of the edition"),
        schema: ["type": "string"])
}

extension Call {
    func editionInForce() throws -> Edition {
        try office.policies.edition(inForceOn: zone.day(at: office.now()))
    }

    fileprivate func submitFiling() async throws -> Answer {
        let edition = try editionInForce()
        var entries = try await entries(upTo: Self.filesLimit_bytes)
        let matter = try edition.matter(entries["matter"] ?? "")
        if entries["channel"] == nil { entries.add("channel", Channel.web.rawValue) }
        if entries["payee.account"] != nil, let name = entries["claimant.name"] {
            entries.add("payee.name", name)
        }
        if entries["merchant"] == nil, let named = try await merchant(named: entries) {
            entries.add("merchant", named.text)
        }
        guard let route = CaseRoutes.all.first(where: { $0.id == "file" }) else {
            preconditionFailure("the API files complaints")
        }
        let json = EntryJSON(entries: entries, zone: zone) { name in
            edition.factKind(name)?.shape ?? .text
        }.object(Fields.schema(of: FilingForm.self))
        let filed: Answer
        do {
            // Before anything is filed: a complaint whose page then failed would leave its number unseen.
            try await checkFiles(of: entries)
            filed = try await route.handle(
                asking(route, json: json, key: entries["key"], version: nil))
        } catch {
            let problem = try shown(error)
            return FilingPage(
                call: self, edition: edition, matter: matter, merchants: try await merchantNames(),
                entries: entries, problem: problem
            ).answer(problem.status)
        }
        let bytes = Array(filed.body.readableBytesView)
        guard let view = try? JSONReader.read(bytes), let number = view["number"]?.text,
            let code = view["tracking_code"]?.text, let id = CaseNumber.read(number)
        else { preconditionFailure("a filing answers its number and code") }
        let missing = try await keepFiles(of: entries, ofFiling: id)
        if visitor.isNamed {
            return ReceiptPage(call: self, number: number, code: code, missing: missing).answer()
        }
        let names = String(missing.joined(separator: "\n").prefix(200))
        let page = missing.isEmpty ? Link.tracking(id) : Link.tracking(id).with("files", names)
        return redirect(to: page).with(.setCookie, touristCookie(number, code))
    }

    /// The one merchant of the list that bears just the name that was entered.
    func merchant(named entries: FormEntries) async throws -> ID<Merchant>? {
        guard let name = entries["merchant_name"], name.count <= 100 else { return nil }
        let found = try await office.read { try $0.merchants(named: name, limit: 20) }
            .filter { $0.name == name }
        return found.count == 1 ? found[0].id : nil
    }

    /// The names on the list, as far as a form suggests them.
    func merchantNames() async throws -> [String] {
        try await office.read { try $0.merchants(named: "", limit: 200) }.map(\.name)
    }

    func touristCookie(_ number: String, _ code: String) -> String {
        let cookie = TouristCookie(number: number, code: code, provenBy: desk.proofKey)
        return Cookie.written(Cookie.tourist, cookie.written, isSecure: desk.isSecure)
    }

    fileprivate func openTracking() async throws -> Answer {
        let entries = try await entries()
        guard let id = CaseNumber.read(entries["number"] ?? ""), let code = entries["code"] else {
            return TrackPage.door(self, problem: .trackingCodeWrong).answer(401)
        }
        do {
            try await desk.check(code, context, number: id.text)
        } catch let problem as Problem {
            return TrackPage.door(self, problem: problem).answer(problem.status)
        }
        return redirect(to: .tracking(id)).with(.setCookie, touristCookie(id.text, code))
    }

    /// - Throws: What `addEvidence` would say of the first file that it would not take.
    private func checkFiles(of entries: FormEntries) async throws {
        for file in entries.files {
            guard file.bytes.count <= EvidenceLimits.file_bytes else {
                throw WorkflowError.evidenceTooLarge(limit: EvidenceLimits.file_bytes)
            }
            guard FileType.sniff(file.bytes) != nil else { throw WorkflowError.evidenceType }
            try await office.scan(file.bytes)
        }
    }

    /// The files of a complaint that was just filed: where it was joined with an earlier one, they are
    /// evidence there. It is filed whatever becomes of them.
    ///
    /// - Returns: The names of those that were not kept.
    private func keepFiles(of entries: FormEntries, ofFiling id: ID<Case>) async throws -> [String]
    {
        guard !entries.files.isEmpty else { return [] }
        let stage = try await office.read { try $0.caseFile(id)?.stage }
        var place = id
        if case .merged(let first)? = stage { place = first }
        return try await keepFiles(of: entries, in: place).map(\.name)
    }

    /// Each file of the form by itself, as evidence of the kind its field is named for: one that cannot be
    /// kept loses no other.
    ///
    /// - Returns: Those that were not kept, and why.
    func keepFiles(
        of entries: FormEntries, in id: ID<Case>
    ) async throws -> [(name: String, problem: Problem)] {
        let actor = actor
        var lost: [(name: String, problem: Problem)] = []
        for file in entries.files {
            let kind = file.name == "file" ? entries["kind"] ?? "" : file.name
            let name = file.fileName.isEmpty ? kind : file.fileName
            do {
                try await office.scan(file.bytes)
                try await office.work { work in
                    _ = try work.addEvidence(file.bytes, kind: kind, name: name, to: id, by: actor)
                }
            } catch {
                lost.append((name, try shown(error)))
            }
        }
        return lost
    }
}

extension JSONValue {
    fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
}
