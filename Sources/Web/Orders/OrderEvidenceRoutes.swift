import Casework
import HTTPTypes
import Ledger
import NIOCore
import Store
import Workflow

enum OrderEvidenceRoutes {
    static let all: [Route] = [
        Route(
            method: .post, path: "\(OrderVerb.folder)/evidence", id: "orderAddEvidence",
            summary: Phrase("上传证据：请求正文即文件", "Upload evidence: the body is the file"),
            access: .trackedOrder(.addEvidence),
            query: [
                .init(
                    name: "kind",
                    about: Phrase(
                        "证据种类，见政策版本；未列种类时为file", "a kind of the edition; file where it has none"),
                    schema: ["type": "string"], isRequired: true),
                .init(
                    name: "name", about: Phrase("文件名", "the file's name"),
                    schema: ["type": "string"]),
            ],
            body: .raw(["application/octet-stream"], limit_bytes: EvidenceLimits.file_bytes),
            success: .view(201, OrderReceiptView.self)
        ) { call in
            let id = try call.orderID()
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
                try work.checkBureau(of: call.actor, on: id)
                let order = try work.addEvidence(
                    bytes, kind: kind, name: name, toOrder: id, by: call.actor,
                    expecting: version)
                return Effect(201, try OrderReceiptView(order, in: work))
            }
        },
        Route(
            method: .get, path: "\(OrderVerb.folder)/evidence/{hash}", id: "showOrderEvidence",
            summary: Phrase("下载证据", "Download a piece of evidence"),
            access: .trackedAction(.readOrderPersonal), success: .bytes
        ) { call in
            try await call.showOrderEvidence()
        },
    ]
}
