import Casework
import HTTPTypes
import Hummingbird
import Ledger
import Store
import Workflow

/// Open311 GeoReport v2 with the extension of updates: how a city's application or another hotline files and
/// follows. What is read names nobody, and needs no key; what is written takes an API token as `api_key`.
enum Open311Routes {
    static let all: [Route] =
        Open311Form.allCases.flatMap { form in
            [
                get("services.\(form)", "services", form, Phrase("服务清单", "Services")) { call in
                    let services = try call.office.open311Services()
                    return .list(
                        item: "service", services.map { $0.node(call.language) })
                },
                get(
                    "requests.\(form)", "service_requests", form,
                    Phrase("件的状态；至多90天、1000件", "Requests; at most 90 days and 1000"),
                    query: requestParameters
                ) { call in
                    try await call.open311Requests()
                },
                post(
                    "requests.\(form)", form,
                    Phrase("登记；与其他渠道同样办理", "File; handled as from anywhere")
                ) { call in
                    ("service_requests", try await call.fileByOpen311())
                },
                get(
                    "servicerequestupdates.\(form)", "service_request_updates", form,
                    Phrase("经Open311登记的件的进展", "What happened to requests filed by Open311"),
                    query: updateParameters
                ) { call in
                    try await call.open311Updates()
                },
                post(
                    "servicerequestupdates.\(form)", form,
                    Phrase("补充、撤回或重启自己登记的件", "Add to, withdraw or reopen what one filed")
                ) { call in
                    ("service_request_updates", try await call.updateByOpen311())
                },
            ]
        } + [
            one("services/{service}", "Service", Phrase("服务的填报项", "A service's definition")) {
                call, code in
                guard
                    let found = try call.office.open311Services().first(where: { $0.code == code })
                else { throw Problem.noSuch(Phrase("服务", "service"), code) }
                return ("service_definition", found.definition(call.language))
            },
            one("requests/{request}", "Request", Phrase("一件的状态", "One request")) { call, number in
                ("service_requests", try await call.open311Request(number))
            },
            one(
                "tokens/{token}", "Token",
                Phrase("登记时的Idempotency-Key对应的编号", "The request filed under an Idempotency-Key"),
                query: [apiKey]
            ) { call, token in
                ("service_requests", try await call.open311Token(token))
            },
        ]

    typealias Node = Open311Node

    private static func get(
        _ path: String, _ root: String, _ form: Open311Form, _ summary: Phrase,
        query: [Route.QueryParameter] = [], _ node: @escaping @Sendable (Call) async throws -> Node
    ) -> Route {
        Route(
            method: .get, path: "/open311/v2/\(path)", id: id("list", path), summary: summary,
            access: .everyone, query: query + [jurisdiction, PageRoutes.language],
            success: .open311([form.mediaType])
        ) { call in
            try call.checkJurisdiction(call.query("jurisdiction_id"))
            return form.answer(root, try await node(call))
        }
    }

    private static func post(
        _ path: String, _ form: Open311Form, _ summary: Phrase,
        _ node: @escaping @Sendable (Call) async throws -> (root: String, node: Node)
    ) -> Route {
        Route(
            method: .post, path: "/open311/v2/\(path)", id: id("send", path), summary: summary,
            access: .everyone, query: [apiKey, jurisdiction],
            body: .raw(["application/x-www-form-urlencoded"], limit_bytes: Call.jsonLimit_bytes),
            success: .open311([form.mediaType])
        ) { call in
            let (root, node) = try await node(call)
            return form.answer(root, node)
        }
    }

    /// The name's end says the form: `overcharge.xml`.
    private static func one(
        _ path: String, _ id: String, _ summary: Phrase, query: [Route.QueryParameter] = [],
        _ node: @escaping @Sendable (Call, String) async throws -> (root: String, node: Node)
    ) -> Route {
        let part = path.split(separator: "{").last.map { String($0.dropLast()) } ?? ""
        return Route(
            method: .get, path: "/open311/v2/\(path)", id: "open311\(id)", summary: summary,
            access: .everyone, query: query + [jurisdiction, PageRoutes.language],
            success: .open311(Open311Form.allCases.map(\.mediaType))
        ) { call in
            try call.checkJurisdiction(call.query("jurisdiction_id"))
            let text = call.part(part)
            let form = Open311Form(path: text)
            guard text.hasSuffix(".\(form)") else { throw Problem.notFound }
            let (root, node) = try await node(call, String(text.dropLast(form.rawValue.count + 1)))
            return form.answer(root, node)
        }
    }

    private static func id(_ verb: String, _ path: String) -> String {
        let words = path.split(separator: ".")
        return "open311" + verb.capitalisedFirst + String(words[0]).capitalisedFirst
            + String(words[1]).uppercased()
    }

    private static func parameter(_ name: String, _ zh: String, _ en: String)
        -> Route.QueryParameter
    {
        .init(name: name, about: Phrase(zh, en), schema: ["type": "string"])
    }

    static let jurisdiction = parameter(
        "jurisdiction_id", "辖区代码，可省略", "the jurisdiction; may be left out")
    static let apiKey = parameter(
        "api_key", "接口令牌；也可写在表单中", "an API token; may stand in the form instead")
    private static let dates = [
        parameter("start_date", "自，ISO 8601带时区", "from, ISO 8601 with its zone"),
        parameter("end_date", "至，ISO 8601带时区", "to, ISO 8601 with its zone"),
    ]
    private static let requestParameters =
        [
            parameter(
                "service_request_id", "编号，逗号分隔；写了则其他条件不计",
                "numbers, commas between; nothing else counts then"),
            parameter("service_code", "服务代码，逗号分隔", "services, commas between"),
            parameter("status", "open、closed，逗号分隔", "open, closed, commas between"),
            .init(
                name: "page", about: Phrase("第几页", "which page"),
                schema: ["type": "integer", "minimum": 1, "maximum": 1_000]),
            .init(
                name: "page_size", about: Phrase("每页件数，至多1000", "page size"),
                schema: ["type": "integer", "minimum": 1, "maximum": 1_000]),
        ] + dates
    private static let updateParameters = dates
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
