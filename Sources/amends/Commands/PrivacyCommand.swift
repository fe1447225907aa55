import ArgumentParser
import Foundation
import Glibc
import Store
import Workflow

struct PrivacyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy", abstract: "The keys that seal personal data: make and change them.",
        subcommands: [Key.self, Rotate.self, Seal.self, EraseCommand.self])

    struct Key: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a file of data keys, or add a newer key to it.",
            discussion: """
                Keep it apart from the database and its back-ups, and keep it: without it what is sealed cannot be \
                read by anybody.
                """)
        @Argument(help: "The file.") var file: String
        @Flag(help: "Add a newer key to the file; amends privacy rotate then puts it to use.")
        var add = false

        func run() throws { try add ? DataKeyFile.extend(file) : DataKeyFile.make(file) }
    }

    struct Seal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal what lay plain before the office had data keys.",
            discussion: """
                In small transactions, beside a running service if need be; can be broken off and run again. Back-ups \
                of before hold it plain, and so does free space in the database until it is vacuumed.
                """)
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try options.refuseMissingFile()
            guard try options.readDataKeys() != nil else {
                throw ValidationError(
                    "name the file of the data keys with --data-key or AMENDS_DATA_KEY")
            }
            try await options.withOffice { office in
                var counts: [EarlierKind: Int] = [:]
                try await office.sealEarlier { kind, count in
                    if count == 1 || count.isMultiple(of: 1_000) {
                        complain("\(kind.rawValue) \(count)")
                    }
                    counts[kind] = count
                }
                for kind in EarlierKind.allCases { print("\(kind.rawValue)\t\(counts[kind] ?? 0)") }
            }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Seal the keys of cases and work orders, and second factors, under the newest data key.",
            discussion:
                "Can be broken off and run again. Afterwards the older keys can go from the file.")
        private static let batch = 500
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try options.refuseMissingFile()
            let count = try await options.withOffice { office in
                var count = try await office.work { try $0.resealSecondFactors() }
                while true {
                    let done = try await office.work {
                        try $0.transaction.rotateKeys(limit: Self.batch)
                    }
                    if done == 0 { return count }
                    count += done
                }
            }
            print("\(count) 个密钥已重新封存 keys sealed anew")
        }
    }
}

/// The file of the office's data keys, readable by its owner alone.
enum DataKeyFile {
    private static let key_bytes = 32

    static func read(_ file: String) throws -> DataKeys {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ValidationError(
                "there is no file of data keys \(file): make one with amends privacy key \(file)")
        }
        do {
            return try DataKeys(String(decoding: data, as: UTF8.self))
        } catch {
            throw ValidationError("\(file) holds no data keys: \(error)")
        }
    }

    static func make(_ file: String) throws {
        guard !FileManager.default.fileExists(atPath: file) else {
            throw ValidationError("\(file) exists already; --add puts a newer key into it")
        }
        try write("", to: file)
    }

    /// The older keys stay: what they sealed could not be read any more.
    static func extend(_ file: String) throws {
        _ = try read(file)
        let text = String(
            decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
        try write(text.hasSuffix("\n") ? text : text + "\n", to: file)
    }

    /// Writes `text` and a new key.
    private static func write(_ text: String, to file: String) throws {
        var generator = SystemRandomNumberGenerator()
        func digits(_ count: Int) -> String {
            (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
                .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        let whole = text + "k\(digits(4)) \(digits(Self.key_bytes))\n"
        // Written beside it and moved into its place: never half a file, and never without its mode.
        let draft = file + ".new"
        guard
            FileManager.default.createFile(
                atPath: draft, contents: Data(whole.utf8), attributes: [.posixPermissions: 0o600]),
            rename(draft, file) == 0
        else { throw ValidationError("\(file) cannot be written") }
    }
}
