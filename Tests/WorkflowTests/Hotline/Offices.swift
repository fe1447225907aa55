import Casework
import Foundation
import Ledger
import Testing

@testable import Workflow

/// The hotlines that ship with the project.
enum Hotlines {
    static let directory = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "policies").path

    static let all = ["sanya/hotline", "chongqing-96000", "yantai-89000", "weihai", "dinghai"]

    static func book(_ name: String) throws -> PolicyBook {
        try PolicyBook.load(directory: directory + "/" + name)
    }

    static func edition(_ name: String) throws -> Edition {
        try #require(try book(name).editions.last)
    }
}

/// What an edition promises, a row an order: its facts, and its limits as a clerk would write them.
///
///     repair                  dispatch 2min/registered, followUp 24h/finished
///
/// A limit is named with its count and unit (`min`, `h`, `d`, `wd`), whether it runs in office hours only
/// (`·office`), and what starts it. Limits that a row does not name are not looked at; `no contact` says
/// that there is none.
func check(
    _ office: String, facts names: [String], _ rows: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let edition = try Hotlines.edition(office)
    for row in rows.split(separator: "\n") {
        let parts = row.split(separator: "→")
        let values = parts[0].split(separator: " ").map(String.init)
        try #require(values.count == names.count && parts.count == 2, "\(row)")
        var facts: Facts = [:]
        for (name, value) in zip(names, values) { facts[name] = fact(value) }
        let terms = try edition.orderTerms(for: facts).outcome
        for wanted in parts[1].split(separator: ",").map({ $0.trimmingPrefix(" ") }) {
            let words = wanted.split(separator: " ").map(String.init)
            if words[0] == "no" {
                let clock = try #require(OrderClock(rawValue: words[1]))
                #expect(
                    !terms.limits.contains { $0.clock == clock }, "\(row)",
                    sourceLocation: sourceLocation)
                continue
            }
            let clock = try #require(OrderClock(rawValue: words[0]), "\(words[0])")
            let term = try #require(
                terms.limits.first { $0.clock == clock }, "\(row): no \(clock)",
                sourceLocation: sourceLocation)
            #expect(text(term) == words[1], "\(row)", sourceLocation: sourceLocation)
            #expect(!term.clause.isEmpty, sourceLocation: sourceLocation)
        }
    }
}

private func fact(_ text: String) -> Fact {
    switch text {
    case "yes": .flag(true)
    case "no": .flag(false)
    default: Int64(text).map(Fact.integer) ?? .text(text)
    }
}

private func text(_ term: ClockTerm) -> String {
    let count = term.limit.count
    let limit =
        switch term.limit.unit {
        case .minutes: count >= 60 && count.isMultiple(of: 60) ? "\(count / 60)h" : "\(count)min"
        case .hours: "\(count)h"
        case .workingMinutes: "\(count)wmin"
        case .workingHours: "\(count)wh"
        case .days: "\(count)d"
        case .workingDays: "\(count)wd"
        }
    return limit + (term.hours == .office ? "·office" : "") + "/" + term.startsAt.rawValue
}
