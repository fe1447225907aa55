import Casework
import Courier
import Foundation
import Ledger
import Store
import Testing
import Workflow

@testable import Web

/// Mail to tourists, handed to a server of another make.
@Suite(
    .enabled(
        if: MailServer.python != nil, "AMENDS_TEST_PYTHON names no Python with aiosmtpd"))
struct MailTests {
    private func outlet(
        _ service: Service, _ server: String, user: String? = nil, password: String? = nil
    ) -> MailOutlet {
        MailOutlet(
            .init(
                server: server, user: user, password: password, from: "office@example.org",
                name: "三亚旅游投诉 先行赔付"),
            courier: service.courier, now: { service.clock.now })
    }

    /// A case whose tourist wants mail, and a code that waits for it.
    @discardableResult
    private func ask(_ service: Service, _ address: String) async throws -> String {
        let filed = try await service.file(["order": "\"\(address)\""])
        let set = try await service.send(
            .post, "/api/v1/cases/\(filed.number)/contact",
            headers: ["Tracking-Code": filed.code],
            body: "{\"way\":\"mail\",\"address\":\"\(address)\"}")
        #expect(set.status == 200 && !set.text.contains(address), "\(set.text)")
        try await service.office.work {
            try $0.askCode(
                for: filed.number, phone: "13800138000", code: "123456",
                text: "您的验证码是123456。\n.点开头的一行\nÜber 😀")
        }
        return filed.number
    }

    @Test func `a code arrives by mail, whole, in a letter that another's reader understands`()
        async throws
    {
        let server = try MailServer()
        try await Service.run { service in
            try await ask(service, "wang@example.org")
            let sender = MessageSender(
                [.mail: outlet(service, "smtp://127.0.0.1:\(server.port)")],
                office: service.office)
            #expect(try await sender.runOnce() == 1)
            let letter = try server.message()
            #expect(letter["envelope_from"]?.string == "office@example.org")
            #expect(letter["to"]?.string == "wang@example.org")
            #expect(letter["from"]?.string == "三亚旅游投诉 先行赔付 <office@example.org>")
            #expect(letter["subject"]?.string == "查询码验证码")
            let text = letter["text"]?.string?.replacing("\r\n", with: "\n")
            #expect(text == "您的验证码是123456。\n.点开头的一行\nÜber 😀")
            #expect(letter["date"]?.string == "2024-08-01T10:00:00+08:00")
            #expect(letter["defects"]?.string == "0")
            let longest = try #require(Int(letter["longest"]?.string ?? ""))
            #expect(longest <= 78)
            #expect(try await sender.runOnce() == 0, "sent once")
        }
    }

    @Test
    func
        `a mailbox that does not exist is given up, one that is busy is tried again, and both are seen`()
        async throws
    {
        let server = try MailServer()
        try await Service.run(secondFactor: .off) { service in
            try await ask(service, "nobody@example.org")
            try await ask(service, "busy@example.org")
            let sender = MessageSender(
                [.mail: outlet(service, "smtp://127.0.0.1:\(server.port)")],
                office: service.office)
            #expect(try await sender.runOnce() == 0)
            _ = try await service.addPerson(
                "admin", PersonDraft(name: "admin", displayName: "admin", roles: [.administrator]))
            let admin = Browser(service)
            _ = try await admin.logIn("admin", Service.password)
            let page = try await admin.open("/service")
            #expect(page.text.contains("SMTP 550") && page.text.contains("SMTP 451"))
            #expect(!page.text.contains("example.org"))
            service.clock.advance(minutes: 1)
            #expect(try await sender.runOnce() == 1)
            #expect(try server.message()["to"]?.string == "busy@example.org")
            service.clock.advance(minutes: 5)
            #expect(try await sender.runOnce() == 0)
            let left = try await admin.open("/service")
            #expect(left.text.contains("SMTP 550") && !left.text.contains("SMTP 451"))
        }
    }

    @Test func `a dead mail server holds up nothing, and what waits arrives once it is back`()
        async throws
    {
        let dead = try MailServer()
        let port = dead.port
        dead.stop()
        try await Service.run { service in
            let number = try await ask(service, "wang@example.org")
            let sender = MessageSender(
                [.mail: outlet(service, "smtp://127.0.0.1:\(port)")], office: service.office)
            let began = ContinuousClock.now
            #expect(try await sender.runOnce() == 0)
            #expect(ContinuousClock.now - began < .seconds(5))
            // The case goes on, and the failure says why.
            let paid = try await service.filePaid([
                "order": "\"B-7\"", "occurred_on": "\"2024-07-29\"",
            ])
            #expect(!paid.number.isEmpty)
            let troubled = try await service.office.read { try $0.troubledMessages(limit: 9) }
            #expect(troubled.map(\.caseID.text) == [number])
            #expect(troubled[0].error?.contains("refused") == true && troubled[0].failedAt == nil)
            let back = try MailServer(["--port", "\(port)"])
            service.clock.advance(minutes: 1)
            #expect(try await sender.runOnce() == 1)
            #expect(try back.message()["to"]?.string == "wang@example.org")
        }
    }

    @Test func `who asks for a log-in gets it, and a wrong password sends nothing`() async throws {
        let server = try MailServer(["--user", "amends", "right"])
        try await Service.run { service in
            try await ask(service, "wang@example.org")
            let url = "smtp://127.0.0.1:\(server.port)"
            let wrong = MessageSender(
                [.mail: outlet(service, url, user: "amends", password: "wrong")],
                office: service.office)
            #expect(try await wrong.runOnce() == 0)
            service.clock.advance(minutes: 1)
            let right = MessageSender(
                [.mail: outlet(service, url, user: "amends", password: "right")],
                office: service.office)
            #expect(try await right.runOnce() == 1)
            #expect(try server.message()["user"]?.string == "amends")
        }
    }

    @Test func `beyond this machine nothing is sent without TLS that is trusted`() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "amends-mail-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (certificate, key) = (
            folder.appending(path: "c.pem").path, folder.appending(path: "k.pem").path
        )
        let openssl = Process()
        openssl.executableURL = URL(filePath: "/usr/bin/env")
        openssl.arguments =
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout \(key) -out \(certificate)"
            .split(separator: " ").map(String.init)
        openssl.standardError = Pipe()
        try openssl.run()
        openssl.waitUntilExit()
        let (plain, own) = (try MailServer(), try MailServer(["--tls", certificate, key]))
        // This machine, and not by a name that is excused.
        for (port, scheme) in [(plain.port, "smtp"), (own.port, "smtp"), (plain.port, "smtps")] {
            let letter = Letter(
                server: "\(scheme)://[::ffff:127.0.0.1]:\(port)", from: "a@example.org",
                to: "b@example.org", message: Array("Subject: x\r\n\r\nx\r\n".utf8))
            await #expect(throws: CourierError.notSent(.insecure), "\(scheme) \(port)") {
                try await Courier().send(letter)
            }
        }
    }

    @Test func `an envelope holds one address and no second command`() async throws {
        for address in [
            "", "a", "@b", "a@", "a@b>", "a@b\r\nRCPT TO:<c@d>", "a b@c", "a@b@c", "é@b",
        ] {
            #expect(!Letter.isAddress(address), "\(address)")
            let letter = Letter(
                server: "smtp://127.0.0.1:1", from: "a@example.org", to: address, message: [])
            await #expect(throws: CourierError.self) { try await Courier().send(letter) }
        }
        #expect(Letter.isAddress("wang.xiao+ming@mail.example.org"))
    }
}
