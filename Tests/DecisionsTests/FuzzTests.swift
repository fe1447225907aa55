import Decisions
import Foundation
import Testing

@Suite struct FuzzTests {
    /// `AMENDS_FUZZ` runs so many cases instead, for a night.
    @Test func `random expressions and damaged models neither crash nor hang`() throws {
        let count = ProcessInfo.processInfo.environment["AMENDS_FUZZ"].flatMap(Int.init) ?? 4000
        let model = Array(BrokenModel.sound.utf8)
        let report = Fuzz.run(seed: 20_230_427, count: count, models: [model])
        print("fuzz: \(report)")
        #expect(report.expressions + report.models == count)
        #expect(report.models > 0)
        #expect(report.slow == [])
    }

    @Test func `a case follows from its seed and index`() {
        for index in 0..<50 {
            let (one, same) = (Fuzz.case(seed: 7, index: index), Fuzz.case(seed: 7, index: index))
            #expect("\(one)" == "\(same)")
        }
        #expect("\(Fuzz.case(seed: 7, index: 1))" != "\(Fuzz.case(seed: 8, index: 1))")
    }

    /// Each would take for ever, or all memory.
    @Test(arguments: [
        "count(for i in 1..1000000000 return i)",
        "count(for a in 1..199999, b in 1..199999, c in [] return 1)",
        "count(for i in 1..199999 return some y in [1..199999] satisfies y < 0)",
        "{f: function(n) f(n + 1), g: f(0)}.g",
        "{f: function(n) if n < 1 then 1 else f(n - 1) + f(n - 1), g: f(200)}.g",
        "count(for i in 1..99999 return partial)",
        "count(for i in 1..99999 return [partial])",
        "count(for i in 1..99999 return function() partial)",
        "sort([1, 2, 3], function(a, b) [a])",
        "for i in 1..1000 return concatenate(for j in 1..1000 return j, [i])",
        "matches(string join(for i in 1..9999 return \"aaaaaaaaaa\"), \"(a*)*b\")",
        "matches(string join(for i in 1..9999 return \"aaaaaaaaaa\"), \"a{99999}b\")",
        "count(for i in 1..9999 return matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"(a+)+b\"))",
        "9.999999999999999999999999999999999E6144 ** 9E6144",
        "{a: \"0123456789\", b: replace(a, \".\", a), c: replace(b, \".\", b), "
            + "d: replace(c, \".\", c), e: replace(d, \".\", d)}.e",
        "{a: [1, 1], b: [a, a], c: [b, b], d: [c, c], e: [d, d], f: [e, e], g: [f, f], h: [g, g], "
            + "i: [h, h], j: [i, i], k: [j, j], l: [k, k], m: [l, l], o: [m, m], p: [o, o], "
            + "q: [p, p], r: [q, q], t: [r, r], u: [t, t], v: [u, u], w: [v, v], x: [w, w], "
            + "y: [x, x], z: distinct values([y, y])}.z",
    ])
    func `what would go on for ever ends in null with a note`(_ text: String) throws {
        let escaped = text.replacing("<", with: "&lt;")
        let xml = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">
            <decision id="d" name="d"><variable name="d"/>
            <literalExpression><text>\(escaped)</text></literalExpression></decision></definitions>
            """
        let model = try Model(xml: Array(xml.utf8), file: "m.dmn")
        let evaluation = model.evaluate("d", given: [:])
        #expect(evaluation.value.isNull)
        #expect(!evaluation.notes.isEmpty)
    }
}
