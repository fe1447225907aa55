import Casework
import Foundation
import Testing

@testable import Workflow

/// The hotline part of the format: how it is laid over what it extends, and what is refused.
@Suite struct HotlineFileTests {
    @Test(arguments: Hotlines.all)
    func `every case passes and reaches every row, and check finds nothing wrong`(office: String)
        throws
    {
        let book = try Hotlines.book(office)
        for report in book.test() {
            for failure in report.failures {
                Issue.record(
                    "\(failure.file) \(failure.id): \(failure.expected) ≠ \(failure.actual)")
            }
            #expect(report.uncovered == [] && report.unreadable == [])
            #expect(report.passed > 8)
        }
        for finding in book.check() {
            Issue.record("\(finding.file): \(finding.message)")
        }
    }

    @Test func `Sanya's hotline is a part of its own, and no other edition changes with it`() throws
    {
        let part = try #require(try PolicyBook.hotline(of: Sanya.directory))
        #expect(part.jurisdiction == "sanya/hotline")
        #expect(part.editions.map(\.name) == ["sanya/hotline/2023-01-01"])
        #expect(part.editions[0].calendar.coveredYears.contains(2025))
        #expect(!(try Sanya.book.get()).editions.contains { $0.hotline.isOffered })
        #expect(try PolicyBook.hotline(of: Hotlines.directory + "/weihai") == nil)
    }

    @Test func `an edition has the hotline of what it extends, entry by entry`() throws {
        let scratch = try ScratchHotline("dinghai")
        try scratch.write(
            """
            edition: {from: 2014-01-01, extends: 2013-03-01, zh: 新, en: new}
            kinds:
              enquiry: {zh: 询问, en: Question}
            hours:
              market: {days: everyDay, open: ["09:00-12:00", "14:00-22:00"]}
            shifts:
              day-off: {zh: 节假日, en: Day off, days: daysOff, seats: workingDaySeats}
            """, to: "2014-01-01/jurisdiction.yaml")
        let book = try PolicyBook.load(directory: scratch.directory)
        let (old, new) = (book.editions[0].hotline, book.editions[1].hotline)
        #expect(new.kinds.map(\.code) == old.kinds.map(\.code))
        #expect(new.kinds[0].chinese == "询问" && old.kinds[0].chinese == "咨询")
        #expect(new.shifts.map(\.seats) == [5, 2, 5, 2])
        #expect(old.hours(of: "market") == old.officeHours)
        let spans = ["09:00-12:00", "14:00-22:00"].compactMap { OpeningHours.Span($0) }
        #expect(new.hours(of: "market") == .spans(.everyDay, spans))
        #expect(new.hours(of: "police") == old.officeHours)
        #expect(new.difficulties == old.difficulties && new.supervision == old.supervision)
        #expect(book.check() == [])
    }

