import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

enum TokenRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/tokens", id: "listTokens",
            summary: Phrase("令牌及其角色（不含令牌本身）", "Tokens and their roles, never the tokens"),
            access: .action(.manageTokens), success: .view(200, TokenListView.self)
        ) { call in
            let zone = call.zone
            let rows = try await call.office.read { try $0.tokens() }
            return Answer(TokenListView(tokens: rows.map { TokenView($0, zone) }))
        },
        Route(
            method: .post, path: "/api/v1/tokens", id: "issueToken",
            summary: Phrase(
                "发放令牌；只显示一次，重试也不再显示", "Issue a token; it is shown once, not even on a retry"),
            access: .action(.manageTokens), body: .form(TokenForm.self),
            success: .view(201, IssuedTokenView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let (form, bytes) = try await call.form(TokenForm.self)
            var generator = SystemRandomNumberGenerator()
            let secret = freshSecret(using: &generator)
            return try await call.once(bytes) { work in
                try work.checkBureau(form.actor)
                try work.issueToken(secret, to: form.actor, by: call.actor)
                // What is kept for a repeat must not be a second place where the token can be read.
                return Effect(
                    201, IssuedTokenView(form.actor, token: secret),
                    keeping: IssuedTokenView(form.actor, token: nil))
            }
        },
        Route(
            method: .delete, path: "/api/v1/tokens/{name}", id: "revokeToken",
            summary: Phrase("吊销令牌，立即生效", "Revoke a token, at once"), access: .action(.manageTokens),
            success: .view(200, RevokedTokenView.self)
        ) { call in
            let name = call.part("name")
            return try await call.once([]) { work in
                try work.revokeToken(named: name, by: call.actor)
                return Effect(
                    200,
                    RevokedTokenView(
                        name: name, revokedAt: Timestamp(work.books.zone.text(work.now))))
            }
        },
    ]
}

struct TokenForm: Form {
    let actor: Actor

    init(_ fields: Fields) {
        let name = fields.text(
            "name", upTo: 64, Phrase("操作人，留痕中显示", "who it is; appears in the audit trail"))
        // The tourist needs no token, and the office's own clockwork is nobody.
        let roles = fields.choices("roles", Role.self, except: [.tourist, .office])
        let bureau = fields.textIfPresent(
            "bureau", upTo: 64, Phrase("承办单位代码，bureau角色必填", "needed with the role bureau"))
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0 != "/" && $0.value != 0x7F
        }
        if name.isEmpty || !isPlain || name == Actor.office.name || name == Actor.tourist.name {
            fields.note(
                "name", "应为不含空格和斜线的名称，且不是office或tourist",
                "must be a name without spaces and slashes, other than office and tourist")
        }
        if roles.contains(.bureau), bureau == nil {
            fields.note("bureau", "必填，请补上", "is missing: add it")
        }
        if !roles.contains(.bureau), bureau != nil {
            fields.note("bureau", "只用于bureau角色，请删去", "belongs to the role bureau alone: remove it")
        }
        actor = Actor(name: name, roles: Set(roles), bureau: bureau)
    }
}

struct IssuedTokenView: Codable, Sendable {
    let name: String
    let roles: [String]
    let bureau: String?
    /// Absent in the answer to a repeated request.
    let token: String?

    init(_ actor: Actor, token: String?) {
        name = actor.name
        roles = actor.roles.map(\.rawValue).sorted()
        bureau = actor.bureau
        self.token = token
    }
}

struct RevokedTokenView: Codable, Sendable {
    let name: String
    let revokedAt: Timestamp
}

struct TokenView: Codable, Sendable {
    let name: String
    let roles: [String]
    let bureau: String?
    let createdAt: Timestamp
    let revokedAt: Timestamp?
    let href: String

    init(_ row: TokenRow, _ zone: Zone) {
        name = row.name
        roles = row.roles.map(\.rawValue).sorted()
        bureau = row.bureau
        createdAt = Timestamp(zone.text(row.createdAt))
        revokedAt = row.revokedAt.map { Timestamp(zone.text($0)) }
        href = Link.apiToken(row.name).text
    }
}

struct TokenListView: Codable, Sendable {
    let tokens: [TokenView]
}

extension Work {
    fileprivate func checkBureau(_ actor: Actor) throws {
        guard let bureau = actor.bureau else { return }
        var known = try office.policies.edition(inForceOn: today).bureaus.map(\.code)
        for edition in office.hotlinePolicies.editions where edition.from <= today {
            known += edition.bureaus.map(\.code).filter { !known.contains($0) }
        }
        guard !known.contains(bureau) else { return }
        let list = known.joined(separator: ", ")
        throw WorkflowError.unfit([
            .init(field: "bureau", chinese: "应为以下之一：\(list)", english: "must be one of: \(list)")
        ])
    }
}
