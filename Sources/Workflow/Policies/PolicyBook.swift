internal import Casework
internal import Foundation
package import Ledger

/// The editions of one jurisdiction's policy, the earliest first.
///
/// A folder a jurisdiction, a folder an edition, named for its first day. An edition is in force until
/// the next one's first day, or to the end of its own `until`, whichever comes first.
package struct PolicyBook: Sendable {
    /// The folder's name, `sanya`; of a hotline part `sanya/hotline`.
    package let jurisdiction: String
    package let editions: [Edition]
    /// The accounts of the fund's books: `chart.csv` beside the editions, or those of the handbook.
    package let chart: Chart

    /// Reads every edition below `directory` (`policies/sanya`), and the calendar beside it
    /// (`policies/calendar`).
    ///
    /// An edition that extends another has that one's models, cases and entries where it does not
    /// replace them; an entry or a file is replaced as a whole.
    ///
    /// A folder `hotline` beside the editions is no edition: it holds those of the work orders, where they
    /// change on other days than the rules for money. It is a book of its own, `hotline(of:)`.
    package static func load(directory: String) throws(PolicyError) -> PolicyBook {
        try load(directory: directory, as: jurisdiction(of: directory))
    }

    /// The hotline part of the jurisdiction in `directory`; nil where its editions say it all.
    package static func hotline(of directory: String) throws(PolicyError) -> PolicyBook? {
        guard let part = hotlineDirectory(of: directory) else { return nil }
        return try load(directory: part)
    }

    static func hotlineDirectory(of directory: String) -> String? {
        PolicyFolder(path: directory).has(hotlinePart) ? directory + "/" + hotlinePart : nil
    }

    /// `sanya` of `policies/sanya`, `sanya/hotline` of `policies/sanya/hotline`.
    static func jurisdiction(of directory: String) -> String {
        let folder = PolicyFolder(path: directory)
        return folder.name == hotlinePart
            ? folder.parentName + "/" + hotlinePart : folder.name
    }

    static let hotlinePart = "hotline"

    /// The editions of these names alone: what else lies in the folder is not even read.
    static func load(
        directory: String, only editions: Set<String>
    ) throws(PolicyError) -> PolicyBook {
        try load(directory: directory, as: jurisdiction(of: directory)) {
            editions.contains($0)
        }
    }

    private static func load(
        directory: String, as name: String, isWanted: (String) -> Bool = { _ in true }
    ) throws(PolicyError) -> PolicyBook {
        let folder = PolicyFolder(path: directory)
        var drafts: [Draft] = []
        for name in try folder.folders() where name != hotlinePart && isWanted(name) {
            let file = name + "/jurisdiction.yaml"
            guard folder.has(file) else {
                throw .unreadable(file: file, reason: "an edition's folder needs this file")
            }
            drafts.append(
                Draft(folder: name, file: try EditionFile(try folder.text(file), file: file)))
        }
        guard !drafts.isEmpty else { throw .noEditions(folder: directory) }
        drafts.sort { ($0.file.from, $0.folder) < ($1.file.from, $1.folder) }
        for (draft, next) in zip(drafts, drafts.dropFirst()) where draft.file.from == next.file.from
        {
            throw .sameDay(draft.file.from, folders: [draft.folder, next.folder])
        }
        for draft in drafts where draft.folder != draft.file.from.description {
            throw .misnamed(folder: draft.folder, from: draft.file.from)
        }
        let above = folder.name == hotlinePart ? "/../.." : "/.."
        let calendar = try PolicyFolder(path: directory + above + "/calendar").calendar()
        var editions: [Edition] = []
        var models: [String: PolicyModel] = [:]
        for draft in drafts {
            let line = try lineage(of: draft, in: drafts)
            editions.append(
                try Edition(
                    line: line, jurisdiction: name, in: folder, calendar: calendar,
                    sharing: &models))
        }
        return PolicyBook(jurisdiction: name, editions: editions, chart: try folder.chart())
    }

    /// The edition whose rules count for what happened, or was filed, on `day`.
    package func edition(inForceOn day: Day) throws(PolicyError) -> Edition {
        guard let edition = editions.last(where: { $0.from <= day }),
            edition.until.map({ day <= $0 }) ?? true
        else { throw .noEditionInForce(day) }
        return edition
    }

    /// - Parameter name: `2024-02-05`, or with the jurisdiction before it, `sanya/2024-02-05`.
    package func edition(named name: String) throws(PolicyError) -> Edition {
        guard let edition = editions.first(where: { $0.id == name || $0.name == name }) else {
            throw .unknownEdition(name, known: editions.map(\.id))
        }
        return edition
    }

    /// The edition in `folder`, or the one of that name below `directory`.
    ///
    /// - Parameter folder: `2026-03-08`, `sanya/2026-03-08`, or a path such as `drafts/sanya/2026-03-08`;
    ///   what it extends lies beside it.
    package static func edition(
        at folder: String, in directory: String
    ) throws(PolicyError) -> Edition {
        let place = PolicyFolder(path: folder)
        guard place.has("jurisdiction.yaml") else {
            return try load(directory: directory).edition(named: folder)
        }
        return try load(directory: folder + "/..", as: jurisdiction(of: folder + "/.."))
            .edition(named: place.name)
    }

    struct Draft {
        let folder: String
        let file: EditionFile
    }

    /// The draft and what it extends, the eldest first.
    private static func lineage(of draft: Draft, in drafts: [Draft]) throws(PolicyError) -> [Draft]
    {
        var line = [draft]
        while let base = line[0].file.extends {
            // Only earlier editions may be extended, so this ends.
            guard let found = drafts.first(where: { $0.folder == base }),
                found.file.from < line[0].file.from
            else { throw .unknownBase(edition: line[0].folder, base: base) }
            line.insert(found, at: 0)
        }
        return line
    }
}

