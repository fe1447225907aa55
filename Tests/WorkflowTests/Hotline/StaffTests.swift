import Casework
import Ledger
import Store
import Testing

@testable import Workflow

@Suite struct StaffTests {
    @Test(arguments: Place.all)
    func `days record themselves, a week is evaluated once by another, and the quarter adds up`(
        on place: Place
    ) async throws {
        try await withHotline("chongqing-96000", on: place) { play in
            for index in 0..<3 {
                let order = try await play.register(
                    "enquiry", "怎样办理骨灰寄存手续\(index)", phone: "1390000000\(index)",
                    facts: ["answerable": .flag(true)]
                ).order
                try await play.perform(
                    .answer(OrderAnswer(text: "带证件到窗口")), on: order.id, by: PlayHotline.agent)
                play.clock.set(play.clock.now.advanced(byMinutes: 24 * 60))
            }
            let asked = try await play.office.read { try $0.orderRows(OrderFilter(reader: nil)) }
            for (row, grade) in zip(asked, [FollowUp.Grade.a, .unreachable, .b]) {
                let order = try await play.show(row.id)
                guard order.isFollowUpWanted else { continue }
                try await play.perform(
                    .followUp(grade, cause: nil, note: "回访"), on: row.id,
                    by: Actor(name: "caller", roles: [.agent]))
            }
            let boss = PlayHotline.supervisor
            let week = Day("2025-03-12")!
            let evaluation = try await play.office.work {
                try $0.evaluate("agent", weekOf: week, score: 90, note: "答复准确", by: boss)
            }
            #expect(evaluation.week == Day("2025-03-10"))
            await #expect(throws: WorkflowError.self) {
                _ = try await play.office.work {
                    try $0.evaluate("agent", weekOf: week, score: 80, note: "再评", by: boss)
                }
            }
            await #expect(throws: WorkflowError.anotherPersonNeeded("evaluateStaff", boss)) {
                _ = try await play.office.work {
                    try $0.evaluate(boss.name, weekOf: week, score: 100, note: "自评", by: boss)
                }
            }
            await #expect(throws: WorkflowError.notPermitted(.evaluateStaff, actor: "agent")) {
                _ = try await play.office.work {
                    try $0.evaluate("x", weekOf: week, score: 1, note: "n", by: PlayHotline.agent)
                }
            }
            let appraisals = try await play.office.appraisals(year: 2025, quarter: 1)
            #expect(appraisals.map(\.record.agent) == ["agent"])
            let record = appraisals[0].record
            #expect(record.days == 3 && record.orders == 3)
            #expect(record.satisfied == record.asked)
            #expect(appraisals[0].evaluation == Rate(90, of: 100))
            let other = try await play.office.appraisals(year: 2025, quarter: 2)
            #expect(other.isEmpty)
        }
    }
}
