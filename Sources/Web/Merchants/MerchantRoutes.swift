import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

enum MerchantRoutes {
    static let all: [Route] = [
        Route(
            method: .get, path: "/api/v1/merchants", id: "findMerchants",
            summary: Phrase("按名称查找商家", "Find merchants by name"), access: .action(.readCases),
            query: [
                .init(
                    name: "name", about: Phrase("名称的一部分", "part of the name"),
                    schema: ["type": "string", "maxLength": 100]),
                .init(
                    name: "limit", about: Phrase("条数", "how many"),
                    schema: ["type": "integer", "minimum": 1, "maximum": 200]),
            ],
            success: .view(200, MerchantListView.self)
        ) { call in
            let name = call.query("name") ?? ""
            guard name.count <= 100 else {
                throw Problem.malformedQuery("name", "最多100个字", "has at most 100 characters")
            }
            let count = Int(try call.queryNumber("limit", in: 1...200) ?? 50)
            let today = call.zone.day(at: call.office.now())
            let found = try await call.office.read { try $0.merchants(named: name, limit: count) }
            return Answer(MerchantListView(merchants: found.map { MerchantView($0, on: today) }))
        },
        Route(
            method: .get, path: "/api/v1/merchants/{merchant}", id: "showMerchant",
            summary: Phrase("一个商家及其状态变更", "A merchant with its changes of standing"),
            access: .action(.readCases), success: .view(200, MerchantView.self)
        ) { call in
            let id = ID<Merchant>(call.part("merchant"))
            let today = call.zone.day(at: call.office.now())
            guard let merchant = try await call.office.read({ try $0.merchant(id) }) else {
                throw WorkflowError.noSuchMerchant(id.text)
            }
            return Answer(MerchantView(merchant, on: today))
        },
        Route(
            method: .post, path: "/api/v1/merchants", id: "enrol",
            summary: Phrase("登记商家，或更正其名称", "Put a merchant on the list, or correct its name"),
            access: .action(.manageMerchants), body: .form(MerchantForm.self),
            success: .view(201, MerchantView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let (form, bytes) = try await call.form(MerchantForm.self)
            return try await call.once(bytes) { work in
                try work.checkTrade(form.trade)
                let merchant = try work.enrol(
                    ID(form.id), name: form.name, trade: form.trade, by: call.actor)
                return Effect(201, MerchantView(merchant, on: work.today))
            }
        },
        Route(
            method: .post, path: "/api/v1/merchants/{merchant}/standings", id: "changeStanding",
            summary: Phrase("变更商家状态，自某日起", "Change a merchant's standing from a day on"),
            access: .action(.manageMerchants), body: .form(StandingForm.self),
            success: .view(201, MerchantView.self)
        ) { call in
            let id = ID<Merchant>(call.part("merchant"))
            _ = try call.idempotencyKey()
            let (form, bytes) = try await call.form(StandingForm.self)
            return try await call.once(bytes) { work in
                let merchant = try work.changeStanding(of: id, form.change, by: call.actor)
                return Effect(201, MerchantView(merchant, on: work.today))
            }
        },
        Route(
            method: .post, path: "/api/v1/merchants/{merchant}/ratings", id: "rateMerchant",
            summary: Phrase("评定商家星级，自某日起", "Rate a merchant from a day on"),
            access: .action(.manageMerchants), body: .form(RatingForm.self),
            success: .view(201, MerchantView.self)
        ) { call in
            let id = ID<Merchant>(call.part("merchant"))
            _ = try call.idempotencyKey()
            let (form, bytes) = try await call.form(RatingForm.self)
            return try await call.once(bytes) { work in
                let merchant = try work.rate(id, form.rating, by: call.actor)
                return Effect(201, MerchantView(merchant, on: work.today))
            }
        },
    ]
}

struct MerchantForm: Form {
    let id: String
    let name: String
    let trade: String

