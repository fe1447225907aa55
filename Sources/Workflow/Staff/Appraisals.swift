package import Casework
package import Ledger
import Store

/// 每天记录、每周评价、每月回访、每季考核: the days record themselves, a supervisor evaluates each week, call-backs
/// are counted as they are made, and the quarter follows from both.
extension Work {
    /// Evaluates a week of an agent's work, once, as another person.
    ///
    /// - Parameter day: Any day of the week.
    package func evaluate(
        _ agent: String, weekOf day: Day, score: Int, note: String, by actor: Actor
    ) throws -> StaffEvaluation {
        try permit(.evaluateStaff, actor)
        guard agent != actor.name else {
            throw WorkflowError.anotherPersonNeeded("evaluateStaff", actor)
        }
        let week = day.advanced(by: 1 - day.weekday)
        var problems: [WorkflowError.Problem] = []
        if !(0...100).contains(score) {
            problems.append(
                .init(field: "score", chinese: "应为0至100", english: "must be 0 to 100"))
        }
        if !note.contains(where: { !$0.isWhitespace }) {
            problems.append(.init(field: "note", chinese: "请填写", english: "is empty: fill it in"))
        }
        if week > today {
            problems.append(
                .init(field: "week_of", chinese: "不能晚于今天", english: "lies in the future"))
        }
        if try !transaction.evaluations(from: week, through: week, of: agent).isEmpty {
            problems.append(
                .init(
                    field: "week_of", chinese: "\(week)起的一周已有评价",
                    english: "the week from \(week) was evaluated before"))
        }
        guard problems.isEmpty else { throw WorkflowError.unfit(problems) }
        let evaluation = StaffEvaluation(
            agent: agent, week: week, score: score, note: note, by: actor.name)
        try transaction.write(evaluation, at: now)
        return evaluation
    }
}

extension Office {
    /// Everyone who took a demand or was evaluated in the quarter, by name.
    package func appraisals(year: Int, quarter: Int) async throws -> [Appraisal] {
        let (first, last) = ReportPeriod.quarter(year: year, quarter).days
        let edition = try hotlinePolicies.edition(inForceOn: min(last, books.zone.day(at: now())))
        let weights = try edition.appraisalWeights()
        return try await read { [zone = books.zone] transaction in
            let records = try transaction.staffRecords(from: first, through: last, in: zone)
            let evaluations = Dictionary(
                grouping: try transaction.evaluations(from: first, through: last), by: \.agent)
            let known = Dictionary(
                records.map { ($0.agent, $0) }, uniquingKeysWith: { first, _ in first })
            return Set(known.keys).union(evaluations.keys).sorted().map { agent in
                Appraisal(
                    record: known[agent]
                        ?? StaffRecord(agent: agent, days: 0, orders: 0, asked: 0, satisfied: 0),
                    evaluations: evaluations[agent] ?? [], weights: weights)
            }
        }
    }
}
