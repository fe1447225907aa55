import Foundation
import Testing

@testable import Decisions

/// Evaluates FEEL without a model.
private func evaluate(_ text: String) -> (value: Value, notes: [Note]) {
    do throws(SyntaxError) {
        var parser = try Parser(text, scope: Scope())
        let node = try parser.expression()
        try parser.finish()
        var machine = Machine(program: .empty, mode: .strict)
        machine.slots = [Value](repeating: .null, count: parser.scope.slotCount)
        return (machine.evaluate(node), machine.notes)
    } catch {
        return (.string("syntax: \(error.message) \(error.line):\(error.column)"), [])
    }
}

/// Lines of `expression → value as FEEL prints it`.
private func check(_ table: String, _ location: SourceLocation = #_sourceLocation) {
    for line in table.split(separator: "\n") {
        let sides = line.components(separatedBy: " → ")
        guard sides.count == 2 else {
            Issue.record("no arrow in \(line)", sourceLocation: location)
            continue
        }
        #expect(
            evaluate(sides[0]).value.description == sides[1], "\(sides[0])",
            sourceLocation: location)
    }
}

@Suite struct FEELTests {
    @Test func `arithmetic is exact and follows the grammar's precedence`() {
        check(
            """
            0.1 + 0.2 → 0.3
            1.10 + 2.20 → 3.30
            2 + 3 * 4 ** 2 → 50
            -2 ** 2 → 4
            (1 - 0.2) / 3 → 0.2666666666666666666666666666666667
            1 / 0 → null
            modulo(-12, 5) → 3
            modulo(12, -5) → -3
            modulo(9999999999999999999999999999999999, 10000000000000000000000000000000000) → 9999999999999999999999999999999999
            modulo(1E40, 3) → null
            "a" + "b" → "ab"
            "a" + 1 → null
            """)
    }

    @Test func `logic has three values`() {
        check(
            """
            true and null → null
            false and null → false
            true or null → true
            false or null → null
            1 < null → null
            null = null → true
            1 = null → false
            1 = "1" → null
            if null then 1 else 2 → 2
            """)
    }

    @Test func `ranges lists and tests hold as written`() {
        check(
            """
            5 in [1..5] → true
            5 in [1..5) → false
            5 in ]5..9[ → false
            5 in (< 3, > 4) → true
            5 in (1, 5) → true
            5 between 1 and 5 → true
            [1, 2, 3][item > 1] → [2, 3]
            [1, 2, 3][-1] → 3
            [{a: 1}, {a: 2}][a = 2].a → [2]
            {a: 1, b: a + 1}.b → 2
            for i in 1..3 return i * i → [1, 4, 9]
            for i in 3..1 return i → [3, 2, 1]
            some x in [1, 2] satisfies x > 1 → true
            every x in [1, 2] satisfies x > 1 → false
            (function(a, b) a + b)(1, 2) → 3
            """)
    }

    @Test func `dates keep to the calendar`() {
        check(
            """
            date("2024-02-30") → null
            date("2024-02-29") + duration("P1Y") → 2025-02-28
            date("2024-03-01") - date("2024-02-01") → P29D
            date and time("2024-02-29T23:30:00Z") + duration("PT1H") → 2024-03-01T00:30:00Z
            @"2024-05-01" < @"2024-05-02" → true
            day of week(date("2026-10-01")) → "Thursday"
            duration("P1DT2H").hours → 2
            years and months duration(date("2011-12-22"), date("2013-08-24")) → P1Y8M
            time("10:00:00@Asia/Shanghai").timezone → "Asia/Shanghai"
            time("10:00:00.0001") = time("10:00:00.0002") → false
            date and time("2018-12-08T00:00:00.0001") = date and time("2018-12-08T00:00:00") → false
            """)
    }

    @Test func `text is counted and compared by code points`() {
        check(
            """
            string length("😀👨‍👩‍👧") → 6
            "e\u{301}" = "é" → false
            substring("😀bc", 2) → "bc"
            substring("foobar", -2, 1) → "a"
            matches("foobar", "^fo+b") → true
            replace("abcd", "(ab)|(a)", "[$1]") → "[ab]cd"
            split("a;b;c", ";") → ["a", "b", "c"]
            "投诉" < "投资" → true
            """)
    }

    @Test func `evaluation ends however hard it is pushed`() {
        let deep = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
        #expect(evaluate(deep).value.description.hasPrefix("\"syntax:"))
        // Ends of ranges are no whole expressions, and nested without being counted.
        for piece in [
            "[1..", "]1..", "(1..", "(<", "(=", "- ", "[", "{a: ", "not(", "f(", "if 1 then ",
        ] {
            let nested = String(repeating: piece, count: 5_000) + "1"
            #expect(evaluate(nested).value.description.hasPrefix("\"syntax:"), "\(piece)")
        }
        let manyLoops = "count(for a in 1..3000, b in 1..3000 return 1)"
        #expect(evaluate(manyLoops).value.isNull)
        #expect(evaluate("count(for i in 1..9999 return [partial[-1]])").value.isNull)
        let chain = "1" + String(repeating: " + 1", count: 20_000)
        #expect(evaluate(chain).value.description.contains("operators follow each other"))
        #expect(evaluate("{f: function(n) f(n + 1), g: f(0)}.g").value.isNull)
        let slow = #"matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^((a+)+)+$")"#
        #expect(evaluate(slow).notes.contains { $0.message.contains("steps") })
        #expect(evaluate("9999999999999999999999999999999999E6111 * 10").value.isNull)
    }

    @Test func `a syntax error says where and what was wanted`() {
        check(
            """
            1 + → "syntax: the expression ends where a value should be 1:4"
            [1, 2 → "syntax: the expression ends where \\"]\\" should be 1:6"
            "abc → "syntax: the string is never closed; add a quotation mark 1:1"
            """)
    }
}
