import Casework
import HTTPTypes
import Ledger
import NIOCore
import Store
import Workflow

enum EvidenceRoutes {
    static let all: [Route] = [
        Route(
            method: .post, path: CaseCommands.path("evidence"), id: "addEvidence",
            summary: Phrase("上传证据：请求正文即文件", "Upload evidence: the body is the file"),
            access: .tracked(.addEvidence),
            query: [
                .init(
                    name: "kind", about: Phrase("证据种类，见政策版本", "a kind of the edition"),
                    schema: ["type": "string"], isRequired: true),
                .init(
                    name: "name", about: Phrase("文件名", "the file's name"),
                    schema: ["type": "string"]),
            ],
            body: .raw(["application/octet-stream"], limit_bytes: EvidenceLimits.file_bytes),
            success: .view(201, CaseReceiptView.self)
        ) { call in
            let id = try call.caseID()
            let version = try call.expectedVersion()
            _ = try call.idempotencyKey()
            guard let kind = call.query("kind") else {
                throw Problem.malformedQuery(
                    "kind", "必填：证据种类", "is missing: say what kind of evidence it is")
            }
            let name = try call.fileName() ?? kind
            let bytes = try await call.bytes(upTo: EvidenceLimits.file_bytes)
            try await call.office.scan(bytes)
            return try await call.once(bytes) { work in
                let file = try work.addEvidence(
                    bytes, kind: kind, name: name, to: id, by: call.actor, expecting: version)
                return Effect(201, CaseReceiptView(file, work.books.zone, at: work.now))
            }
        },
        Route(
            method: .get, path: "/api/v1/cases/{case}/evidence/{hash}", id: "showEvidence",
            summary: Phrase("下载证据", "Download a piece of evidence"),
            access: .trackedAction(.readPersonal),
            success: .bytes
        ) { call in
            try await call.showEvidence()
        },
    ]
}

extension Call {
    func fileName() throws(Problem) -> String? {
        guard let name = query("name") else { return nil }
        guard name.count <= EvidenceLimits.name_characters else {
            let limit = EvidenceLimits.name_characters
            throw .malformedQuery("name", "最多\(limit)个字", "has at most \(limit) characters")
        }
        guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw .malformedQuery("name", "含有控制字符", "contains control characters")
        }
        return name
    }
}

extension Evidence {
    /// As RFC 6266 writes it: the name as the sender gave it, percent-encoded, never as a path.
    var disposition: String {
        let digits = Array("0123456789ABCDEF")
        var encoded = ""
        for byte in name.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95:
                encoded.append(Character(Unicode.Scalar(byte)))
            default: encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return
            "attachment; filename=\"\(hash.prefix(12)).\(type.rawValue)\"; filename*=UTF-8''\(encoded)"
    }
}

extension Call {
    /// The piece of evidence in the path. That one of the office's people looked is written down first.
    func showEvidence() async throws -> Answer {
        let id = try caseID()
        let hash = part("hash")
        return try await office.work { work in
            let file = try work.known(id).file
            try checkBureau(file)
            let found = try work.transaction.evidenceBytes(hash)
            guard let evidence = file.evidence.first(where: { $0.hash == hash }), let found else {
                throw Problem.noSuch(Phrase("证据", "evidence"), hash)
            }
            try note(aLookAt: hash, of: id.text, in: work)
            return download(evidence, found.type, found.bytes)
        }
    }

    func note(aLookAt hash: String, of subject: String, in work: Work) throws {
        guard visitor.isNamed else { return }
        _ = try work.transaction.writeDisclosure(
            of: subject, .evidence, [hash], to: actor, reason: "", at: work.now)
    }

    /// Never shown in our own pages, never run: only saved.
    func download(_ evidence: Evidence, _ type: FileType, _ bytes: [UInt8]) -> Answer {
        Answer(200, type.mediaType, ByteBuffer(bytes: bytes))
            .with(.contentDisposition, evidence.disposition)
            .with(.contentSecurityPolicy, "sandbox; default-src 'none'")
            .with(.eTag, "\"\(evidence.hash)\"")
    }
}
