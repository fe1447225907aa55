/// Runs a walker along every path of a model.
///
/// A path is followed in stages: the conditions given, then decision after decision in the order in
/// which they need each other, then what is asked of them. A stage that branches is run again from
/// where it began, and what lies before it is not.
struct Explorer {
    /// What a walker does before the next stage begins.
    enum Stage {
        /// The conditions hold, or the path is impossible.
        case given([Asked])
        case decision(Int)
        /// The input of that index grows, and what follows is asked of the facts with it.
        case growth(input: Int)

        func pass(_ walker: inout Walker) throws(Walker.Stop) {
            switch self {
            case .given(let conditions):
                for condition in conditions where try walker.truth(walker.ask(condition)) != true {
                    throw .impossible
                }
            case .decision(let index): _ = try walker.value(of: .decision(index))
            case .growth(let input): try walker.grow(input)
            }
        }
    }

    let program: Program
    let symbols = Symbols()
    let options: Analysis.Options
    /// Conditions that always hold, compiled.
    let given: [Asked]

    init(_ model: Model, _ options: Analysis.Options) throws(SyntaxError) {
        program = model.program
        self.options = options
        var given: [Asked] = []
        for text in options.given { given.append(try Asked(text, model)) }
        self.given = given
    }

    /// The number of paths, or nil when there are too many.
    ///
    /// - Parameters:
    ///   - decisions: are made before `visit`, by index, with all they need.
    ///   - visit: asks the walker at the end, and says whether to go on.
    func run(
        through decisions: [Int], _ visit: (inout Walker) throws(Walker.Stop) -> Bool
    ) throws(Walker.Stop) -> Int? {
        var walk = Walk(pathLimit: options.pathLimit)
        _ = try walk.follow(
            [.given(given)] + Self.stages(of: decisions, in: program),
            from: Walker(program, symbols, options), visit)
        return walk.isOver ? nil : walk.paths
    }

    /// Stages that lie one inside the other; decisions beyond them are made where they are needed.
    private static let stageLimit = 60

    /// The decisions and all they need, each after what it needs itself.
    static func stages(of decisions: [Int], in program: Program) -> [Stage] {
        var order: [Int] = []
        var seen: Set<Int> = []
        func add(_ decision: Int) {
            guard seen.insert(decision).inserted else { return }
            for binding in program.decisions[decision].logic?.bindings ?? [] {
                if case .decision(let needed) = binding.requirement { add(needed) }
            }
            order.append(decision)
        }
        decisions.forEach(add)
        return order.prefix(stageLimit).map(Stage.decision)
    }
}

/// The paths that lead on from where a walker stands, followed stage by stage.
struct Walk {
    private(set) var paths = 0
    /// There were more paths than the limit.
    private(set) var isOver = false
    /// Ends of paths that may still be looked at, those that proved impossible among them.
    private var left: Int

    init(pathLimit: Int) { left = pathLimit }

    /// False when `visit` said so, or when there are too many paths.
    mutating func follow(
        _ stages: [Explorer.Stage], from start: Walker,
        _ visit: (inout Walker) throws(Walker.Stop) -> Bool
    ) throws(Walker.Stop) -> Bool {
        try follow(stages[...], from: start, visit)
    }

    private mutating func follow(
        _ stages: ArraySlice<Explorer.Stage>, from start: Walker,
        _ visit: (inout Walker) throws(Walker.Stop) -> Bool
    ) throws(Walker.Stop) -> Bool {
        var scripts: [Script] = [Script(run: [], steps: 0, last: nil)]
        while let script = scripts.popLast() {
            guard left > 0 else {
                isOver = true
                return false
            }
            var walker = start
            walker.begin(script.all)
            do throws(Walker.Stop) {
                if let stage = stages.first {
                    try stage.pass(&walker)
                    guard try follow(stages.dropFirst(), from: walker, visit) else { return false }
                } else {
                    left -= 1
                    let goesOn = try visit(&walker)
                    paths += 1
                    if !goesOn { return false }
                }
            } catch {
                if case .nestedTooDeep = error { throw error }
                left -= 1
            }
            for pending in walker.pending.reversed() {
                scripts.append(
                    Script(run: walker.taken, steps: pending.steps, last: pending.last))
            }
        }
        return true
    }

    /// The beginning of an earlier run, and the branch to take then. The runs share their arrays.
    private struct Script {
        let run: [Walker.Step]
        let steps: Int
        let last: Walker.Step?

        var all: [Walker.Step] { last.map { run.prefix(steps) + [$0] } ?? [] }
    }
}
