extension ExpressionGrammar {
    static let operators = ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or"]

    static let members = [
        "a", "b", "full name", "year", "month", "day", "weekday", "hour", "second", "time offset",
        "timezone", "days", "months", "start", "end", "start included", "missing",
    ]

    static let types = [
        "number", "string", "boolean", "date", "time", "date and time", "days and time duration",
        "years and months duration", "list<number>", "list<list<Any>>", "context<a: number>",
        "range<date>", "function<number> -> string", "Any", "Null", "nonsense",
    ]

    static let numbers = [
        "0", "1", "-1", "0.5", "-0.0", "2", "3.14159265358979323846264338327950288", "1E6144",
        "9.999999999999999999999999999999999E6144", "1E-6176", "1E-6143", "-1E6144", "1E7000",
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1E18", "1E19",
        "170141183460469231731687303715884105727", "200000", "1000000", "1E9", "999999999",
        "-999999999", "2147483648", "6176", "-6111", "0.000000001", "1E-34", "1E34",
        "9999999999999999999999999999999999", "86400", "1E15", "1E12", "400000000000",
    ]

    static let texts = [
        "", "a", "投诉", "😀👨‍👩‍👧", "e\u{301}", "\u{FEFF}", "\u{0}", "\u{10FFFF}", "\u{202E}abc",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$", "((a*)*)*b", "[a-z-[aeiou]]+", "(", "\\", "$1",
        "(\\d+)-\\1", "a{0,99999}b", "(a|aa)+$", "\\p{Lu}", "\\p{IsGreek}", "x{2}{3}", "^$", "[^",
        ".*", "i", "smixq", "1,234.5", "1E9999999", "2024-02-29", "-999999999-01-01",
        "999999999-12-31T23:59:59.999999999", "23:59:60", "10:00:00@Asia/Shanghai", "P1Y", "PT1S",
        "P99999999999999999999D", "-P999999999Y", "[1..5]", "]\"a\"..\"z\"[", "Asia/Shanghai",
        "\n\r\t\"", "İ", "ß", "ﬀ", "\u{1F1E8}\u{1F1F3}",
    ]

    static let moments = [
        "2024-02-29", "-999999999-01-01", "999999999-12-31", "0000-01-01", "1970-01-01",
        "00:00:00", "23:59:59.999999999", "12:00:00Z", "12:00:00+14:00", "12:00:00-18:00",
        "12:00:00@Europe/Paris", "2024-03-31T02:30:00@Europe/Paris", "2024-02-29T24:00:00",
        "999999999-12-31T23:59:59.999999999@Europe/Paris", "-999999999-01-01T00:00:00+18:00",
        "P1D", "-P1D", "PT0.000000001S", "P999999999Y", "P1Y11M", "PT0S", "P0M",
        "P100000000000000D", "nonsense",
    ]

    /// Pieces that are no FEEL, or only half.
    static let strays = [
        "“引号”", "（1）", "1 == 1", "a => b", "[1, 2", "{a: }", "if then", "for in return", "\"open",
        "@\"", "/* open", "..", "->", "not(", "\u{0}", "1 +", "function(", "?.?", "[[[[[[[[", ")",
        "external {java: {class: \"x\"}}", "１２３", "a、b", "instance of", "\\u{110000}", "\\uD800",
    ]

    private static let exhaustions = [
        "count(for i in 1..1000000000 return i)",
        "count(for i in 1..199999 return for j in 1..199999 return 1)",
        "count(for a in 1..199999, b in 1..199999, c in [] return 1)",
        "{f: function(n) f(n + 1), g: f(0)}.g",
        "{f: function(n) if n < 1 then 1 else f(n - 1) + f(n - 1), g: f(200)}.g",
        "count(for i in 1..99999 return partial)", "count(for i in 1..99999 return [partial])",
        "count(for i in 1..99999 return function() partial)",
        "{s: \"0123456789\", r: replace(s, \".\", \"$0$0$0$0$0$0$0$0$0$0\")}.r",
        "sort(for i in 1..9999 return i, function(a, b) true)",
        "sort([3, 1, 2], function(a, b) null)", "sort([1, 2, 3], function(a, b) [a])",
        "count(distinct values(for i in 1..199999 return [i]))",
        "for i in 1..1000 return concatenate(for j in 1..1000 return j, [i])",
        "count(for i in 1..199999 return some y in [1..199999] satisfies true)",
        "matches(string join(for i in 1..9999 return \"aaaaaaaaaa\"), \"(a*)*b\")",
        "matches(string join(for i in 1..9999 return \"aaaaaaaaaa\"), \"a{99999}b\")",
        "for i in 1..1000 return matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"(a+)+b\")",
        "9.999999999999999999999999999999999E6144 ** 9E6144", "1.0000001 ** 1000000",
        "0.5 ** -1000000", "exp(14000) * exp(200)", "sqrt(1E-6176)",
        "{a: [1, 1], b: [a, a], c: [b, b], d: [c, c], e: [d, d], f: [e, e], g: [f, f], h: [g, g], "
            + "i: [h, h], j: [i, i], k: [j, j], l: [k, k], m: [l, l], o: [m, m], p: [o, o], "
            + "q: [p, p], r: [q, q], t: [r, r], u: [t, t], v: [u, u], w: distinct values([v, v]), "
            + "z: string length(string(v))}",
        "every i in 1..199999 satisfies contains(\"aaaaaaaaaaaaaaaaaaaaaaaaab\", \"b\")",
    ]

    /// What would take for ever, or all memory, if nothing stopped it; now and then nested in others.
    mutating func exhausting() -> String { picked(Self.exhaustions, oneIn: 4000) ?? expression() }
}
