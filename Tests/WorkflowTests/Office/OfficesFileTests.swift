import Foundation
import Testing

@testable import Workflow

@Suite struct OfficesFileTests {
    private static let two = """
        offices:
          sanya:
            hosts: [sanya.example, WWW.Sanya.example]
            database: $SANYA_DATABASE
            policies: policies/sanya
            data-key: /keys/sanya
            wallet: http://127.0.0.1:8090
            smtp-url: smtp://mail.sanya.example
          weihai:
            hosts: weihai.example
            database: sqlite:/offices/weihai.db
            policies: policies/weihai
        """
    private static let environment = [
        "SANYA_DATABASE": "postgres://sanya:secret@db.example/sanya", "EMPTY": "",
        "AMENDS_DATA_KEY": "/keys/of-nobody", "AMENDS_MAIL_FROM": "office@example.org",
    ]

    private func read(_ text: String) throws(PolicyError) -> OfficesFile {
        try OfficesFile(text, file: "offices.yaml", environment: Self.environment)
    }

    @Test func `an office reads its own settings before those of all, and no other's key`() throws {
        let file = try read(Self.two)
        #expect(file.entries.map(\.name) == ["sanya", "weihai"])
        #expect(file.entries[0].hosts == ["sanya.example", "www.sanya.example"])
        let sanya = file.entries[0].environment(over: Self.environment)
        #expect(sanya["AMENDS_DATABASE"] == "postgres://sanya:secret@db.example/sanya")
        #expect(sanya["AMENDS_DATA_KEY"] == "/keys/sanya")
        #expect(sanya["AMENDS_SMTP_URL"] == "smtp://mail.sanya.example")
        #expect(sanya["AMENDS_MAIL_FROM"] == "office@example.org")
        let weihai = file.entries[1].environment(over: Self.environment)
        #expect(weihai["AMENDS_DATA_KEY"] == nil)
        #expect(weihai["AMENDS_SMTP_URL"] == nil)
        #expect(weihai["AMENDS_POLICIES"] == "policies/weihai")
    }

    @Test func `an office that is not there is answered with those that are`() throws {
        let file = try read(Self.two)
        #expect(try file.entry(named: "weihai").hosts == ["weihai.example"])
        let error = #expect(throws: PolicyError.self) { try file.entry(named: "yantai") }
        #expect(
            error?.description
                == "offices.yaml: offices: there is no office yantai; there are sanya, weihai")
    }

    /// What is changed in the file of two, and what is said of it.
    @Test(arguments: [
        ("offices:", "office:", "the key office is not known; remove it or write one of offices"),
        ("  sanya:\n", "  Sanya:\n", "offices.Sanya: write the name in small letters"),
        ("weihai.example", "sanya.example", "sanya.example leads to sanya already"),
        ("weihai.example", "[w.example, W.example]", "w.example stands there twice"),
        ("weihai.example", "weihai.example:8080", "weihai.example:8080 is no host"),
        ("weihai.example", "https://weihai.example/", "is no host"),
        ("weihai.example", "威海.example", "a Chinese name as xn--"),
        ("    hosts: weihai.example\n", "", "the key offices.weihai.hosts is missing; add it"),
        ("weihai.example", "[]", "an office has 1 to 20 hosts"),
        ("policies: policies/weihai", "", "the key offices.weihai.policies is missing"),
        ("database: sqlite:/offices/weihai.db", "", "offices.weihai.database is missing"),
        ("data-key:", "datakey:", "the key offices.sanya.datakey is not known"),
        (
            "data-key: /keys/sanya", "data-key: [a, b]",
            "offices.sanya.data-key: write a single value"
        ),
        ("$SANYA_DATABASE", "$NOWHERE", "offices.sanya.database: the environment has no NOWHERE"),
        ("$SANYA_DATABASE", "$EMPTY", "the environment has no EMPTY"),
        (
            "$SANYA_DATABASE", "sqlite:/offices/../offices/weihai.db",
            "offices.weihai.database: it is that of sanya"
        ),
        (
            "sqlite:/offices/weihai.db", "postgres://other@db.example/sanya",
            "offices.weihai.database: it is that of sanya"
        ),
        (
            "policies: policies/weihai", "policies: p\n    wallet: http://127.0.0.1:8090",
            "offices.weihai.wallet: sanya pays through it"
        ),
        ("data-key: /keys/sanya", "data-key: /a\n    data-key: /b", "offices.yaml:"),
        ("[sanya.example, WWW.Sanya.example]", "[sanya.example", "offices.yaml:"),
    ])
    func `a file that is wrong says where and how to mend it`(
        _ old: String, _ new: String, _ said: String
    ) throws {
        let text = Self.two.replacing(old, with: new)
        #expect(text != Self.two)
        let error = #expect(throws: PolicyError.self) { try read(text) }
        #expect(error?.description.contains(said) == true, "\(error.map { "\($0)" } ?? "")")
        #expect(error?.description.contains(":secret@") == false)
    }

    @Test(arguments: ["", "offices:\n", "offices: {}\n", "- a\n"])
    func `a file without an office is none`(_ text: String) throws {
        #expect(throws: PolicyError.self) { try read(text) }
    }

    @Test func `one process serves so many offices and no more`() throws {
        func file(_ count: Int) -> String {
            "offices:\n"
                + (1...count).map {
                    "  o\($0): {hosts: h\($0).example, database: \"sqlite:/\($0)\", policies: p}\n"
                }.joined()
        }
        #expect(try read(file(OfficesFile.officeLimit)).entries.count == OfficesFile.officeLimit)
        let error = #expect(throws: PolicyError.self) {
            try read(file(OfficesFile.officeLimit + 1))
        }
        #expect(error?.description.contains("start another with a file of its own") == true)
    }

    @Test func `policies that are not there are missed before anything is opened`() throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "offices-\(UInt64.random(in: 0...UInt64.max)).yaml").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(throws: PolicyError.self) { try OfficesFile.load(file, environment: [:]) }
        let text = "offices: {a: {hosts: a.example, database: \"sqlite:/a\", policies: /nowhere}}\n"
        #expect(FileManager.default.createFile(atPath: file, contents: Data(text.utf8)))
        let error = #expect(throws: PolicyError.self) {
            try OfficesFile.load(file, environment: [:])
        }
        #expect(
            error?.description
                == "\(file): offices.a.policies: there is no folder /nowhere; name the jurisdiction's "
                + "folder of editions")
    }
}
