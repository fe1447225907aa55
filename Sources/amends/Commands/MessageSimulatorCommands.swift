import ArgumentParser
import Foundation
import Logging
import MessageSimulator
import Workflow

/// What both simulators of messages take.
struct MessageSimulatorOptions: ParsableArguments {
    @Option(help: "What callers name themselves.") var app = "amends"
    @Option(help: "The secret that callers share.") var secret = "simulated"
    @Option(help: "Decides what goes wrong.") var seed: UInt64 = 1
    @Flag(help: "Delay answers, refuse calls, and lose answers after sending, as bad networks do.")
    var mischief = false

    func settings(port: Int, journal: String) throws -> MessageSimulatorSettings {
        let folder = journal.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        if !folder.isEmpty {
            try FileManager.default.createDirectory(
                atPath: folder.joined(separator: "/"), withIntermediateDirectories: true)
        }
        let kept: MessageJournal
        do throws(MessageJournalError) {
            kept = try MessageJournal(path: journal)
        } catch {
            throw ValidationError("\(journal) cannot be written (errno \(error.errno))")
        }
        var settings = MessageSimulatorSettings(
            port: port, app: app, secret: secret, journal: kept)
        settings.behaviour = mischief ? .mischievous(seed: seed) : MessageBehaviour()
        return settings
    }
}

struct SMSSimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sms-simulator",
        abstract: "An SMS gateway to send through while there is no real one.",
        discussion:
            "What it took stands at /journal and in the journal's file. A telephone that ends "
            + "in 0000 does not exist, one that ends in 9999 wants no messages.")
    @Option(help: "The port to listen on, on loopback; 0 takes a free one.") var port = 8091
    @Option(help: "Where it remembers what it took.") var journal = ".amends/sms.jsonl"
    @OptionGroup var options: MessageSimulatorOptions

    func run() async throws {
        try await reporting {
            try await serveSMS(
                try options.settings(port: port, journal: journal), now: { wallClock() },
                logger: makeLogger(.warning)
            ) { port in
                complain("the SMS simulator listens on http://127.0.0.1:\(port)")
            }
        }
    }
}

struct WeChatSimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wechat-simulator",
        abstract: "WeChat's subscribe messages to send through while there is no account.",
        discussion:
            "What it took stands at /journal and in the journal's file. An openid that begins "
            + "with refuses has not subscribed.")
    @Option(help: "The port to listen on, on loopback; 0 takes a free one.") var port = 8092
    @Option(help: "Where it remembers what it took.") var journal = ".amends/wechat.jsonl"
    @Option(help: "Messages until a token is refused.") var messagesPerToken = 1_000
    @OptionGroup var options: MessageSimulatorOptions

    func run() async throws {
        try await reporting {
            try await serveWeChat(
                try options.settings(port: port, journal: journal),
                messagesPerToken: messagesPerToken, logger: makeLogger(.warning)
            ) { port in
                complain("the WeChat simulator listens on http://127.0.0.1:\(port)")
            }
        }
    }
}
