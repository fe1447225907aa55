/// Looks for a pattern in a text by backtracking, within a budget of steps and of depth.
final class Matcher {
    private let pattern: Pattern
    private let text: [Unicode.Scalar]
    private var groups: [Range<Int>?]
    private(set) var steps = 0
    private var depth = 0
    private var isSpent = false
    /// Continuations inside each other; the stack is finite.
    private static let depthLimit = 3000

    init(_ pattern: Pattern, _ text: [Unicode.Scalar]) {
        self.pattern = pattern
        self.text = text
        groups = Array(repeating: nil, count: pattern.groups + 1)
    }

    func firstMatch(from start: Int) throws(PatternError) -> Pattern.Match? {
        guard start <= text.count else { return nil }
        for first in start...text.count {
            groups = Array(repeating: nil, count: pattern.groups + 1)
            var end = first
            let before = steps
            let isFound = match(pattern.root, first) { position in
                end = position
                return true
            }
            pattern.effort.steps += steps - before
            if isSpent { throw .tooMuchWork }
            if isFound { return (first..<end, groups) }
        }
        return nil
    }

    private func match(_ item: Pattern.Item, _ at: Int, _ then: (Int) -> Bool) -> Bool {
        steps += 1
        depth += 1
        defer { depth -= 1 }
        if steps > Limits.matchSteps || depth > Self.depthLimit { isSpent = true }
        if isSpent { return false }
        switch item {
        case .set, .any: return matchesOne(item, at) && then(at + 1)
        case .lineStart:
            let isHere = at == 0 || pattern.flags.isMultiline && text[at - 1] == "\n"
            return isHere && then(at)
        case .lineEnd:
            let isHere = at == text.count || pattern.flags.isMultiline && text[at] == "\n"
            return isHere && then(at)
        case .sequence(let items): return sequence(items[...], at, then)
        case .alternation(let branches):
            return branches.contains { match($0, at, then) }
        case .group(let number, let inner):
            guard let number else { return match(inner, at, then) }
            let outer = groups[number]
            let isFound = match(inner, at) { end in
                let before = self.groups[number]
                self.groups[number] = at..<end
                if then(end) { return true }
                self.groups[number] = before
                return false
            }
            if !isFound { groups[number] = outer }
            return isFound
        case .reference(let number):
            guard let range = groups[number] else { return then(at) }
            guard at + range.count <= text.count else { return false }
            let isSame = zip(text[range], text[at..<at + range.count]).allSatisfy(same)
            return isSame && then(at + range.count)
        case .repeated(let inner, let least, let most, let isReluctant):
            return repeated(inner, least, most, isReluctant, at, then)
        }
    }

    private func same(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
        a == b || pattern.flags.ignoresCase && ScalarSet.variants(a).contains(b)
    }

    private func matchesOne(_ item: Pattern.Item, _ at: Int) -> Bool {
        guard at < text.count else { return false }
        switch item {
        case .any:
            return pattern.flags.dotMatchesNewline || text[at] != "\n" && text[at] != "\r"
        case .set(let set):
            return pattern.flags.ignoresCase ? set.containsFolded(text[at]) : set.contains(text[at])
        default: return false
        }
    }

    private func sequence(
        _ items: ArraySlice<Pattern.Item>, _ at: Int, _ then: (Int) -> Bool
    ) -> Bool {
        guard let first = items.first else { return then(at) }
        return match(first, at) { self.sequence(items.dropFirst(), $0, then) }
    }

    private func repeated(
        _ item: Pattern.Item, _ least: Int, _ most: Int, _ isReluctant: Bool, _ at: Int,
        _ then: (Int) -> Bool
    ) -> Bool {
        switch item {
        case .set, .any:
            // Of one code point each: counted in a loop, not on the stack.
            var count = 0
            while isReluctant ? count < least : count < most, matchesOne(item, at + count) {
                count += 1
            }
            steps += count
            guard count >= least else { return false }
            if isReluctant {
                while true {
                    if then(at + count) { return true }
                    guard !isSpent, count < most, matchesOne(item, at + count) else { return false }
                    count += 1
                }
            }
            while true {
                if then(at + count) { return true }
                guard !isSpent, count > least else { return false }
                count -= 1
            }
        default: return again(item, least, most, isReluctant, at, then)
        }
    }

    private func again(
        _ item: Pattern.Item, _ least: Int, _ most: Int, _ isReluctant: Bool, _ at: Int,
        _ then: (Int) -> Bool
    ) -> Bool {
        func more() -> Bool {
            guard most > 0 else { return false }
            return match(item, at) { end in
                // A round that took nothing would go on for ever.
                if end == at { return least > 0 && then(end) }
                return self.again(
                    item, Swift.max(0, least - 1), most == Int.max ? most : most - 1, isReluctant,
                    end, then)
            }
        }
        if least > 0 { return more() }
        return isReluctant ? then(at) || more() : more() || then(at)
    }
}
