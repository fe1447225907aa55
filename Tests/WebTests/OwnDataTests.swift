import Casework
import Courier
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// What people may have of what is held about them, and merchants of the evidence.
struct OwnDataTests {
    /// A picture with a place in it: the smallest JPEG with Exif that has a scan.
    private static let photo: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE1, 0, 24] + Array("Exif\0\0GPS 18.25N 109.5".utf8.prefix(22))
        + [0xFF, 0xDA, 0, 4, 1, 1, 0x12, 0x34, 0xFF, 0xD9]

    @Test func `with the code one has all of one's own, unmasked, and three times at once`()
        async throws
    {
        try await Service.run { service in
            let filed = try await service.filePaid()
            let other = try await service.file([
                "order": "\"B-2\"", "occurred_on": "\"2024-07-01\"",
            ])
            let look = try await service.send(
                .post, "/api/v1/cases/\(filed.number)/disclosures", as: "agent",
                body: "{\"fields\":[\"phone\"],\"reason\":\"回访游客\"}")
            #expect(look.status == 201)
            let path = "/api/v1/cases/\(filed.number)/own-data"
            let code = ["Tracking-Code": filed.code]
            let chosen = try await service.send(
                .post, "/api/v1/cases/\(filed.number)/contact", headers: code,
                body: "{\"way\":\"mail\",\"address\":\"wang@example.org\"}")
            #expect(chosen.status == 200)
            let own = try await service.send(.get, path, headers: code)
            #expect(own.status == 200, "\(own.text)")
            let table = [
                "phone": "13800138000", "identity": "110101199003071234",
                "payees.0.account": "wx-openid-000001", "story": "多收了钱，电话13800138000",
                "evidence.0.kind": "receipt", "payouts.0.amount_fen": "50000",
                "events.0.kind": "filed", "contact.address": "wang@example.org",
                "looks.0.fields.0": "phone", "looks.0.roles.0": "agent",
            ]
            for (field, value) in table { #expect(own[field] == value, "\(field)") }
            #expect(own["evidence.0.sha256"]?.count == 64)
            #expect(
                !own.text.contains("the-agent"), "who of the office looked is not the tourist's")
            for header in [["Tracking-Code": other.code], [:]] {
                #expect(try await service.send(.get, path, headers: header).status == 401)
            }
            #expect(try await service.send(.get, path, as: "supervisor").status == 403)
            let rest = [
                try await service.send(.get, path, headers: code).status,
                try await service.send(.get, path, headers: code).status,
                try await service.send(.get, path, headers: code).status,
            ]
            #expect(rest == [200, 200, 429])
            service.clock.advance(minutes: 10)
            #expect(try await service.send(.get, path, headers: code).status == 200)
        }
    }

    @Test func `the page where a case is followed leads to the file, which is saved`() async throws
    {
        try await Service.run { service in
            let filed = try await service.file()
            let tourist = Browser(service)
            try await tourist.open("/track")
            try await tourist.send("/track", [("number", filed.number), ("code", filed.code)])
            let page = try await tourist.open("/track/\(filed.number)")
            #expect(page.text.contains("/track/\(filed.number)/own-data"))
            let file = try await tourist.open("/track/\(filed.number)/own-data")
            #expect(file.status == 200 && file["name"] == "王小明")
            let disposition = file.headers["content-disposition"]
            #expect(disposition == "attachment; filename=\"\(filed.number).json\"")
            let door = try await Browser(service).open("/track/\(filed.number)/own-data")
            #expect(door.status == 303)
        }
    }

    @Test func `a caller has their own of a work order`() async throws {
        try await Service.run(in: "weihai") { service in
            let made = try await service.register()
            let own = try await service.send(
                .get, "/api/v1/orders/\(made.number)/own-data",
                headers: ["Tracking-Code": made.code])
            #expect(own.status == 200 && own["phone"] == "13800138000", "\(own.text)")
            #expect(own["place"] == "环翠区海滨路1号")
        }
    }

    @Test func `the filing page tells how data is used, and the version is kept with the case`()
        async throws
    {
        try await Service.run { service in
            let version = try #require(service.office.consents.current)
            let page = try await Browser(service).open("/file?matter=overcharge")
            let field = "name=\"consent\" value=\"\(version.name)\""
            #expect(page.text.contains(field) && page.text.contains("敏感个人信息"))
            let english = try await Browser(service).open("/file?matter=overcharge&lang=en")
            #expect(english.text.contains("Who and why"))
            let filed = try await service.file(["consent": "\"\(version.name)\""])
            let own = try await service.send(
                .get, "/api/v1/cases/\(filed.number)/own-data",
                headers: ["Tracking-Code": filed.code])
            #expect(own["consent.version"] == version.name)
            #expect(own["consent.sha256"] == version.hash)
            let wrong = try await service.send(
                .post, "/api/v1/cases",
                body: filing(["order": "\"B\"", "consent": "\"1999-01-01\""]))
            #expect(wrong.status == 422 && wrong.fields == ["consent"])
        }
    }

    @Test func `a merchant sees pictures without their place, and no other file`() async throws {
        try await Service.run { service in
            let filed = try await service.file()
            let others = try await service.file([
                "merchant": "\"M2\"", "merchant_name": "\"亚龙湾酒店\"", "order": "\"B-1\"",
            ])
            for number in [filed.number, others.number] {
                for (kind, bytes) in [
                    ("photo", Self.photo), ("chat", Array("我的电话13800138000".utf8)),
                    ("cause-proof", Self.photo + [1]),
                ] {
                    let reply = try await service.send(
                        .post, "/api/v1/cases/\(number)/evidence?kind=\(kind)&name=%E7%8E%8B.jpg",
                        as: "agent", bytes: bytes)
                    #expect(reply.status == 201, "\(reply.text)")
                }
            }
            let view = try await service.send(.get, "/api/v1/cases/\(filed.number)", as: "agent")
            let hashes = try (0..<3).map { try #require(view["evidence.\($0).hash"]) }
            _ = try await service.addPerson(
                "shop",
                PersonDraft(
                    name: "shop", displayName: "店", roles: [.merchant], merchant: ID("M1")))
            let merchant = Browser(service)
            _ = try await merchant.logIn("shop", Service.password)
            let page = try await merchant.open("/own/\(filed.number)")
            let folder = "/own/\(filed.number)/evidence"
            #expect(page.text.contains("\(folder)/\(hashes[0])"))
            #expect(!page.text.contains(hashes[1]) && !page.text.contains(hashes[2]))
            let picture = try await merchant.open("\(folder)/\(hashes[0])")
            #expect(picture.status == 200 && picture.headers["content-type"] == "image/jpeg")
            #expect(!picture.text.contains("GPS") && picture.bytes.count < Self.photo.count)
            #expect(picture.headers["content-disposition"]?.hasSuffix("UTF-8''photo.jpeg") == true)
            for hash in hashes.dropFirst() {
                #expect(try await merchant.open("\(folder)/\(hash)").status == 404)
            }
            let stranger = "/own/\(others.number)/evidence/\(hashes[0])"
            #expect(try await merchant.open(stranger).status == 403)
            #expect(
                try await merchant.open("/cases/\(filed.number)/evidence/\(hashes[0])").status
                    == 403)
            let whole = try await service.send(
                .get, "/api/v1/cases/\(filed.number)/evidence/\(hashes[0])", as: "reviewer")
            #expect(whole.bytes == Self.photo, "the office keeps it as it came")
            let log = try await service.send(
                .get, "/api/v1/access-log?subject=\(filed.number)", as: "auditor")
            #expect(log["looks.1.person"] == "shop" && log["looks.0.person"] == "the-reviewer")
        }
    }
}
