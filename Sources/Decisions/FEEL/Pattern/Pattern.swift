/// Why a pattern cannot be used.
enum PatternError: Error, CustomStringConvertible {
    case malformed(String)
    case unknownFlag(String)
    /// The replacement names no group or escapes nothing.
    case malformedReplacement(String)
    case matchesNothing
    case tooMuchWork

    var description: String {
        switch self {
        case .malformed(let pattern): "\"\(pattern)\" is not a regular expression of XPath"
        case .unknownFlag(let flags): "the flags are among s, m, i, x and q, not \"\(flags)\""
        case .malformedReplacement(let text):
            "in the replacement \"\(text)\" $ needs a number and \\ a $ or \\ after it"
        case .matchesNothing: "the pattern matches the empty string"
        case .tooMuchWork:
            "the match takes more than \(Limits.matchSteps) steps; simplify the pattern"
        }
    }
}

/// A regular expression as XPath 3.1 defines them, matched by backtracking within a budget of steps.
struct Pattern {
    struct Flags {
        var dotMatchesNewline = false
        var isMultiline = false
        var ignoresCase = false
        var ignoresSpace = false
        var isLiteral = false

        init(_ text: String) throws(PatternError) {
            for flag in text.unicodeScalars {
                switch flag {
                case "s": dotMatchesNewline = true
                case "m": isMultiline = true
                case "i": ignoresCase = true
                case "x": ignoresSpace = true
                case "q": isLiteral = true
                default: throw .unknownFlag(text)
                }
            }
        }
    }

    indirect enum Item {
        case set(ScalarSet)
        case any
        case lineStart
        case lineEnd
        case sequence([Item])
        case alternation([Item])
        /// Captures as the given group, 1-based, or not at all.
        case group(Int?, Item)
        case reference(Int)
        case repeated(Item, least: Int, most: Int, isReluctant: Bool)
    }

    let root: Item
    let groups: Int
    let flags: Flags
    let effort = Effort()

    /// Steps of all matches made with the pattern.
    final class Effort {
        var steps = 0
    }

    init(_ text: String, flags: String) throws(PatternError) {
        self.flags = try Flags(flags)
        if self.flags.isLiteral {
            root = .sequence(text.unicodeScalars.map { .set(.one($0)) })
            groups = 0
            return
        }
        var parser = PatternParser(text, ignoresSpace: self.flags.ignoresSpace)
        root = try parser.pattern()
        groups = parser.groups
    }

    typealias Match = (range: Range<Int>, groups: [Range<Int>?])

    func firstMatch(in text: String) throws(PatternError) -> Match? {
        let matcher = Matcher(self, Array(text.unicodeScalars))
        return try matcher.firstMatch(from: 0)
    }

    /// Every match, from left to right; a pattern that matches the empty string is refused.
    private func matches(in scalars: [Unicode.Scalar]) throws(PatternError) -> [Match] {
        if try Matcher(self, []).firstMatch(from: 0) != nil { throw .matchesNothing }
        let matcher = Matcher(self, scalars)
        var matches: [Match] = []
        var start = 0
        while let match = try matcher.firstMatch(from: start) {
            matches.append(match)
            start = max(match.range.upperBound, start + 1)
        }
        return matches
    }

    func replacing(in text: String, with replacement: String) throws(PatternError) -> String {
        let scalars = Array(text.unicodeScalars)
        let pieces =
            try flags.isLiteral
            ? [.text(Array(replacement.unicodeScalars))] : Self.pieces(of: replacement, groups)
        var result: [Unicode.Scalar] = []
        var last = 0
        for match in try matches(in: scalars) {
            result += scalars[last..<match.range.lowerBound]
            for piece in pieces {
                switch piece {
                case .text(let text): result += text
                case .group(0): result += scalars[match.range]
                case .group(let number):
                    if number <= groups, let range = match.groups[number] {
                        result += scalars[range]
                    }
                }
                guard result.count <= Limits.stringScalars else { throw .tooMuchWork }
            }
            last = match.range.upperBound
        }
        return String(scalars: result + scalars[last...])
    }

    func splitting(_ text: String) throws(PatternError) -> [String] {
        let scalars = Array(text.unicodeScalars)
        var pieces: [String] = []
        var last = 0
        for match in try matches(in: scalars) {
            pieces.append(String(scalars: scalars[last..<match.range.lowerBound]))
            last = match.range.upperBound
        }
        return pieces + [String(scalars: scalars[last...])]
    }

    private enum Piece {
        case text([Unicode.Scalar])
        case group(Int)
    }

    private static func pieces(
        of replacement: String, _ groups: Int
    ) throws(PatternError) -> [Piece] {
        let scalars = Array(replacement.unicodeScalars)
        var pieces: [Piece] = []
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            let next = index < scalars.count ? scalars[index] : nil
            if scalar == "\\" {
                guard let next, next == "\\" || next == "$" else {
                    throw .malformedReplacement(replacement)
                }
                pieces.append(.text([next]))
                index += 1
            } else if scalar == "$" {
                guard let first = next.flatMap({ Int(String($0)) }) else {
                    throw .malformedReplacement(replacement)
                }
                index += 1
                var number = first
                // Further digits belong to the number while so many groups exist.
                while index < scalars.count, let digit = Int(String(scalars[index])),
                    number * 10 + digit <= groups
                {
                    number = number * 10 + digit
                    index += 1
                }
                pieces.append(.group(number))
            } else {
                pieces.append(.text([scalar]))
            }
        }
        return pieces
    }
}
