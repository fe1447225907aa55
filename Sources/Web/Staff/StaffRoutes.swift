import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// The people at the line: evaluated each week, appraised each quarter.
enum StaffRoutes {
    static let all: [Route] = [
        Route(
            method: .post, path: "/api/v1/staff/{agent}/evaluations", id: "evaluateStaff",
            summary: Phrase(
                "评价坐席一周的工作，须由他人评价", "Evaluate a week of an agent's work, as another person"),
            access: .action(.evaluateStaff), body: .form(EvaluationForm.self),
            success: .view(201, EvaluationView.self)
        ) { call in
            _ = try call.idempotencyKey()
            let agent = call.part("agent")
            let (form, bytes) = try await call.form(EvaluationForm.self)
            return try await call.once(bytes) { work in
                Effect(
                    201,
                    EvaluationView(
                        try work.evaluate(
                            agent, weekOf: form.week, score: form.score, note: form.note,
                            by: call.actor)))
            }
        },
        Route(
            method: .get, path: "/api/v1/staff/appraisals/{quarter}", id: "listAppraisals",
            summary: Phrase("季度考核，如2025-Q1", "The quarter's appraisals, such as 2025-Q1"),
            access: .action(.evaluateStaff), success: .view(200, AppraisalListView.self)
        ) { call in
            let text = call.part("quarter")
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, let year = Int(parts[0]), (2000...2999).contains(year),
                parts[1].count == 2, parts[1].first == "Q", let quarter = Int(parts[1].dropFirst()),
                (1...4).contains(quarter)
            else { throw Problem.noSuch(Phrase("季度", "quarter"), text) }
            let appraisals = try await call.office.appraisals(year: year, quarter: quarter)
            return Answer(AppraisalListView(appraisals: appraisals.map { AppraisalView($0) }))
        },
    ]
}

struct EvaluationForm: Form {
    let week: Day
    let score: Int
    let note: String

    init(_ fields: Fields) {
        week = fields.day("week_of", Phrase("该周任意一天", "any day of the week"))
        score = fields.number("score", in: 0...100, Phrase("评分", "points"))
        note = fields.text("note", upTo: 500, Phrase("评语", "what was heard"))
    }
}

struct EvaluationView: Codable, Sendable {
    let agent: String
    /// The week's Monday.
    let week: Day
    let score: Int
    let note: String
    let by: String

    init(_ evaluation: StaffEvaluation) {
        agent = evaluation.agent
        week = evaluation.week
        score = evaluation.score
        note = evaluation.note
        by = evaluation.by
    }
}

struct AppraisalView: Codable, Sendable {
    let agent: String
    let days: Int64
    let orders: Int64
    let asked: Int64
    let satisfied: Int64
    /// Percent with two decimals; absent without data.
    let satisfaction: String?
    let evaluation: String?
    let weightEvaluation: Int
    let weightSatisfaction: Int
    /// In hundredths of a point, 0…10,000; absent while a part that counts has no data.
    let score: Int64?
    let evaluations: [EvaluationView]

    init(_ appraisal: Appraisal) {
        agent = appraisal.record.agent
        days = appraisal.record.days
        orders = appraisal.record.orders
        asked = appraisal.record.asked
        satisfied = appraisal.record.satisfied
        satisfaction = appraisal.satisfaction?.percent()
        evaluation = appraisal.evaluation?.percent()
        weightEvaluation = appraisal.weights.evaluation
        weightSatisfaction = appraisal.weights.satisfaction
        score = appraisal.score
        evaluations = appraisal.evaluations.map { EvaluationView($0) }
    }
}

struct AppraisalListView: Codable, Sendable {
    let appraisals: [AppraisalView]
}