    @Test func `what is broken is named by key, with the mend`() throws {
        for (old, new, said) in [
            ("  line: always", "  line: sometimes", ["hours.line", "write always"]),
            ("08:30-12:00", "08:30-25:00", ["hours.office.open", "08:30-12:00"]),
            ("13:30-17:30", "11:30-17:30", ["hours.office.open", "in order"]),
            ("days: workingDays, open", "days: weekdays, open", ["hours.office.days", "daysOff"]),
            ("  office: {days", "  office-x: {days", ["hours.office-x", "none of the bureaus"]),
            ("seats: workingDaySeats", "seats: seats", ["shifts.working-day.seats", "parameters"]),
            ("times: \"08:00-18:00\"", "times: \"08:00-08:00\"", ["shifts.working-day.times"]),
            ("\nshifts:", "\npublishedSets: [nobody]\nshifts:", ["publishedSets", "weihai"]),
            ("\nshifts:", "\npublishedSets: [sanya, sanya]\nshifts:", ["publishedSets", "once"]),
            ("    a: {zh: 满意", "    d: {zh: 满意", ["followUp.grades.d", "unreachable"]),
            ("  receiver: {zh", "  recever: {zh", ["supervision.recever", "receiver"]),
            ("bureau: discipline}", "bureau: nobody}", ["supervision.discipline.bureau"]),
            ("\"1\": {zh", "\"5\": {zh", ["difficulties.5", "this one is 1"]),
            ("  agreement: true", "  agreement: maybe", ["providers.agreement"]),
            ("  agreement: true", "  agrement: true", ["providers.agrement", "not known"]),
            ("en: Other, other: true}", "en: Other, others: true}", [".others", "not known"]),
            ("values: kinds", "values: sorts", ["facts.kind.values", "kinds"]),
        ] {
            let scratch = try ScratchHotline("dinghai")
            try scratch.replace(old, with: new, in: "2013-03-01/jurisdiction.yaml")
            do throws(PolicyError) {
                _ = try PolicyBook.load(directory: scratch.directory)
                Issue.record("\(new) was taken")
            } catch {
                for word in said { #expect("\(error)".contains(word), "\(error)") }
            }
        }
    }

    @Test func `weights are parameters that add up to a hundred`() throws {
        let scratch = try ScratchHotline("weihai")
        try scratch.replace(
            "weightOnTime: {value: 25", with: "weightOnTime: {value: 30",
            in: "2017-05-08/jurisdiction.yaml")
        #expect(throws: PolicyError.self) { try PolicyBook.load(directory: scratch.directory) }
    }

    @Test func `an edition with weekly evaluation says how much it counts`() throws {
        let file = "2015-01-01/jurisdiction.yaml"
        let line = "  weightEvaluation: {value: 50, unit: percent"
        for (new, said) in [
            ("  weightOther: {value: 50, unit: percent", "parameters.weightEvaluation is missing"),
            ("  weightEvaluation: {value: 101, unit: percent", "0 to 100"),
        ] {
            let scratch = try ScratchHotline("chongqing-96000")
            try scratch.replace(line, with: new, in: file)
            do throws(PolicyError) {
                _ = try PolicyBook.load(directory: scratch.directory)
                Issue.record("\(new) was taken")
            } catch {
                #expect("\(error)".contains(said), "\(error)")
                #expect("\(error)".contains("2015-01-01/jurisdiction.yaml"), "\(error)")
            }
        }
        let weights = try Hotlines.edition("chongqing-96000").appraisalWeights()
        #expect(weights.evaluation == 50 && weights.satisfaction == 50)
        // Nobody is evaluated there: the call-backs are all there is.
        #expect(try Hotlines.edition("weihai").appraisalWeights().satisfaction == 100)
    }

    @Test func `codes that the edition does not know are found before they decide`() throws {
        for (file, old, new, said) in [
            ("order-limits.dmn", "bureau supervisor discipline", "bureau boss", "no recipient"),
            (
                "order-limits.dmn", "bureau supervisor discipline", "bureau supervision",
                "supervision.supervision is missing"
            ),
            (
                "order-routing.dmn", "environment culture", "environment arts",
                "none of the edition's bureaus"
            ),
            (
                "order-classification.dmn", "\"government\"", "\"state\"",
                "none of the edition's categories"
            ),
        ] {
            let scratch = try ScratchHotline("dinghai")
            try scratch.replace(old, with: new, in: "2013-03-01/" + file)
            let findings = try PolicyBook.load(directory: scratch.directory).check()
            #expect(findings.contains { $0.message.contains(said) }, "\(said): \(findings)")
        }
    }

    @Test func `an edition that lacks a model, or the account for what it waives, is found`() throws
    {
        let scratch = try ScratchHotline("chongqing-96000")
        try scratch.replace("6401,免除", with: "6402,免除", in: "chart.csv")
        let findings = try PolicyBook.load(directory: scratch.directory).check()
        #expect(findings.contains { $0.message.contains("6401") })
        let bare = try ScratchHotline("weihai")
        try bare.remove("2017-05-08/order-routing.dmn")
        #expect(
            try PolicyBook.load(directory: bare.directory).check().contains {
                $0.message == "order-routing.dmn is missing: add it"
            })
    }
}

/// A copy of a hotline's editions, removed at the end.
struct ScratchHotline: ~Copyable {
    let directory: String

    init(_ office: String) throws {
        let parent = FileManager.default.temporaryDirectory
            .appending(path: "hotline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        for name in [office, "calendar"] {
            try FileManager.default.copyItem(
                atPath: Hotlines.directory + "/" + name, toPath: parent.appending(path: name).path)
        }
        directory = parent.appending(path: office).path
    }

    deinit {
        // A folder left behind among the temporary ones harms nobody.
        try? FileManager.default.removeItem(
            at: URL(filePath: directory).deletingLastPathComponent())
    }

    func write(_ text: String, to file: String) throws {
        let url = URL(filePath: directory).appending(path: file)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func replace(_ old: String, with new: String, in file: String) throws {
        let url = URL(filePath: directory).appending(path: file)
        let text = try String(contentsOf: url, encoding: .utf8)
        try #require(text.contains(old), "\(file) does not contain \(old)")
        try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: url)
    }

    func remove(_ file: String) throws {
        try FileManager.default.removeItem(atPath: directory + "/" + file)
    }
}
