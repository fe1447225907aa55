import Courier
import FoundationEssentials
import Ledger
import Testing
import WalletSimulator
import Workflow

/// A folder for one test, gone afterwards.
@discardableResult
func withFolder<Answer>(_ body: (String) async throws -> Answer) async throws -> Answer {
    let folder = FileManager.default.temporaryDirectory
        .appending(path: "wallet-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// Runs a simulator on a free port of loopback while `body` runs, and stops it.
@discardableResult
func withSimulator<Answer: Sendable>(
    _ settings: SimulatorSettings, _ body: @Sendable (_ url: String) async throws -> Answer
) async throws -> Answer {
    var settings = settings
    settings.port = 0
    let (ports, port) = AsyncStream<Int>.makeStream()
    let server = Task { [settings] in
        defer { port.finish() }
        try await serve(settings) { port.yield($0) }
    }
    var chosen: Int?
    for await port in ports {
        chosen = port
        break
    }
    guard let chosen else {
        try await server.value
        throw SimulatorHarnessError.ended
    }
    let answer: Result<Answer, any Error>
    do { answer = .success(try await body("http://127.0.0.1:\(chosen)")) } catch {
        answer = .failure(error)
    }
    server.cancel()
    // Its end by cancelling is no news.
    _ = await server.result
    return try answer.get()
}

enum SimulatorHarnessError: Error {
    case ended
}

/// A simulator's settings for tests: nothing is limited, time flies.
func settings(
    _ behaviour: WalletBehaviour, _ folder: String, timeScale: Int64 = 1
) -> SimulatorSettings {
    var settings = SimulatorSettings(behaviour: behaviour, journal: folder + "/journal")
    settings.timeScale = timeScale
    settings.rateLimit = 1_000_000
    settings.slow_ms = 600
    return settings
}

func courier(whole_ms: Int = 15_000) -> Courier {
    var limits = Courier.Limits()
    limits.whole_ms = whole_ms
    return Courier(limits: limits)
}

/// Pays by the rules of `Wallet`, up to the first settled state. Nil after `attempts` calls.
func payByTheRules(
    _ transfer: Transfer, through wallet: some Wallet, attempts: Int = 2_000
) async -> TransferState? {
    var reply = await wallet.order(transfer)
    for _ in 1..<attempts {
        switch reply {
        case .state(let state) where state.isSettled: return state
        case .state, .unknown: reply = await wallet.query(transfer.number)
        case .notFound: reply = await wallet.order(transfer)
        case .refused: return nil
        }
    }
    return nil
}
