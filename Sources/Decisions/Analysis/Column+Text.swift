extension Column {
    /// The pieces as one FEEL unary test, such as `(34200..34260)`, `"hotel", "queue"` or `-`.
    func test(of set: BitSet) -> String {
        if set.count == pieces.count { return "-" }
        if let negation = negation(of: set) { return negation }
        var tests: [String] = []
        for run in set.runs {
            var start = run.lowerBound
            while start < run.upperBound {
                let group = pieces[start].group
                var end = start + 1
                if group != nil {
                    while end < run.upperBound, pieces[end].group == group { end += 1 }
                }
                tests.append(text(from: pieces[start], to: pieces[end - 1]))
                start = end
            }
        }
        return tests.joined(separator: ", ")
    }

    /// Where any text but some is meant, `not(…)` of those.
    private func negation(of set: BitSet) -> String? {
        let hasOther = set.members.contains {
            if case .other = pieces[$0].place { true } else { false }
        }
        guard hasOther else { return nil }
        let rest = pieces.indices.filter { !set.contains($0) }.map { pieces[$0].representative }
        return "not(\(rest.map(\.literal).joined(separator: ", ")))"
    }

    private func text(from first: Piece, to last: Piece) -> String {
        let (low, isLowClosed) = bound(first, isLow: true)
        let (high, isHighClosed) = bound(last, isLow: false)
        switch (low, high) {
        case (nil, nil): return "-"
        case (let low?, nil): return "\(isLowClosed ? ">=" : ">") \(low.literal)"
        case (nil, let high?): return "\(isHighClosed ? "<=" : "<") \(high.literal)"
        case (let low?, let high?):
            if low == high { return low.literal }
            return
                "\(isLowClosed ? "[" : "(")\(low.literal)..\(high.literal)\(isHighClosed ? "]" : ")")"
        }
    }

    /// Where a stretch begins or ends. With a step the bounds are values that count, and closed.
    private func bound(_ piece: Piece, isLow: Bool) -> (Value?, Bool) {
        guard case .between(let low, let high) = piece.place else {
            return (piece.representative, true)
        }
        guard let cut = isLow ? low : high else { return (nil, false) }
        guard step != nil, case .number = cut,
            let inside = cut.neighbour(isLow ? 1 : -1, step: step)
        else { return (cut, false) }
        return (inside, true)
    }
}
