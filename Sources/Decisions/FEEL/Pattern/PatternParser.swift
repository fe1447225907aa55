/// Reads a regular expression of XPath 3.1.
struct PatternParser {
    private let text: String
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0
    private(set) var groups = 0
    private var closedGroups: Set<Int> = []

    init(_ text: String, ignoresSpace: Bool) {
        self.text = text
        let all = Array(text.unicodeScalars)
        scalars = ignoresSpace ? Self.withoutSpace(all) : all
    }

    private var malformed: PatternError { .malformed(text) }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    /// Flag x: white space is dropped, but for that inside a character class.
    private static func withoutSpace(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var level = 0
        var isEscaped = false
        return scalars.filter { scalar in
            if level == 0, [" ", "\t", "\n", "\r"].contains(scalar) { return false }
            if !isEscaped, scalar == "[" { level += 1 }
            if !isEscaped, scalar == "]" { level -= 1 }
            isEscaped = !isEscaped && scalar == "\\"
            return true
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    mutating func pattern() throws(PatternError) -> Pattern.Item {
        let item = try alternation()
        guard next == nil else { throw malformed }
        return item
    }

    private mutating func alternation() throws(PatternError) -> Pattern.Item {
        depth += 1
        defer { depth -= 1 }
        guard depth < Limits.nestingLevels else { throw malformed }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternation(branches)
    }

    private mutating func sequence() throws(PatternError) -> Pattern.Item {
        var items: [Pattern.Item] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            items.append(try quantified(try atom()))
        }
        return .sequence(items)
    }

    private mutating func quantified(_ item: Pattern.Item) throws(PatternError) -> Pattern.Item {
        let least: Int
        let most: Int
        if take("?") {
            (least, most) = (0, 1)
        } else if take("*") {
            (least, most) = (0, Int.max)
        } else if take("+") {
            (least, most) = (1, Int.max)
        } else if take("{") {
            guard let first = number() else { throw malformed }
            if take(",") {
                (least, most) = (first, number() ?? Int.max)
            } else {
                (least, most) = (first, first)
            }
            guard take("}"), least <= most else { throw malformed }
        } else {
            return item
        }
        return .repeated(item, least: least, most: most, isReluctant: take("?"))
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let digit = next.flatMap({ Int(String($0)) }) {
            let (shifted, overflow) = (value ?? 0).multipliedReportingOverflow(by: 10)
            guard !overflow, shifted < 1_000_000 else { return nil }
            value = shifted + digit
            index += 1
        }
        return value
    }

    private mutating func atom() throws(PatternError) -> Pattern.Item {
        guard let scalar = next else { throw malformed }
        index += 1
        switch scalar {
        case ".": return .any
        case "^": return .lineStart
        case "$": return .lineEnd
        case "(": return try group()
        case "[": return .set(try characterClass())
        case "\\": return try escape()
        case "?", "*", "+", "{", "}", "]": throw malformed
        default: return .set(.one(scalar))
        }
    }

    private mutating func group() throws(PatternError) -> Pattern.Item {
        var number: Int?
        if take("?") {
            guard take(":") else { throw malformed }
        } else {
            groups += 1
            number = groups
        }
        let item = try alternation()
        guard take(")") else { throw malformed }
        if let number { closedGroups.insert(number) }
        return .group(number, item)
    }

    private mutating func escape() throws(PatternError) -> Pattern.Item {
        if let first = next.flatMap({ Int(String($0)) }) {
            guard first > 0 else { throw malformed }
            index += 1
            var number = first
            while let digit = next.flatMap({ Int(String($0)) }), number * 10 + digit <= groups {
                number = number * 10 + digit
                index += 1
            }
            guard closedGroups.contains(number) else { throw malformed }
            return .reference(number)
        }
        return .set(try escapedSet())
    }

    /// What stands after a backslash, in a class or outside.
    private mutating func escapedSet() throws(PatternError) -> ScalarSet {
        guard let scalar = next else { throw malformed }
        index += 1
        switch scalar {
        case "n": return .one("\n")
        case "r": return .one("\r")
        case "t": return .one("\t")
        case "d": return .category("Nd")
        case "D": return .not(.category("Nd"))
        case "s": return .space
        case "S": return .not(.space)
        case "w": return .word
        case "W": return .not(.word)
        case "i": return .nameStart
        case "I": return .not(.nameStart)
        case "c": return .nameCharacter
        case "C": return .not(.nameCharacter)
        case "p", "P":
            guard take("{") else { throw malformed }
            var name = ""
            while let letter = next, letter != "}" {
                name.unicodeScalars.append(letter)
                index += 1
            }
            guard take("}"), let set = ScalarSet(property: name) else { throw malformed }
            return scalar == "P" ? .not(set) : set
        case "\\", "|", ".", "?", "*", "+", "(", ")", "{", "}", "$", "-", "[", "]", "^":
            return .one(scalar)
        default: throw malformed
        }
    }

    /// After the opening bracket, up to and with the closing one.
    private mutating func characterClass() throws(PatternError) -> ScalarSet {
        depth += 1
        defer { depth -= 1 }
        guard depth < Limits.nestingLevels else { throw malformed }
        let isNegated = take("^")
        var members: [ScalarSet] = []
        var subtracted: ScalarSet?
        while true {
            guard let scalar = next else { throw malformed }
            if scalar == "]", !members.isEmpty {
                index += 1
                break
            }
            if scalar == "-", index + 1 < scalars.count, scalars[index + 1] == "[", !members.isEmpty
            {
                index += 2
                subtracted = try characterClass()
                guard take("]") else { throw malformed }
                break
            }
            members.append(try classMember())
        }
        var set = ScalarSet.either(members)
        if isNegated { set = .not(set) }
        return subtracted.map { .minus(set, $0) } ?? set
    }

    private mutating func classMember() throws(PatternError) -> ScalarSet {
        let first = try classAtom()
        guard case .one(let low) = first, next == "-", index + 1 < scalars.count,
            scalars[index + 1] != "]", scalars[index + 1] != "["
        else { return first }
        index += 1
        guard case .one(let high) = try classAtom(), low <= high else { throw malformed }
        return .range(low, high)
    }

    private mutating func classAtom() throws(PatternError) -> ScalarSet {
        guard let scalar = next else { throw malformed }
        index += 1
        if scalar == "\\" { return try escapedSet() }
        guard scalar != "[", scalar != "]" else { throw malformed }
        return .one(scalar)
    }
}
