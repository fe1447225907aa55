package import Ledger

/// 每周评价: what a supervisor heard in an agent's calls of one week.
package struct StaffEvaluation: Hashable, Sendable {
    package let agent: String
    /// The week's Monday.
    package let week: Day
    /// 0…100.
    package let score: Int
    package let note: String
    package let by: String

    package init(agent: String, week: Day, score: Int, note: String, by: String) {
        self.agent = agent
        self.week = week
        self.score = score
        self.note = note
        self.by = by
    }
}

/// What an agent's days hold: recorded by the work itself, not by the agent.
package struct StaffRecord: Hashable, Sendable {
    package let agent: String
    /// Days on which the agent took a demand.
    package let days: Int64
    /// Demands the agent answers for as first receiver.
    package let orders: Int64
    /// Callers of these who were asked and answered; who was not reached is neither.
    package let asked: Int64
    package let satisfied: Int64

    package init(agent: String, days: Int64, orders: Int64, asked: Int64, satisfied: Int64) {
        self.agent = agent
        self.days = days
        self.orders = orders
        self.asked = asked
        self.satisfied = satisfied
    }
}

/// 每季考核: what the weeks' evaluations and the call-backs say together, by the edition's weights.
package struct Appraisal: Hashable, Sendable {
    package let record: StaffRecord
    package let evaluations: [StaffEvaluation]
    package let weights: Weights

    package init(
        record: StaffRecord, evaluations: [StaffEvaluation], weights: Weights
    ) {
        self.record = record
        self.evaluations = evaluations
        self.weights = weights
    }

    /// Hundredths; together 100.
    package struct Weights: Hashable, Sendable {
        package let evaluation: Int
        package let satisfaction: Int

        /// Nil unless each is 0…100 and they add up to 100.
        package init?(evaluation: Int, satisfaction: Int) {
            guard (0...100).contains(evaluation), evaluation + satisfaction == 100 else {
                return nil
            }
            self.evaluation = evaluation
            self.satisfaction = satisfaction
        }
    }

    /// The mean of the weeks' scores, of 100; nil when no week was evaluated.
    package var evaluation: Rate? {
        Rate(evaluations.reduce(0) { $0 + Int64($1.score) }, of: Int64(evaluations.count) * 100)
    }

    /// Nil when nobody was asked.
    package var satisfaction: Rate? { Rate(record.satisfied, of: record.asked) }

    /// In hundredths of a point, 0…10,000; nil while a part that counts has no data: no guess takes its
    /// place.
    package var score: Int64? {
        var sum: Int64 = 0
        for (rate, weight) in [
            (evaluation, weights.evaluation), (satisfaction, weights.satisfaction),
        ] where weight > 0 {
            guard let rate else { return nil }
            sum += rate.scaled(6) * Int64(weight)
        }
        // Rounded once, at the end: millionths times hundredths are 10^-8, a point is 10^-2.
        return (sum + 5_000) / 10_000
    }
}
