import Casework
import Database
import Ledger
import Testing

@testable import Store

@Suite struct ArticleStoreTests {
    private let today = Day("2025-03-10")!
    private let now = Moment("2025-03-10T09:00:00+08:00")!

    private func article(
        _ id: String, _ title: String, _ body: String, revision: Int = 1,
        keywords: [String] = [], from: String = "2024-01-01", until: String? = nil,
        isWithdrawn: Bool = false
    ) -> Article {
        Article(
            id: ID(id), revision: revision, title: title, body: body, clause: "《某办法》第三条",
            keywords: keywords, owner: "water", validFrom: Day(from)!,
            validUntil: until.flatMap { Day($0) }, isWithdrawn: isWithdrawn)
    }

    private func keep(_ articles: [Article], in database: Database) async throws {
        try await database.write { [now] transaction in
            for each in articles { try transaction.write(each, by: "wang", at: now) }
        }
    }

    private func find(_ words: String, in database: Database) async throws -> [String] {
        try await database.read { [today] in
            try $0.search(words, inForceOn: today, limit: 10).map(\.article.id.text)
        }
    }

    @Test(arguments: Place.all)
    func `a word of two characters is found, the title before the body`(on engine: Place)
        async throws
    {
        try await withDatabase(on: engine, steps: Schema.steps) { database in
            try await keep(
                [
                    article("K1", "护照办理", "带身份证到出入境大厅。水费另缴。"),
                    article("K2", "水费缴纳", "可在手机上缴。"),
                    article("K3", "遗体接运费减免", "主城区内首次接运免费。", keywords: ["殡葬"]),
                    article("K4", "过期的水费办法", "已失效", until: "2024-12-31"),
                    article("K5", "水费的将来办法", "还未施行", from: "2025-06-01"),
                ], in: database)
            #expect(try await find("水费", in: database) == ["K2", "K1"])
            #expect(try await find("护照怎么办", in: database).first == "K1")
            #expect(try await find("殡葬", in: database) == ["K3"])
            #expect(try await find("水", in: database).first == "K2")
            #expect(try await find("", in: database).isEmpty)
            #expect(try await find("，。！", in: database).isEmpty)
            #expect(try await find("完全无关", in: database).isEmpty)
        }
    }

    @Test(arguments: Place.all)
    func `another wording replaces the first, which is kept; a withdrawn one is told to nobody`(
        on engine: Place
    ) async throws {
        try await withDatabase(on: engine, steps: Schema.steps) { database in
            try await keep([article("K1", "水费缴纳", "到大厅缴")], in: database)
            try await keep([article("K1", "水费缴纳", "在手机上缴", revision: 2)], in: database)
            #expect(try await find("大厅", in: database).isEmpty)
            #expect(try await find("手机", in: database) == ["K1"])
            let all = try await database.read { try $0.revisions(of: ID("K1")).map(\.body) }
            #expect(all == ["到大厅缴", "在手机上缴"])
            await #expect(throws: DatabaseError.self) {
                try await keep([article("K1", "水费", "别的", revision: 2)], in: database)
            }
            try await keep(
                [article("K1", "水费缴纳", "在手机上缴", revision: 3, isWithdrawn: true)],
                in: database)
            #expect(try await find("水费", in: database).isEmpty)
            let kept = try await database.read { try $0.article(ID("K1")) }
            #expect(kept?.isWithdrawn == true)
            let listed = try await database.read { [today] in
                try $0.articles(inForceOn: today, limit: 10)
            }
            #expect(listed.isEmpty)
        }
    }
}