/// A folder of policies on disk.
struct PolicyFolder {
    let path: String

    /// A policy file is written by hand; more is no policy.
    private static let fileBytes = 4_000_000

    var name: String { absolute.lastPathComponent }
    var parentName: String { absolute.deletingLastPathComponent().lastPathComponent }
    private var absolute: URL { URL(fileURLWithPath: path).standardizedFileURL }

    /// The chart of the jurisdiction. It may name accounts otherwise and add others, but what the office
    /// posts to must be there.
    func chart() throws(PolicyError) -> Chart {
        let file = "chart.csv"
        guard has(file) else { return .advanceFund }
        let text = try text(file)
        let chart: Chart
        do throws(ChartError) {
            chart = try Chart(csv: text)
        } catch {
            throw .unreadable(file: file, reason: error.description)
        }
        guard chart.extends(.advanceFund) else {
            throw .unreadable(
                file: file, reason: "it lacks an account the office posts to, or changes its rules")
        }
        return chart
    }

    func folders() throws(PolicyError) -> [String] {
        try list("").filter { isFolder($0) }
    }

    /// Names in the folder `sub` that end in `suffix`, sorted; none when there is no such folder.
    func files(in sub: String, ending suffix: String) throws(PolicyError) -> [String] {
        guard isFolder(sub) else { return [] }
        return try list(sub).filter { $0.hasSuffix(suffix) }
    }

    func has(_ file: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + file) }

    func bytes(_ file: String) throws(PolicyError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path + "/" + file) else {
            throw .unreadable(file: file, reason: "there is no such file, or it may not be read")
        }
        guard data.count <= Self.fileBytes else {
            throw .unreadable(file: file, reason: "it has more than \(Self.fileBytes) bytes")
        }
        return [UInt8](data)
    }

    func text(_ file: String) throws(PolicyError) -> String {
        guard let text = String(validating: try bytes(file), as: UTF8.self) else {
            throw .unreadable(file: file, reason: "it is not UTF-8")
        }
        return text
    }

    /// Of the files `<year>.csv`; without any year where there is no such folder.
    func calendar() throws(PolicyError) -> WorkCalendar {
        var years: [Int: String] = [:]
        for file in try files(in: "", ending: ".csv") {
            guard let year = Int(file.dropLast(".csv".count)) else {
                throw .unreadable(
                    file: "calendar/" + file, reason: "name it for its year, 2025.csv")
            }
            years[year] = try text(file)
        }
        do throws(WorkCalendarError) {
            return try WorkCalendar(files: years)
        } catch {
            throw .unreadable(file: "calendar", reason: "\(error)")
        }
    }

    private func list(_ sub: String) throws(PolicyError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path + "/" + sub)
                .filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw .unreadable(file: sub.isEmpty ? path : sub, reason: error.localizedDescription)
        }
    }

    private func isFolder(_ sub: String) -> Bool {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(
            atPath: path + "/" + sub, isDirectory: &isDirectory)
        return exists && isDirectory.boolValue
    }
}
