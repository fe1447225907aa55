/// What of a model lies outside the policy profile, for which the proofs are promised.
///
/// The profile: cells of comparisons, ranges, enumerations, `not` and `-` with constants; texts with
/// allowed values; bounded numbers; hit policies UNIQUE, ANY, FIRST, PRIORITY and COLLECT with SUM;
/// nothing that asks the clock or another language; no loop without an end.
struct Profile {
    private(set) var findings: [Finding] = []

    init(_ model: Model) {
        for table in model.tables { look(at: table) }
        for input in model.program.inputs { look(at: input) }
        for decision in model.program.decisions {
            guard let body = decision.logic?.body else { continue }
            look(at: body, in: decision.name, "")
        }
        for invocable in model.program.invocables {
            guard case .logic(let procedure) = invocable.body else { continue }
            look(at: procedure.body, in: invocable.name, "")
        }
    }

    private mutating func add(_ place: Finding.Place, _ english: String, _ chinese: String) {
        findings.append(.outside(place, Finding.Reason(english, chinese)))
    }

    private mutating func look(at table: DecisionTable) {
        switch table.hitPolicy {
        case .unique, .any, .first, .priority, .sum: break
        default:
            add(
                Finding.Place(table: table.owner, cell: table.hitPolicy.rawValue),
                "its hit policy is none of U, A, F, P and C+", "命中策略不属于 U、A、F、P、C+")
        }
        for (row, rule) in table.rules.enumerated() {
            for (column, test) in rule.tests.enumerated() where !test.isSimple {
                findings.append(
                    .unreadable(
                        Finding.Place(
                            table: table.owner, row: row + 1, column: table.inputs[column].text,
                            cell: rule.texts[column]),
                        Finding.Reason(
                            "it is more than comparisons, ranges and enumerations of constants",
                            "不是由常量构成的比较、区间或枚举")))
            }
        }
    }

    private mutating func look(at input: Program.Input) {
        let place = Finding.Place(table: input.name, cell: input.type.name)
        switch input.type {
        case .string: add(place, "a text without allowed values", "文本没有规定允许值")
        case .number: add(place, "a number without allowed values", "数字没有规定范围")
        case .any: add(place, "it has no type", "没有声明类型")
        case .function: add(place, "it is a function", "输入是函数")
        default: break
        }
    }

    private mutating func look(at node: Node, in owner: String, _ source: String) {
        var source = source
        if case .located(_, let text) = node { source = text }
        let place = Finding.Place(table: owner, cell: source)
        switch node {
        case .builtinCall(let builtin, _, _) where ["now", "today"].contains(builtin.name):
            add(place, "\(builtin.name)() asks the clock", "\(builtin.name)() 依赖时钟")
        case .function(let closure) where closure.body == nil:
            add(place, "the function is written in another language", "函数由其他语言实现")
        case .loop(let loop) where loop.readsPartial:
            add(place, "the loop looks back at its own results", "循环引用自身结果")
        default: break
        }
        for part in node.parts { look(at: part, in: owner, source) }
    }
}

/// Input data that no decision, knowledge model or table reads.
enum Reading {
    static func unread(in program: Program) -> [String] {
        var read: Set<Int> = []
        func look(at procedure: Procedure?) {
            guard let procedure else { return }
            let slots = procedure.body.slotsRead
            for binding in procedure.bindings {
                guard case .input(let index) = binding.requirement else { continue }
                if slots.contains(binding.slot) { read.insert(index) }
            }
        }
        for decision in program.decisions { look(at: decision.logic) }
        for invocable in program.invocables {
            switch invocable.body {
            case .logic(let procedure): look(at: procedure)
            case .service, .none: break
            }
        }
        return program.inputs.indices.filter { !read.contains($0) }.map { program.inputs[$0].name }
    }
}
