import Casework
import Ledger
import Testing

/// Plays a story, a line for each thing done, and holds what comes of it against what the line says.
///
///     amy     file                   → filed, clockStarted acceptance, clockStarted closing
///     ray     approve reviewer       ✗ outOfTurn
///     after 31m
///     books                          → reserved 0.00, payable 800.00, receivable 800.00, …
///
/// A line is: who, command, arguments; `→` with all events, or `✗` with the refusal, or neither, when
/// it only leads up to something; at the end `| stage` and `› next step` if they matter. `after` lets
/// time pass. After each line the books agree with the case, and the events give the case again.
func check(
    _ script: String, on desk: Desk = Desk(), at location: SourceLocation = #_sourceLocation
) {
    var desk = desk
    for line in script.split(separator: "\n") where line.contains(where: { !$0.isWhitespace }) {
        var story = StoryLine(line)
        let said = story.said
        desk.play(&story)
        #expect(story.said == said, "\(line.trimmed)", sourceLocation: location)
        if let difference = desk.ledger.difference {
            Issue.record("\(line.trimmed): \(difference)", sourceLocation: location)
        }
    }
    #expect(Case(id: desk.id, replaying: desk.recorded) == desk.file, sourceLocation: location)
}

/// A desk after a script that goes as it must.
func desk(after script: String, on desk: Desk = Desk()) -> Desk {
    var desk = desk
    for line in script.split(separator: "\n") where line.contains(where: { !$0.isWhitespace }) {
        var story = StoryLine(line)
        desk.play(&story)
        if story.said.outcome?.hasPrefix("✗") == true {
            Issue.record("\(line.trimmed) \(story.said)")
        }
    }
    return desk
}

/// A line of a story; what it `said` is replaced by what happened.
struct StoryLine {
    let words: [String]
    var said: Said

    struct Said: Equatable, CustomStringConvertible {
        /// `→ …` or `✗ …`; nil when the line does not say.
        var outcome: String?
        var stage: String?
        var next: String?

        var description: String {
            [outcome, stage.map { "| " + $0 }, next.map { "› " + $0 }].compactMap { $0 }
                .joined(separator: " ")
        }
    }

    init(_ line: Substring) {
        var rest = line[...]
        func cut(_ mark: Character) -> String? {
            guard let at = rest.lastIndex(of: mark) else { return nil }
            defer { rest = rest[..<at] }
            return rest[rest.index(after: at)...].trimmed
        }
        let next = cut("›")
        let stage = cut("|")
        let outcome = cut("→").map { "→ " + $0 } ?? cut("✗").map { "✗ " + $0 }
        said = Said(outcome: outcome, stage: stage, next: next)
        words = rest.split(separator: " ").map(String.init)
    }
}

extension Desk {
    mutating func play(_ line: inout StoryLine) {
        let outcome = outcome(of: line.words)
        // A line that does not say what must come is a step that must go well.
        if line.said.outcome != nil || outcome.hasPrefix("✗") { line.said.outcome = outcome }
        guard let file else { return }
        if line.said.stage != nil { line.said.stage = Brief.text(file.stage) }
        if line.said.next != nil { line.said.next = file.nextStep.map { "\($0)" } ?? "none" }
    }

    private mutating func outcome(of words: [String]) -> String {
        if words[0] == "after" {
            now = now.advanced(byMs: span(words[1]))
            return "→"
        }
        if words[0] == "books" { return "→ " + books }
        guard let actor = People.all[words[0]] else { return "✗ nobody is called \(words[0])" }
        let arguments = Array(words.dropFirst(2))
        do {
            let events =
                words[1] == "file"
                ? try file(by: actor)
                : try perform(Script.command(words[1], arguments, at: self), by: actor)
            let brief = events.map { Brief.text($0) }
            return "→ " + (brief.isEmpty ? "nothing" : brief.joined(separator: ", "))
        } catch let refusal as Refusal {
            return "✗ " + Brief.text(refusal)
        } catch {
            return "✗ \(error)"
        }
    }

    /// The five amounts, and what may still be promised.
    private var books: String {
        let reservations = ledger.book.reservations.values
        func sum(_ part: KeyPath<Reservation, Money>) -> Money {
            Money(fen: reservations.reduce(0) { $0 + $1[keyPath: part].fen })
        }
        let shown: [(String, Money)] = [
            ("approved", file?.advance?.amount ?? .zero), ("reserved", sum(\.open)),
            ("released", sum(\.released)), ("returned", sum(\.returned)),
            ("recoverable", ledger.book.total(Chart.receivable)),
            ("payable", Money(fen: -ledger.book.total(Chart.payable).fen)),
            ("spendable", ledger.spendable),
        ]
        return shown.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    /// `31m`, `2h` or `7d`, in milliseconds.
    private func span(_ text: String) -> Int64 {
        let unit: Int64 = ["m": 60_000, "h": 3_600_000, "d": 86_400_000][text.last!]!
        return Int64(text.dropLast())! * unit
    }
}

extension Substring {
    var trimmed: String {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
