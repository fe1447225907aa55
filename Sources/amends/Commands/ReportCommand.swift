import ArgumentParser
import Casework
import Foundation
import Workflow

/// What the office publishes about itself.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Bulletins.", subcommands: [BulletinCommand.self])

    struct BulletinCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "bulletin",
            abstract: "The bulletin of a period: JSON, the inside of a page, or a table as CSV.")
        @Argument(help: "2024-08-01, 2024-08, 2024-Q3, 2024-H2, 2024, or 2024-08-01..2024-09-15.")
        var period: ReportPeriodArgument
        @Option(help: "This table as CSV; a wrong name lists them.") var csv: String?
        @Flag(help: "The article of a page, without its frame.") var html = false
        @Option(help: "Of this area alone.") var area: String?
        @Option(help: "Of this bureau alone; whole months.") var bureau: String?
        @Flag(help: "In English; Chinese otherwise.") var english = false
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            let scope: ReportScope
            switch (area, bureau) {
            case (nil, nil): scope = .all
            case (let area?, nil): scope = .area(area)
            case (nil, let bureau?): scope = .bureau(bureau)
            case (_?, _?): throw ValidationError("name --area or --bureau, not both.")
            }
            if case .bureau = scope, !period.period.isWholeMonths {
                throw ValidationError("a bureau's bulletin is kept by whole months.")
            }
            let wanted = period.period
            let bulletin = try await options.withOffice {
                try await $0.bulletin(wanted, scope: scope)
            }
            print(try text(of: bulletin), terminator: "")
        }

        private func text(of bulletin: Bulletin) throws -> String {
            let language = english ? ReportLanguage.english : .chinese
            if html { return bulletin.html(language) }
            guard let csv else { return bulletin.json }
            let files = bulletin.csv(language)
            let name = "\(bulletin.form.rawValue)-\(bulletin.period.days.first)-\(csv).csv"
            guard let file = files.first(where: { $0.name == name }) else {
                throw ValidationError(
                    "there is no table '\(csv)'; there are the files "
                        + files.map(\.name).joined(separator: ", "))
            }
            return file.text
        }
    }
}

/// A period as a person types it.
struct ReportPeriodArgument: ExpressibleByArgument {
    let period: ReportPeriod

    init?(argument: String) {
        guard let period = ReportPeriod(argument) else { return nil }
        self.period = period
    }
}
