package import Courier
import Database
import Foundation
package import Ledger
package import Logging
package import Store

/// Looks for the usual faults of an office from outside: it changes nothing, and each look that fails is a finding
/// as well.
package struct Doctor: Sendable {
    package var database: String
    package var policies: String
    package var dataKeys: DataKeys?
    /// Why the keys could not be read, where a file of them was named.
    package var dataKeyProblem: String?
    package var signingKey: SigningKey?
    package var accounts = AccountTerms()
    /// What is to be asked whether it answers: `wallet`, `message gateway`, with its address.
    package var neighbours: [(name: String, url: String)] = []
    /// When the certificate ends; nil where none was named.
    package var certificateEnds: Moment?
    /// The folder that back-ups are written to.
    package var backups: String?
    /// How long a transaction of PostgreSQL may be open.
    package var transactionPatience_minutes: Int64 = 10
    /// How many of the last vouchers are recomputed.
    package var vouchers = 1_000
    /// An error in a sentence.
    package var sentence: @Sendable (any Error) -> String = { "\($0)" }
    package var logger: Logger
    package var now: @Sendable () -> Moment
    private let courier: Courier

    package init(
        database: String, policies: String, courier: Courier, logger: Logger,
        now: @escaping @Sendable () -> Moment
    ) {
        self.database = database
        self.policies = policies
        self.courier = courier
        self.logger = logger
        self.now = now
    }

    /// All findings, in the order of the looks.
    package func examine() async -> [Diagnosis] {
        var findings = machine()
        findings += await storage()
        // With an older or unfit schema, or the wrong key, the office would not open, or opening would change the
        // database; where nothing is sealed yet, a key would be put to use.
        let key = findings.first { $0.name == "data key" }?.grade
        if findings.contains(where: { $0.name == "schema" && $0.grade == .sound }), let key,
            key != .fault
        {
            findings += await office(key == .sound ? dataKeys : nil)
        }
        for neighbour in neighbours { findings.append(await ask(neighbour.name, neighbour.url)) }
        return findings
    }

    /// Disk, log, clock, certificate, back-ups: what the system says without the database.
    private func machine() -> [Diagnosis] {
        let look = MachineLook(now: now())
        var findings = [look.timeZone()]
        if let file = file {
            let folder = (file as NSString).deletingLastPathComponent
            findings += [look.disk(folder.isEmpty ? "." : folder), look.log(of: file)]
        } else {
            findings.append(.unseen("disk", "the database's disk is its server's"))
        }
        findings.append(look.certificate(ending: certificateEnds))
        findings.append(look.backups(in: backups))
        return findings
    }

    /// The SQLite file; nil for a server's database.
    private var file: String? {
        guard database.hasPrefix("sqlite:"), database != "sqlite::memory:" else { return nil }
        return String(database.dropFirst("sqlite:".count))
    }

    /// Whether the database can be reached, is fit, and has the schema that this program needs.
    private func storage() async -> [Diagnosis] {
        if let file, !FileManager.default.fileExists(atPath: file) {
            return [
                .fault(
                    "database", "there is no database \(file)",
                    "name it with --database sqlite:FILE or AMENDS_DATABASE; a new office is made by "
                        + "amends serve")
            ]
        }
        let opened: Database
        do throws(DatabaseError) {
            opened = try await Database.open(database, companion: dataKeys)
        } catch {
            return [unreachable(error)]
        }
        let findings = await look(into: opened)
        await opened.close()
        return findings
    }

    private func look(into opened: Database) async -> [Diagnosis] {
        var findings = [Diagnosis.sound("database", "\(opened.engine.rawValue) answers")]
        if opened.engine == .postgres {
            findings += await PostgresLook(
                database: opened, sentence: sentence, patience_minutes: transactionPatience_minutes
            ).findings()
        }
        do {
            let state = try await opened.read { try $0.schemaState() }
            findings.append(Self.schema(state))
            if state == .current { findings.append(await keys(opened)) }
            let clock = try await opened.read { try $0.databaseClock() }
            findings.append(MachineLook(now: now()).skew(of: clock))
        } catch {
            findings.append(
                .fault(
                    "schema", "it holds no office: \(sentence(error))",
                    "name the right database, or make the office with amends serve"))
        }
        return findings
    }

    private func unreachable(_ error: DatabaseError) -> Diagnosis {
        if case .cannotOpen(let name, let why) = error {
            if why.contains("collation") {
                return .fault(
                    "collation",
                    "\(name) does not keep and order texts as this program needs it: \(why)",
                    "create database NAME encoding 'UTF8' lc_collate 'C' lc_ctype 'C' template template0, "
                        + "then move the office there with amends migrate")
            }
            return .fault(
                "database", "\(name) cannot be opened: \(why)",
                "see that the server runs, that the address and the password are right, and that the "
                    + "file may be read and written by this user")
        }
        return .fault(
            "database", "it cannot be reached: \(sentence(error))",
            "see that the server runs and that the address in AMENDS_DATABASE is right")
    }

    private static func schema(_ state: SchemaState) -> Diagnosis {
        switch state {
        case .current: .sound("schema", "it is the one this program needs")
        case .empty:
            .fault(
                "schema", "the database is empty",
                "name the right database, or make the office with amends serve")
        case .behind(let steps):
            .fault(
                "schema", "\(steps.count) steps are missing, from \(steps[0]) on",
                "back up, then start amends serve of this version: it applies them")
        case .ahead(let steps):
            .fault(
                "schema", "a newer program applied \(steps.joined(separator: ", "))",
                "use the newer program; a schema does not go back")
        case .edited(let step):
            .fault(
                "schema", "the step \(step) was applied with another text",
                "this program is of another make than the one that wrote the database: use that one"
            )
        }
    }

    private func keys(_ opened: Database) async -> Diagnosis {
        if let dataKeyProblem {
            return .fault(
                "data key", dataKeyProblem,
                "name the file in AMENDS_DATA_KEY; where it is lost, take it from where its copies are "
                    + "kept")
        }
        do {
            try await opened.read { try $0.checkDataKeys() }
            if try await opened.read({ try $0.opensOfficeKey() }) {
                return .sound("data key", "it opens what is sealed")
            }
        } catch {
            return .fault(
                "data key", sentence(error),
                "name the file whose newest key sealed this database; it is made by amends privacy key "
                    + "and kept apart from the back-ups")
        }
        return .warning(
            "data key", "personal data lies unsealed",
            "make a key with amends privacy key FILE, name it in AMENDS_DATA_KEY, then amends privacy seal"
        )
    }

    /// Policies, and what the office itself knows to be late.
    private func office(_ keys: DataKeys?) async -> [Diagnosis] {
        let office: Office
        do {
            office = try await Office.open(
                database: database, policies: policies, logger: logger, signingKey: signingKey,
                dataKeys: keys, accounts: accounts, now: now)
        } catch {
            return [Self.unopened(error, sentence)]
        }
        var findings = [policy(office)]
        findings += await OfficeLook(office: office, sentence: sentence, vouchers: vouchers)
            .findings(retention: policies)
        await office.close()
        return findings
    }

    private static func unopened(
        _ error: any Error, _ sentence: (any Error) -> String
    ) -> Diagnosis {
        if let error = error as? PolicyError,
            case .changedAfterApproval(let edition, let file, _, _) = error
        {
            return .fault(
                "policies", "\(file) of the approved edition \(edition) was changed",
                "put the approved file back (its SHA-256 stands in amends policy editions), and make a new "
                    + "edition for the change")
        }
        return .fault(
            "policies", sentence(error),
            "name the jurisdiction's folder in AMENDS_POLICIES; amends policy check FOLDER says what is "
                + "wrong in it")
    }

    private func policy(_ office: Office) -> Diagnosis {
        let today = office.books.zone.day(at: now())
        do throws(PolicyError) {
            let edition = try office.policies.edition(inForceOn: today)
            return .sound("policies", "\(edition.name) is in force, as it was approved")
        } catch {
            return .fault(
                "policies", "no edition is in force on \(today)",
                "submit and approve one: amends policy submit, amends policy approve")
        }
    }

    private func ask(_ name: String, _ url: String) async -> Diagnosis {
        do throws(CourierError) {
            let response = try await courier.send(Request(.get, url))
            return .sound(name, "\(url) answers (\(response.status))")
        } catch {
            return .fault(
                name, "\(url) does not answer: \(Self.words(error))",
                "see that it runs and may be reached from here; what waits for it is kept and sent later"
            )
        }
    }

    private static func words(_ error: CourierError) -> String {
        switch error {
        case .notSent(.refused): "nobody listens there"
        case .notSent(.nameNotFound): "its name is not known"
        case .notSent(.insecure): "its certificate is not trusted"
        case .notSent(.connectTimeout), .unknown(.timeout): "it takes too long"
        case .notSent(.malformed(let why)): why
        case .notSent, .unknown: "\(error)"
        }
    }
}
