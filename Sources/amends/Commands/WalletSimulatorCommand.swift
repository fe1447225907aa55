import ArgumentParser
import Logging
import WalletSimulator
import Workflow

struct WalletSimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallet-simulator",
        abstract:
            "A payment platform to pay through while there is no real one: slow, forgetful, honest."
    )
    @Option(help: "The port to listen on, on loopback; 0 takes a free one.") var port = 8090
    @Option(help: "Decides what becomes of each transfer.") var seed: UInt64 = 1
    @Flag(help: "Drop connections and answer errors after accepting, as bad networks do.")
    var mischief = false
    @Option(help: "Simulated milliseconds for each real one, so that a day may pass in seconds.")
    var timeScale: Int64 = 1
    @Option(help: "Where it remembers what it accepted.") var journal = ".amends/wallet.jsonl"

    func run() async throws {
        try await reporting {
            let behaviour: WalletBehaviour =
                mischief ? .mischievous(seed: seed) : .ordinary(seed: seed)
            var settings = SimulatorSettings(behaviour: behaviour, journal: journal)
            settings.port = port
            settings.timeScale = timeScale
            try await serve(settings, logger: makeLogger(.warning)) { port in
                complain("the wallet simulator listens on http://127.0.0.1:\(port)")
            }
        }
    }
}
