import Casework
import HTTPTypes
import Workflow

/// The OpenAPI 3.1 document, made from the table of routes.
enum OpenAPIDocument {
    static func make(_ routes: [Route]) -> JSONValue {
        var components: [String: JSONValue] = ["Problem": Problem.schema]
        var paths: [(path: String, operations: [JSONValue.Member])] = []
        for route in routes where !route.isPage {
            let operation = JSONValue.Member(
                name: route.method.rawValue.lowercased(), value: operation(route, &components))
            if let index = paths.firstIndex(where: { $0.path == route.path }) {
                paths[index].operations.append(operation)
            } else {
                paths.append((route.path, [operation]))
            }
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "先行赔付 / Amends", "version": "1",
                "description":
                    "旅游消费投诉先行赔付。金额以分计，时间为RFC 3339。 / Advance compensation of tourists' complaints. Amounts are whole fen, times RFC 3339.",
            ],
            "servers": [["url": "/"]],
            "paths": .object(paths.map { .init(name: $0.path, value: .object($0.operations)) }),
            "components": [
                "securitySchemes": [
                    "token": ["type": "http", "scheme": "bearer"],
                    "trackingCode": ["type": "apiKey", "in": "header", "name": "Tracking-Code"],
                ],
                "schemas": .object(
                    components.sorted { $0.key < $1.key }.map {
                        .init(name: $0.key, value: $0.value)
                    }),
                "responses": [
                    "Problem": [
                        "description": "没有办成 / not done (RFC 9457)",
                        "content": [
                            "application/problem+json": [
                                "schema": ["$ref": "#/components/schemas/Problem"]
                            ]
                        ],
                    ]
                ],
            ],
        ]
    }

    private static func operation(_ route: Route, _ components: inout [String: JSONValue])
        -> JSONValue
    {
        var members: [JSONValue.Member] = [
            .init(name: "operationId", value: .text(route.id)),
            .init(name: "summary", value: .text("\(route.summary.zh) / \(route.summary.en)")),
            .init(name: "tags", value: [.text(tag(route))]),
        ]
        if let roles = route.access.roles {
            let names = Role.allCases.filter(roles.contains).map(\.rawValue)
            members.append(
                .init(
                    name: "description",
                    value: .text("角色 / roles: \(names.joined(separator: ", "))")))
        }
        members.append(.init(name: "security", value: security(route.access)))
        let parameters = parameters(route)
        if !parameters.isEmpty {
            members.append(.init(name: "parameters", value: .array(parameters)))
        }
        if let body = requestBody(route, &components) {
            members.append(.init(name: "requestBody", value: body))
        }
        members.append(.init(name: "responses", value: responses(route, &components)))
        return .object(members)
    }

    private static func tag(_ route: Route) -> String {
        let parts = route.path.split(separator: "/")
        return parts.first == "api" ? String(parts.dropFirst(2).first ?? "service") : "service"
    }

    private static func security(_ access: Access) -> JSONValue {
        var ways: [JSONValue] = []
        let none: JSONValue = .object([JSONValue.Member]())
        if access.isOpen { ways.append(none) }
        if access.roles != nil { ways.append(["token": []]) }
        if access.takesTrackingCode { ways.append(["trackingCode": []]) }
        return .array(ways)
    }

    private static func parameters(_ route: Route) -> [JSONValue] {
        var all: [JSONValue] = route.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
            part in
            [
                "name": .text(String(part.dropFirst().dropLast())), "in": "path", "required": true,
                "schema": part == "{day}"
                    ? ["type": "string", "format": "date"] : ["type": "string", "minLength": 1],
            ]
        }
        for parameter in route.query {
            all.append([
                "name": .text(parameter.name), "in": "query",
                "required": .flag(parameter.isRequired),
                "description": .text("\(parameter.about.zh) / \(parameter.about.en)"),
                "schema": parameter.schema,
            ])
        }
        if route.isCommand {
            all.append([
                "name": "Idempotency-Key", "in": "header", "required": .flag(!route.isOpen311),
                "description": "每个命令一个新键，重试时相同 / fresh for each command, the same on a retry",
                "schema": [
                    "type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$",
                ],
            ])
        }
        if route.takesVersion {
            all.append([
                "name": "If-Match", "in": "header", "required": false,
                "description": "所见的版本（ETag） / the version seen (ETag)",
                "schema": ["type": "string"],
            ])
        }
        return all
    }

    private static func requestBody(
        _ route: Route, _ components: inout [String: JSONValue]
    ) -> JSONValue? {
        switch route.body {
        case .none: return nil
        case .form(let form):
            let name = String(describing: form)
            components[name] = Fields.schema(of: form)
            return [
                "required": true,
                "content": [
                    "application/json": ["schema": ["$ref": .text("#/components/schemas/\(name)")]]
                ],
            ]
        case .raw(let types, let limit_bytes):
            return [
                "required": true, "description": .text("≤ \(limit_bytes) bytes"),
                "content": .object(
                    types.map {
                        .init(name: $0, value: ["schema": ["type": "string", "format": "binary"]])
                    }),
            ]
        }
    }

    private static func responses(
        _ route: Route, _ components: inout [String: JSONValue]
    ) -> JSONValue {
        let problem: JSONValue = ["$ref": "#/components/responses/Problem"]
        var members: [JSONValue.Member] = []
        switch route.success {
        case .view(let status, let type):
            let schema = ViewSchema.schema(of: type, &components)
            members.append(
                .init(
                    name: String(status),
                    value: [
                        "description": "OK", "content": ["application/json": ["schema": schema]],
                    ]))
        case .document:
            members.append(
                .init(
                    name: "200",
                    value: [
                        "description": "OK",
                        "content": ["application/json": ["schema": ["type": "object"]]],
                    ]))
        case .forms(let types):
            members.append(
                .init(
                    name: "200",
                    value: [
                        "description": "OK",
                        "content": .object(
                            types.map { type in
                                let shape = type == "application/json" ? "object" : "string"
                                return .init(
                                    name: type, value: ["schema": ["type": .text(shape)]])
                            }),
                    ]))
        case .open311(let types):
            let schema: JSONValue = .object([JSONValue.Member]())
            members.append(
                .init(
                    name: "200",
                    value: [
                        "description": "OK",
                        "content": .object(
                            types.map { .init(name: $0, value: ["schema": schema]) }),
                    ]))
            // Refusals have the form that GeoReport v2 gives them.
            members.append(
                .init(
                    name: "default",
                    value: [
                        "description": "没有办成 / not done (GeoReport v2)",
                        "content": .object(
                            types.map { .init(name: $0, value: ["schema": schema]) }),
                    ]))
            return .object(members)
        case .bytes:
            let schema: JSONValue = ["type": "string", "format": "binary"]
            members.append(
                .init(
                    name: "200",
                    value: [
                        "description": "OK",
                        "content": ["application/octet-stream": ["schema": schema]],
                    ]))
        case .page: break
        }
        members.append(.init(name: "default", value: problem))
        return .object(members)
    }
}
