/// How bureaus or firms are compared. The weights are the office's, not ours.
package enum Scoring: Hashable, Sendable {
    /// The weighted mean of rates; more is better.
    case rates([Weighted])
    /// Points for each answer to the follow-up call (Yantai's A, B, C); the mean, more is better.
    case grades(a: Int64, b: Int64, c: Int64)
    /// Points for each item of each cell; the sum, less is better.
    case burden([Burden])

    package struct Weighted: Hashable, Sendable {
        package let measure: Measure
        /// Not below zero.
        package let weight: Int64

        package init(_ measure: Measure, _ weight: Int64) {
            self.measure = measure
            self.weight = max(0, weight)
        }
    }

    package struct Burden: Hashable, Sendable {
        package let measure: Measure
        package let points: Int64

        package init(_ measure: Measure, _ points: Int64) {
            self.measure = measure
            self.points = points
        }
    }

    /// 30, 35 and 35 of a hundred, as one city weighs the three rates (准格尔旗).
    package static let threeRates = Scoring.rates([
        Weighted(.responseRate, 30), Weighted(.solvedRate, 35), Weighted(.satisfaction, 35),
    ])

    var isMoreBetter: Bool { if case .burden = self { false } else { true } }

    package var measures: [Measure] {
        switch self {
        case .rates(let parts): parts.map(\.measure)
        case .grades: [.satisfaction]
        case .burden(let parts): parts.map(\.measure)
        }
    }

    /// In millionths; nil where one of the rates has no data, as a score without it would be another
    /// score. Each rate is rounded to a millionth before it is weighed.
    package func score(of counts: CellCounts) -> Int64? {
        // In 128 bits, as nothing bounds what an office writes as a weight.
        switch self {
        case .rates(let parts):
            var (sum, weights) = (Int128(0), Int128(0))
            for part in parts {
                guard case .rate(let rate) = part.measure.figure(of: counts).value else {
                    return nil
                }
                sum += Int128(rate.scaled(6)) * Int128(part.weight)
                weights += Int128(part.weight)
            }
            return Self.mean(sum, weights)
        case .grades(let a, let b, let c):
            let answers = [(Cell.gradeA, a), (.gradeB, b), (.gradeC, c)].map { cell, points in
                (count: Int128(counts.value(cell)), points: Int128(points))
            }
            // Points are hundredths of the whole, a score millionths.
            return Self.mean(
                answers.reduce(0) { $0 + $1.count * $1.points * 10_000 },
                answers.reduce(0) { $0 + $1.count })
        case .burden(let parts):
            let sum = parts.reduce(Int128(0)) { sum, part in
                let count = part.measure.figure(of: counts).numerator
                return sum + Int128(part.points) * Int128(count) * 10_000
            }
            return Int64(clamping: sum)
        }
    }

    /// Half away from zero; nil without any weight. Points and weights are not below zero.
    private static func mean(_ sum: Int128, _ weights: Int128) -> Int64? {
        weights > 0 ? Int64(clamping: (2 * sum + weights) / (2 * weights)) : nil
    }

    /// How it is reckoned, for the foot of the table.
    package var rule: Words {
        switch self {
        case .rates(let parts):
            Words(
                "得分为"
                    + parts.map { "\($0.measure.name.chinese)×\($0.weight)" }
                    .joined(separator: "、") + "的加权平均；各率先取到百万分之一。",
                "The score is the mean of "
                    + parts.map { "\($0.measure.name.english) × \($0.weight)" }
                    .joined(separator: ", ") + "; each rate is first rounded to a millionth.")
        case .grades(let a, let b, let c):
            Words(
                "得分为回访A档\(a)分、B档\(b)分、C档\(c)分的平均，联系不上的不计。",
                "The score is the mean of \(a) points for A, \(b) for B, \(c) for C; the unreachable"
                    + " are left out.")
        case .burden(let parts):
            Words(
                "扣分为"
                    + parts.map { "\($0.measure.name.chinese)每件\($0.points)分" }
                    .joined(separator: "、") + "之和，扣分多者列前。",
                "Penalty points: "
                    + parts.map { "\($0.points) for each of \($0.measure.name.english)" }
                    .joined(separator: ", ") + "; the most first.")
        }
    }
}

/// Bureaus, merchants or firms in the order of their scores.
package struct League: Hashable, Sendable {
    package let scoring: Scoring
    /// Best first; by burden, the heaviest first.
    package let places: [Place]
    /// Too few items, or a rate without data: not compared.
    package let unranked: [Place]

    package struct Place: Hashable, Sendable {
        /// From 1; those with one score share a rank, and the next ranks are left out.
        package let rank: Int?
        package let code: String
        package let score: Int64?
        package let counts: CellCounts
    }

    /// - Parameter minimum: Items registered, below which nobody is compared.
    package init(
        _ groups: [(code: String, counts: CellCounts)], by scoring: Scoring, minimum: Int64
    ) {
        var (scored, apart): ([(code: String, score: Int64, counts: CellCounts)], [Place]) = (
            [], []
        )
        for group in groups where !group.code.isEmpty {
            let score = scoring.score(of: group.counts)
            if let score, group.counts.value(.registered) >= minimum {
                scored.append((group.code, score, group.counts))
            } else {
                apart.append(
                    Place(rank: nil, code: group.code, score: score, counts: group.counts))
            }
        }
        scored.sort { a, b in a.score != b.score ? a.score > b.score : a.code < b.code }
        var places: [Place] = []
        for (index, each) in scored.enumerated() {
            let shared = places.last.flatMap { $0.score == each.score ? $0.rank : nil }
            places.append(
                Place(
                    rank: shared ?? index + 1, code: each.code, score: each.score,
                    counts: each.counts))
        }
        self.scoring = scoring
        self.places = places
        unranked = apart.sorted { $0.code < $1.code }
    }

    /// The last `count`, the worst first; whoever is level with the last of them is warned too.
    ///
    /// - Source: 烟台89000: 对年度得分后五名的企业给予红色警告.
    package func redWarnings(_ count: Int) -> [Place] {
        let worstFirst = scoring.isMoreBetter ? Array(places.reversed()) : places
        guard count > 0, worstFirst.count > count else { return count > 0 ? worstFirst : [] }
        let limit = worstFirst[count - 1].score
        let cut = worstFirst.dropFirst(count).prefix { $0.score == limit }
        return Array(worstFirst.prefix(count)) + cut
    }
}
