import Foundation

/// The offices that one process serves, each with its hosts, its database and its policies: the file of
/// `amends serve --offices`.
///
/// A setting stands under the name it has in the environment, without `AMENDS_`, in small letters and with
/// hyphens; a value that begins with `$` names a variable of the environment, so that no secret need stand in
/// the file.
///
/// ```yaml
/// offices:
///   sanya:
///     hosts: [sanya.example, www.sanya.example]
///     database: $SANYA_DATABASE
///     policies: policies/sanya
///     data-key: /etc/amends/sanya.key
///     wallet: http://127.0.0.1:8090
/// ```
package struct OfficesFile: Sendable {
    package let file: String
    /// In the order of the file.
    package let entries: [Entry]

    package struct Entry: Hashable, Sendable {
        package let name: String
        /// In small letters, without a port.
        package let hosts: [String]
        /// By the names of the environment.
        let settings: [String: String]

        package var database: String { settings["AMENDS_DATABASE"] ?? "" }

        /// What this office reads in place of the environment `process`: its own settings before those of all.
        package func environment(over process: [String: String]) -> [String: String] {
            process.filter { !OfficesFile.own.contains($0.key) }
                .merging(settings) { _, ofOffice in ofOffice }
        }
    }

    /// One process serves so many at most: metrics keep their series apart, and threads are seven an office.
    package static let officeLimit = 100
    private static let hostLimit = 20

    /// Settings that belong to one office: what the process's environment says of them is nobody's.
    private static let own: Set<String> = [
        "AMENDS_DATABASE", "AMENDS_POLICIES", "AMENDS_DATA_KEY", "AMENDS_SIGNING_KEY",
        "AMENDS_ADMIN_TOKEN", "AMENDS_PUBLIC_URL", "AMENDS_BACKUPS", "AMENDS_OIDC_REDIRECT",
        "AMENDS_WALLET",
    ]

    /// Settings that an office may have otherwise than the others.
    private static let known = [
        "database", "policies", "data-key", "signing-key", "admin-token", "public-url", "backups",
        "wallet", "second-factor", "breached-passwords", "scan-command", "webhook-reach",
        "messages", "message-gateway", "message-gateway-token-file", "sms-url", "sms-app",
        "sms-secret-file", "sms-sign", "sms-templates", "wechat-app", "wechat-url",
        "wechat-secret-file", "wechat-templates", "smtp-url", "smtp-user", "smtp-password-file",
        "mail-from", "mail-name", "oidc-issuer", "oidc-client-id", "oidc-client-secret-file",
        "oidc-redirect",
    ]

    /// - Throws: The first thing that is wrong, with the file and the key.
    package static func load(
        _ file: String, environment: [String: String]
    ) throws(PolicyError) -> OfficesFile {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw .unreadable(file: file, reason: "there is no such file, or it may not be read")
        }
        let offices = try OfficesFile(
            String(decoding: data, as: UTF8.self), file: file, environment: environment)
        for entry in offices.entries {
            let folder = entry.settings["AMENDS_POLICIES"] ?? ""
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
                isFolder.boolValue
            else {
                throw .wrongValue(
                    file: file, key: "offices.\(entry.name).policies",
                    mend: "there is no folder \(folder); name the jurisdiction's folder of editions"
                )
            }
        }
        return offices
    }

    init(_ text: String, file: String, environment: [String: String]) throws(PolicyError) {
        self.file = file
        let root = try YAMLSection.read(text, file: file)
        try root.allow("offices")
        guard root.has("offices") else { throw .missingKey(file: file, key: "offices") }
        let sections = try root.sections("offices")
        guard (1...Self.officeLimit).contains(sections.count) else {
            throw root.wrong(
                "offices",
                "one process serves 1 to \(Self.officeLimit) offices, not \(sections.count); start "
                    + "another with a file of its own for the rest")
        }
        var entries: [Entry] = []
        var hosts: [String: String] = [:]
        var databases: [String: String] = [:]
        var wallets: [String: String] = [:]
        for (name, section) in sections {
            guard Self.isName(name) else {
                throw root.wrong(
                    "offices.\(name)", "write the name in small letters, digits and hyphens")
            }
            let entry = try Self.entry(name, section, environment)
            for host in entry.hosts {
                if let other = hosts.updateValue(name, forKey: host) {
                    throw section.wrong(
                        "hosts",
                        other == name
                            ? "\(host) stands there twice; remove one"
                            : "\(host) leads to \(other) already; a host leads to one office")
                }
            }
            if let place = Self.place(of: entry.database),
                let other = databases.updateValue(name, forKey: place)
            {
                throw section.wrong(
                    "database", "it is that of \(other); each office has a database of its own")
            }
            if let wallet = entry.settings["AMENDS_WALLET"],
                let other = wallets.updateValue(name, forKey: wallet)
            {
                throw section.wrong(
                    "wallet", "\(other) pays through it; no fund pays out of another's account")
            }
            entries.append(entry)
        }
        self.entries = entries
    }

    /// - Throws: `wrongValue` where there is no such office, with those there are.
    package func entry(named name: String) throws(PolicyError) -> Entry {
        if let entry = entries.first(where: { $0.name == name }) { return entry }
        throw .wrongValue(
            file: file, key: "offices",
            mend: "there is no office \(name); there are "
                + entries.map(\.name).joined(separator: ", "))
    }

    private static func entry(
        _ name: String, _ section: YAMLSection, _ environment: [String: String]
    ) throws(PolicyError) -> Entry {
        try section.allow(["hosts"] + known)
        let written =
            section.isList("hosts") ? try section.texts("hosts") : [try section.text("hosts")]
        guard (1...hostLimit).contains(written.count) else {
            throw section.wrong("hosts", "an office has 1 to \(hostLimit) hosts")
        }
        var hosts: [String] = []
        for text in written {
            guard isHost(text) else {
                throw section.wrong(
                    "hosts",
                    "\(text) is no host; write a name such as sanya.example, without port and path "
                        + "(a Chinese name as xn--…)")
            }
            hosts.append(text.lowercased())
        }
        _ = (try section.text("database"), try section.text("policies"))
        var settings: [String: String] = [:]
        for key in known {
            guard var value = try section.optionalText(key) else { continue }
            if value.hasPrefix("$") {
                let variable = String(value.dropFirst())
                guard let found = environment[variable], !found.isEmpty else {
                    throw section.wrong(
                        key, "the environment has no \(variable); set it where the service starts")
                }
                value = found
            }
            settings[variableName(key)] = value
        }
        return Entry(name: name, hosts: hosts, settings: settings)
    }

    /// `data-key`: `AMENDS_DATA_KEY`.
    private static func variableName(_ key: String) -> String {
        "AMENDS_" + key.uppercased().replacing("-", with: "_")
    }

    private static func isName(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (97...122).contains(byte) || (48...57).contains(byte) || byte == 45
            }
    }

    private static func isHost(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count) && text.first != "." && text.last != "."
            && text.utf8.allSatisfy { byte in
                (97...122).contains(byte | 32) || (48...57).contains(byte) || byte == 45
                    || byte == 46
            }
    }

    /// Where a database lies, whoever opens it; nil for one in memory, which is always another. The same
    /// server under two names is only seen when both are open: see `Transaction.databaseIdentity`.
    private static func place(of url: String) -> String? {
        if url == "sqlite::memory:" { return nil }
        if url.hasPrefix("sqlite:") {
            let path = String(url.dropFirst("sqlite:".count))
            return URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
        }
        guard let start = url.range(of: "://")?.upperBound else { return url }
        let rest = url[start...]
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        let at = rest[..<end].lastIndex(of: "@").map { rest.index(after: $0) } ?? rest.startIndex
        return String(rest[at...])
    }
}
