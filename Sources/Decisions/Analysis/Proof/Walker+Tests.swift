extension Walker {
    /// Whether a cell of comparisons, ranges and enumerations holds for the subject.
    mutating func holds(_ test: Test, _ subject: Term) throws(Stop) -> Bool? {
        if let step = repeated() { return step.answer }
        let branches = branches(test, subject)
        if branches.count == 1 {
            taken.append(Step(branch: 0, answer: branches[0].answer))
            return branches[0].answer
        }
        let symbols = symbols
        return try chooseAnew(branches.count, { branches[$0].answer }) { branch, path in
            branches[branch].apply(&path, symbols)
        }.answer
    }

    /// Whether the path already leaves no other answer than that the test does not hold.
    mutating func isRefuted(_ test: Test, _ subject: Term) -> Bool {
        if let step = repeated() { return step.answer == true }
        let answer = settled(test, subject)
        let isRefuted = if let answer { answer != true } else { false }
        taken.append(Step(branch: 0, answer: isRefuted))
        return isRefuted
    }

    /// The answer where the path leaves only one, without taking any branch.
    private func settled(_ test: Test, _ subject: Term) -> Bool?? {
        var answers: Set<Bool?> = []
        for branch in branches(test, subject) {
            if answers.contains(branch.answer) { continue }
            var trial = path
            if branch.apply(&trial, symbols) { answers.insert(branch.answer) }
            if answers.count > 1 { return nil }
        }
        return answers.first
    }

    struct Branch {
        let answer: Bool?
        var symbol: (Int, Choice)?
        var bounds: [(Linear, Path.Sign)] = []
        var question: String?

        func apply(_ path: inout Path, _ symbols: Symbols) -> Bool {
            if let (symbol, choice) = symbol { return path.restrict(symbol, to: choice) }
            for (index, bound) in bounds.enumerated() {
                let isLast = index == bounds.count - 1
                guard path.add(bound.0, bound.1, symbols, checks: isLast) else {
                    return false
                }
            }
            if let question {
                let number = answer == true ? 0 : 1
                if let known = path.answers[question] { return known == number }
                path.answers[question] = number
                path.openQuestions.append(question)
            }
            return true
        }
    }

    /// The ways a test can come out; they exclude each other and leave nothing out.
    private func branches(_ test: Test, _ subject: Term) -> [Branch] {
        if case .any = test { return [Branch(answer: true)] }
        if let value = subject.constant { return [Branch(answer: answer(test, value))] }
        switch subject {
        case .symbol(let symbol): return branches(test, symbol)
        case .number(let linear, let unit): return branches(test, linear, unit)
        default:
            let question = "\(symbols.text(of: subject)) meets a cell of \(source)"
            return [
                Branch(answer: true, question: question), Branch(answer: false, question: question),
            ]
        }
    }

    private func answer(_ test: Test, _ value: Value) -> Bool? {
        var machine = Machine(program: .empty, mode: .lenient)
        machine.slots = [value]
        return machine.holds(test, slot: 0)
    }

    private func branches(_ test: Test, _ symbol: Int) -> [Branch] {
        let choice = path.choice(symbol)
        var values = choice.isExcluded ? [] : Array(choice.values)
        if choice.isExcluded {
            // The values named, and one that stands for all others.
            values = test.constants.filter { choice.contains($0) }
            if !test.constants.contains(.null), choice.contains(.null) { values.append(.null) }
        }
        var groups: [Bool?: Set<Value>] = [:]
        for value in values { groups[answer(test, value), default: []].insert(value) }
        var branches: [Branch] = []
        let order: [Bool?] = [true, false, nil]
        for answer in order {
            guard let group = groups[answer] else { continue }
            branches.append(
                Branch(answer: answer, symbol: (symbol, Choice(isExcluded: false, values: group))))
        }
        if choice.isExcluded {
            let rest = Choice(isExcluded: true, values: choice.values.union(values))
            let other = answer(test, .string("\u{10FFFD}"))
            if let index = branches.firstIndex(where: { $0.answer == other }) {
                let joined = branches[index].symbol.map { rest.union($0.1) } ?? rest
                branches[index].symbol = (symbol, joined)
            } else {
                branches.append(Branch(answer: other, symbol: (symbol, rest)))
            }
        }
        return branches
    }

    private func branches(_ test: Test, _ linear: Linear, _ unit: Term.Unit) -> [Branch] {
        let type: FEELType = unit == .date ? .date : .number
        let pieces = Column.pieces(of: [test], type: type, step: nil)
        var branches: [Branch] = []
        var index = 0
        while index < pieces.count {
            let answer = answer(test, pieces[index].representative)
            var end = index + 1
            while end < pieces.count,
                self.answer(test, pieces[end].representative) == answer
            {
                end += 1
            }
            branches.append(
                Branch(answer: answer, bounds: bounds(pieces[index], pieces[end - 1], linear)))
            index = end
        }
        return branches
    }

    private func bounds(
        _ first: Column.Piece, _ last: Column.Piece, _ linear: Linear
    ) -> [(Linear, Path.Sign)] {
        var bounds: [(Linear, Path.Sign)] = []
        func constant(_ value: Value) -> Linear? {
            Term.Unit.of(value).map { Linear($0.1) }
        }
        switch first.place {
        case .between(let low?, _):
            if let low = constant(low) { bounds.append((low - linear, .less)) }
        case .at:
            if let low = constant(first.representative) {
                bounds.append((low - linear, .lessOrEqual))
            }
        default: break
        }
        switch last.place {
        case .between(_, let high?):
            if let high = constant(high) { bounds.append((linear - high, .less)) }
        case .at:
            if let high = constant(last.representative) {
                bounds.append((linear - high, .lessOrEqual))
            }
        default: break
        }
        return bounds
    }
}
