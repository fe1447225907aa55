/// One of the figures a report may show: what it counts, of what, and what it leaves out.
///
/// The catalogue is closed (`Measure.all`): a figure outside it has no definition to print beside it.
package struct Measure: Hashable, Sendable {
    /// Stable: files and links use it.
    package let code: String
    package let name: Words
    /// One sentence.
    package let definition: Words
    package let formula: Formula
    package let population: Population

    init(
        _ code: String, _ name: Words, _ definition: Words, _ formula: Formula,
        _ population: Population = .all
    ) {
        self.code = code
        self.name = name
        self.definition = definition
        self.formula = formula
        self.population = population
    }

    package enum Formula: Hashable, Sendable {
        case count([Cell])
        /// Fen.
        case money([Cell])
        case rate([Cell], of: [Cell])
        /// A sum of milliseconds for each of a count.
        case meanTime(Cell, of: Cell)
        /// A plain sum for each of a count.
        case mean(Cell, of: Cell)
        /// The share of a stretch that took at most so many minutes, a bound of `Histogram`.
        case within(Speed, minutes: Int64)
        /// 1…100.
        case percentile(Speed, Int64)
    }

    package enum Unit: String, Hashable, Sendable, CaseIterable {
        case items, yuan, percent, minutes, times, points, text

        package var name: Words {
            switch self {
            case .items: Words("件", "items")
            case .yuan: Words("元", "yuan")
            case .percent: Words("%", "%")
            case .minutes: Words("分钟", "minutes")
            case .times: Words("次/件", "times each")
            case .points: Words("分", "points")
            case .text: Words("", "")
            }
        }
    }

    package var unit: Unit {
        switch formula {
        case .count: .items
        case .money: .yuan
        case .rate, .within: .percent
        case .meanTime, .percentile: .minutes
        case .mean: .times
        }
    }

    /// The count whose cases are behind the figure: of a rate, its numerator and its denominator.
    package var cells: (numerator: [Cell], denominator: [Cell]) {
        switch formula {
        case .count(let cells), .money(let cells): (cells.map(\.behind), [])
        case .rate(let part, let whole): (part.map(\.behind), whole.map(\.behind))
        case .meanTime(let sum, let count), .mean(let sum, let count): ([sum.behind], [count])
        case .within(let speed, _), .percentile(let speed, _):
            ([Cell.of(speed).timed], [Cell.of(speed).timed])
        }
    }

    package func figure(of counts: CellCounts) -> Figure {
        let population = population
        func rate(_ part: Int64, _ whole: Int64, _ value: (Rate) -> FigureValue) -> Figure {
            Figure(
                measure: self, numerator: part, denominator: whole,
                value: Rate(part, of: whole).map(value) ?? .noData)
        }
        switch formula {
        case .count(let cells):
            let sum = counts.sum(cells, population)
            return Figure(measure: self, numerator: sum, denominator: nil, value: .count(sum))
        case .money(let cells):
            let sum = counts.sum(cells, population)
            return Figure(measure: self, numerator: sum, denominator: nil, value: .fen(sum))
        case .rate(let part, let whole):
            return rate(counts.sum(part, population), counts.sum(whole, population)) { .rate($0) }
        case .meanTime(let sum, let count):
            return rate(counts.value(sum, population), counts.value(count, population)) {
                .meanMs($0)
            }
        case .mean(let sum, let count):
            return rate(counts.value(sum, population), counts.value(count, population)) {
                .mean($0)
            }
        case .within(let speed, let minutes):
            let histogram = counts.histogram(speed, population)
            return rate(histogram.within(minutes: minutes), histogram.total) { .rate($0) }
        case .percentile(let speed, let percent):
            let histogram = counts.histogram(speed, population)
            return Figure(
                measure: self, numerator: percent, denominator: histogram.total,
                value: histogram.percentile(percent).map { .percentile($0) } ?? .noData)
        }
    }
}

/// A measure with its value for a group of records.
package struct Figure: Hashable, Sendable {
    package let measure: Measure
    package let numerator: Int64
    /// Nil where there is none.
    package let denominator: Int64?
    package let value: FigureValue
}
