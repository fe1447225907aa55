import ArgumentParser
import Database
import Foundation
import Glibc
import Ledger
import Workflow

struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Write the public set of complaints, as the CFPB's database is laid out.",
        discussion: """
            It makes FOLDER/DATE with complaints.csv, complaints.json and dictionary.csv, whole or not at all, and lets \
            FOLDER/latest point there. No text of a person, no day, no exact amount is in it, and at least --threshold \
            complaints look alike in what may be known of them from elsewhere.
            """)
    @Argument(help: "The folder of publications.") var folder: String
    @Option(help: "How many complaints must look alike, 2 to 1000.") var threshold = 5
    @Option(help: "How many days a complaint waits before it is published.") var delayDays = 15
    @OptionGroup var options: OfficeOptions

    func validate() throws {
        guard (2...1_000).contains(threshold) else {
            throw ValidationError("--threshold is 2 to 1000")
        }
        guard (0...3_650).contains(delayDays) else {
            throw ValidationError("--delay-days is 0 to 3650")
        }
    }

    func run() async throws {
        try options.refuseMissingFile()
        guard try options.readDataKeys() != nil else {
            throw ValidationError(
                "publishing needs AMENDS_DATA_KEY: without a key, pseudonyms could be tried on all numbers"
            )
        }
        try await options.withOffice { office in
            let publication = try await office.publication(
                threshold: threshold, delayDays: delayDays)
            let place = try PublicFolder(folder).write(publication)
            print(
                "\(place): \(publication.complaints.count) of \(publication.considered) complaints, "
                    + "\(publication.coarsened) made coarser, \(publication.leftOut) left out")
        }
    }
}

/// Where publications lie beside each other, one a day.
struct PublicFolder {
    private let path: String

    init(_ path: String) { self.path = path }

    /// Writes it beside, and gives it its name when it is whole and on the disk.
    ///
    /// - Returns: Where it lies.
    func write(_ publication: PublicSet) throws -> String {
        let files = FileManager.default
        let name = publication.publishedOn.description
        let (place, part) = ("\(path)/\(name)", "\(path)/.\(name).part")
        guard !files.fileExists(atPath: place) else {
            throw ValidationError("\(place) exists already: what was published is not written over")
        }
        if files.fileExists(atPath: part) { try files.removeItem(atPath: part) }
        try files.createDirectory(atPath: part, withIntermediateDirectories: true)
        for file in publication.files {
            try Data(file.text.utf8).write(to: URL(filePath: "\(part)/\(file.name)"))
            try synchronise("\(part)/\(file.name)")
        }
        try synchronise(part)
        try files.moveItem(atPath: part, toPath: place)
        try pointLatest(to: name)
        try synchronise(path)
        return place
    }

    private func pointLatest(to name: String) throws {
        let (link, part) = ("\(path)/latest", "\(path)/.latest.part")
        unlink(part)
        guard symlink(name, part) == 0, rename(part, link) == 0 else {
            throw DatabaseError.storage("\(link): \(String(cString: strerror(errno)))")
        }
    }

    private func synchronise(_ path: String) throws {
        let descriptor = open(path, O_RDONLY)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw DatabaseError.storage("\(path): \(String(cString: strerror(errno)))")
        }
    }
}
