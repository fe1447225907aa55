internal import Glibc

extension Builtin {
    static let textual: [Builtin] = [
        Builtin("substring", "string, start position, length?") { machine, arguments in
            substring(&machine, arguments)
        },
        Builtin("string length", "string") { machine, arguments in
            guard let text = arguments[0].single.string else {
                return machine.refuse("string length", arguments)
            }
            return .number(text.unicodeScalars.count)
        },
        ofText("upper case") { .string($0.uppercased()) },
        ofText("lower case") { .string($0.lowercased()) },
        ofTwoTexts("substring before", "match") { text, match in
            guard let range = text.firstScalars(match) else { return .string("") }
            return .string(String(text.unicodeScalars[..<range.lowerBound]))
        },
        ofTwoTexts("substring after", "match") { text, match in
            guard let range = text.firstScalars(match) else { return .string("") }
            return .string(String(text.unicodeScalars[range.upperBound...]))
        },
        ofTwoTexts("contains", "match") { .boolean($0.offset(ofScalars: $1) != nil) },
        ofTwoTexts("starts with", "match") { .boolean($0.utf8.starts(with: $1.utf8)) },
        ofTwoTexts("ends with", "match") {
            .boolean($0.utf8.reversed().starts(with: $1.utf8.reversed()))
        },
        Builtin("string join", "list, delimiter?, prefix?, suffix?") { machine, arguments in
            stringJoin(&machine, arguments)
        },
        Builtin("matches", "input, pattern, flags?") { machine, arguments in
            guard let text = arguments[0].single.string, let pattern = arguments[1].single.string
            else { return machine.refuse("matches", arguments) }
            return machine.withPattern("matches", pattern, arguments.at(2)) {
                regex throws(PatternError) in
                try regex.firstMatch(in: text).map { _ in .boolean(true) } ?? .boolean(false)
            }
        },
        Builtin("replace", "input, pattern, replacement, flags?") { machine, arguments in
            guard let text = arguments[0].single.string, let pattern = arguments[1].single.string,
                let replacement = arguments[2].single.string
            else { return machine.refuse("replace", arguments) }
            return machine.withPattern("replace", pattern, arguments.at(3)) {
                regex throws(PatternError) in
                .string(try regex.replacing(in: text, with: replacement))
            }
        },
        Builtin("split", "string, delimiter") { machine, arguments in
            guard let text = arguments[0].single.string, let pattern = arguments[1].single.string
            else { return machine.refuse("split", arguments) }
            return machine.withPattern("split", pattern, nil) { regex throws(PatternError) in
                .list(try regex.splitting(text).map(Value.string))
            }
        },
    ]

    private static func ofText(
        _ name: String, _ compute: @escaping @Sendable (String) -> Value
    ) -> Builtin {
        Builtin(name, "string") { machine, arguments in
            guard let text = arguments[0].single.string else {
                return machine.refuse(name, arguments)
            }
            return compute(text)
        }
    }

    private static func ofTwoTexts(
        _ name: String, _ second: String, _ compute: @escaping @Sendable (String, String) -> Value
    ) -> Builtin {
        Builtin(name, "string, \(second)") { machine, arguments in
            guard let text = arguments[0].single.string, let other = arguments[1].single.string
            else { return machine.refuse(name, arguments) }
            return compute(text, other)
        }
    }

    private static func substring(_ machine: inout Machine, _ arguments: [Value]) -> Value {
        guard let text = arguments[0].single.string,
            let start = arguments[1].single.number?.rounded(toPlaces: 0, .down)?.wholeNumber,
            start != 0
        else { return machine.refuse("substring", arguments) }
        let scalars = Array(text.unicodeScalars)
        guard start.magnitude <= scalars.count else {
            return start < 0 ? machine.refuse("substring", arguments) : .string("")
        }
        let first = start > 0 ? start - 1 : scalars.count + start
        var length = scalars.count - first
        if arguments.count > 2, !arguments[2].isNull {
            guard let wanted = arguments[2].single.number?.rounded(toPlaces: 0, .down)?.wholeNumber,
                wanted > 0
            else { return machine.refuse("substring", arguments) }
            length = min(length, wanted)
        }
        return .string(String(scalars: scalars[first..<first + length]))
    }

    private static func stringJoin(_ machine: inout Machine, _ arguments: [Value]) -> Value {
        var pieces: [String] = []
        var size = 0
        for item in arguments[0].asList where !item.isNull {
            guard let text = item.string else { return machine.refuse("string join", arguments) }
            pieces.append(text)
            size += text.utf8.count
        }
        if arguments[0].isNull { return machine.refuse("string join", arguments) }
        var texts: [String] = []
        for argument in arguments.dropFirst() {
            guard argument.isNull || argument.string != nil else {
                return machine.refuse("string join", arguments)
            }
            texts.append(argument.string ?? "")
        }
        size += (texts.first?.utf8.count ?? 0) * pieces.count
        guard size <= Limits.stringScalars else {
            return machine.fail("a string has at most \(Limits.stringScalars) characters")
        }
        let joined = pieces.joined(separator: texts.first ?? "")
        return .string(
            (texts.count > 1 ? texts[1] : "") + joined + (texts.count > 2 ? texts[2] : ""))
    }
}

extension Machine {
    /// Runs `body` with the compiled pattern; null where the pattern is wrong or takes too long.
    mutating func withPattern(
        _ name: String, _ pattern: String, _ flags: Value?,
        _ body: (Pattern) throws(PatternError) -> Value
    ) -> Value {
        guard flags == nil || flags?.isNull == true || flags?.string != nil else {
            return fail("the flags of \(name) are a string")
        }
        var effort = 0
        defer { _ = charge(effort / 2) }
        do throws(PatternError) {
            let regex = try Pattern(pattern, flags: flags?.string ?? "")
            defer { effort = regex.effort.steps }
            return try body(regex)
        } catch {
            return fail("\(name): \(error)")
        }
    }
}

extension String {
    init(scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }

    /// Where `match` first stands, by code points.
    func firstScalars(_ match: String) -> Range<String.Index>? {
        offset(ofScalars: match).map {
            let start = utf8.index(startIndex, offsetBy: $0)
            return start..<utf8.index(start, offsetBy: match.utf8.count)
        }
    }

    /// Bytes before the first occurrence of `match`. In UTF-8 no code point begins inside another.
    fileprivate func offset(ofScalars match: String) -> Int? {
        var (text, wanted) = (self, match)
        return text.withUTF8 { text in wanted.withUTF8 { text.offset(of: $0) } }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func offset(of wanted: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let start = baseAddress, let first = wanted.first else {
            return wanted.isEmpty ? 0 : nil
        }
        var offset = 0
        while count - offset >= wanted.count {
            let rest = count - offset - wanted.count + 1
            guard let found = memchr(start + offset, Int32(first), rest) else { return nil }
            offset = UnsafeRawPointer(found) - UnsafeRawPointer(start)
            if memcmp(found, wanted.baseAddress!, wanted.count) == 0 { return offset }
            offset += 1
        }
        return nil
    }
}
