import Casework
import Foundation
import Ledger
import Testing

/// The tutorial of `Casework` as code: what stands between the marks is what the article shows.
@Suite struct TutorialTests {
    @Test func `the tutorial does what it says`() throws {
        // tutorial
        let now = try #require(Moment("2025-03-10T09:00:00+08:00"))
        let agent = Actor(name: "lin", roles: [.agent])
        let filing = Filing(
            channel: .wechat,
            claimant: Claimant(name: "李明", identity: "460200199001011234", phone: "13800000000"),
            merchant: nil, merchantName: "椰梦酒店", order: "TN-7781", matter: "hotel-cancellation",
            occurredOn: try #require(Day("2025-03-08")), paid: Money(fen: 300_000),
            claimed: Money(fen: 300_000), story: "取消订单,酒店拒绝退款", wanted: "退款", facts: [:],
            payee: nil, transferredFrom: nil)
        let terms = Terms(
            edition: "sanya/2025-03-08", editionHash: "e0", standing: .enrolled, acceptMinutes: 3,
            auditMinutes: 30, closingMinutes: 1_440, freezeMinutes: 10_080, reissueLimit: 2,
            unclaimedDays: nil)
        let id = CaseNumber.make(prefix: "SY", year: 2025, sequence: 1)
        let opening = try Case.file(filing, as: id, on: terms, by: agent, at: now)

        let recorded = opening.enumerated().map { position, event in
            Recorded(event, position: position, actor: agent.name, at: now, recordedAt: now)
        }
        var file = try #require(Case(id: id, replaying: recorded))
        let events = try file.decide(.withdraw(reason: "商家已退款"), by: agent, at: now)
        for event in events {
            let next = file.version
            file.apply(Recorded(event, position: next, actor: agent.name, at: now, recordedAt: now))
        }

        var refusal: Refusal?
        do throws(Refusal) {
            _ = try file.decide(.followUp(.a, note: ""), by: agent, at: now)
        } catch {
            refusal = error
        }
        // end

        #expect(opening.first?.kind == "filed" && file.stage == .withdrawn)
        #expect(refusal != nil)
    }

    @Test func `the article shows the code that is tested`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appending(path: "Sources/Casework/Casework.docc/CarryOneDemand.md"),
            encoding: .utf8)
        let shown = article.components(separatedBy: "```").enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }
            .flatMap { lines(of: String($0.element.dropFirst("swift".count))) }
        let test = try String(contentsOfFile: #filePath, encoding: .utf8)
        let start = try #require(test.range(of: "// tutorial\n"))
        let end = try #require(test.range(of: "// end\n"))
        #expect(shown == lines(of: String(test[start.upperBound..<end.lowerBound])))
    }

    /// Without indentation and blank lines: the formatter has its own view of both.
    private func lines(of text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }
}