    init(_ fields: Fields) {
        id = fields.text("id", upTo: 40, Phrase("编号：字母、数字、连字符", "letters, digits and dashes"))
        name = fields.text("name", upTo: 100)
        trade = fields.text("trade", upTo: 64, Phrase("行业代码，见政策版本", "a trade of the edition"))
        let isPlain = id.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == 45
        }
        if id.isEmpty || !isPlain {
            fields.note("id", "应为1至40个字母、数字或连字符", "must be 1 to 40 letters, digits or dashes")
        }
        if !name.contains(where: { !$0.isWhitespace }) {
            fields.note("name", "请填写", "is empty: fill it in")
        }
    }
}

struct StandingForm: Form {
    let change: StandingChange

    init(_ fields: Fields) {
        let standing = fields.choice("standing", placeholder: Standing.enrolled)
        let from = fields.day("from", Phrase("自哪一天起", "the first day it holds"))
        let reason = fields.text("reason", upTo: ReasonForm.limit_characters)
        if !reason.contains(where: { !$0.isWhitespace }) {
            fields.note("reason", "请填写", "is empty: fill it in")
        }
        let agreement = fields.textIfPresent(
            "agreement", upTo: 100, Phrase("质量保证协议编号", "the quality agreement's number"))
        change = StandingChange(standing, from: from, reason: reason, agreement: agreement)
    }
}

struct RatingForm: Form {
    enum Stars: String, CaseIterable, Sendable {
        case one = "1", two = "2", three = "3", four = "4", five = "5"
    }

    let rating: Rating

    init(_ fields: Fields) {
        let stars = fields.choice("stars", placeholder: Stars.five, Phrase("星级", "1 to 5"))
        let from = fields.day("from", Phrase("自哪一天起", "the first day it holds"))
        let reason = fields.text("reason", upTo: ReasonForm.limit_characters)
        if !reason.contains(where: { !$0.isWhitespace }) {
            fields.note("reason", "请填写", "is empty: fill it in")
        }
        rating = Rating(stars: Int(stars.rawValue) ?? 0, from: from, reason: reason)
    }
}

struct MerchantView: Codable, Sendable {
    let id: String
    let name: String
    let trade: String
    /// Today.
    let standing: String
    let isCovered: Bool
    let standings: [StandingView]
    /// Today's stars, 1…5; absent while it is not rated.
    let stars: Int?
    let ratings: [RatingView]
    let href: String

    init(_ merchant: Merchant, on today: Day) {
        id = merchant.id.text
        name = merchant.name
        trade = merchant.trade
        standing = merchant.standing(on: today).rawValue
        isCovered = merchant.standing(on: today).isCovered
        standings = merchant.standings.map {
            StandingView(
                standing: $0.standing.rawValue, from: $0.from, reason: $0.reason,
                agreement: $0.agreement)
        }
        stars = merchant.stars(on: today)
        ratings = merchant.ratings.map {
            RatingView(stars: $0.stars, from: $0.from, reason: $0.reason)
        }
        href = Link.apiMerchant(merchant.id).text
    }
}

struct StandingView: Codable, Sendable {
    let standing: String
    let from: Day
    let reason: String
    /// The quality agreement's number.
    let agreement: String?
}

struct RatingView: Codable, Sendable {
    let stars: Int
    let from: Day
    let reason: String
}

struct MerchantListView: Codable, Sendable {
    let merchants: [MerchantView]
}

extension Work {
    fileprivate func checkTrade(_ trade: String) throws {
        let known = try office.policies.edition(inForceOn: today).trades.map(\.code)
        // A hotline may know no trades: its firms are sorted by nothing.
        if known.isEmpty { return }
        guard !known.contains(trade) else { return }
        let list = known.joined(separator: ", ")
        throw WorkflowError.unfit([
            .init(field: "trade", chinese: "应为以下之一：\(list)", english: "must be one of: \(list)")
        ])
    }
}
