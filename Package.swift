// swift-tools-version: 6.2
import PackageDescription

// The pure targets can be built alone, in seconds and without fetching what they do not need:
// AMENDS_ONLY="Decisions" leaves every other target, and the packages only those use, out.
let only = Context.environment["AMENDS_ONLY"].map { Set($0.split(separator: ",").map(String.init)) }

// AMENDS_STRICT=1 makes a warning an error: `scripts/check` builds so.
let isStrict = Context.environment["AMENDS_STRICT"] != nil

let swiftSettings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(
    name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let instrumentation = Target.Dependency.product(
    name: "Instrumentation", package: "swift-distributed-tracing")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// Every target with what it may import. The order is the order of the layers, inmost first.
let layers: [(name: String, dependencies: [Target.Dependency])] = [
    ("Randomness", []),
    ("Decisions", ["Randomness"]),
    ("Ledger", [crypto]),
    ("LedgerModel", ["Ledger", "Randomness"]),
    ("Banking", ["Ledger", crypto]),
    ("Casework", ["Ledger", "Randomness"]),
    ("Telemetry", [metrics, tracing, instrumentation, logging]),
    ("Fuzzing", ["Decisions", "Ledger", "Banking", "Casework", "Randomness"]),
    ("Database", [grdb, sqlite, "CPostgres", metrics]),
    ("Store", ["Database", "Casework", "Ledger", crypto]),
    ("Soak", ["LedgerModel", "Store", "Database", "Ledger"]),
    ("Courier", ["CCurl", metrics, tracing, instrumentation]),
    (
        "Workflow",
        [
            "Store", "Database", "Casework", "Ledger", "Banking", "Decisions", "Courier",
            "Randomness", "Telemetry", "Fuzzing", yams,
            logging, crypto, cryptoExtras, jwt,
            heap, metrics, tracing, instrumentation,
        ]
    ),
    (
        "Simulation",
        [
            "Workflow", "Store", "Database", "Casework", "Ledger", "Banking", "Courier",
            "Randomness", logging,
        ]
    ),
    (
        "Web",
        [
            "Workflow", "Store", "Database", "Casework", "Ledger", "Banking", "Telemetry",
            "Fuzzing",
            hummingbird,
            metrics, tracing, instrumentation, hummingbirdCore, hummingbirdTLS, logging, nioCore,
            nioSSL, httpTypes, lifecycle,
        ]
    ),
    (
        "WalletSimulator",
        [
            "Workflow", "Ledger", hummingbird, logging, nioCore, httpTypes, lifecycle, signals,
        ]
    ),
    (
        "MessageSimulator",
        [
            "Workflow", "Ledger", hummingbird, logging, nioCore, httpTypes, lifecycle, signals,
        ]
    ),
]

let executable = Target.executableTarget(
    name: "amends",
    dependencies: [
        "Web", "Workflow", "WalletSimulator", "MessageSimulator", "Store", "Database", "Casework",
        "Ledger", "Banking", "Decisions",
        "Soak", "Simulation", "Courier", "Randomness", "Telemetry", "Fuzzing", arguments, lifecycle,
        signals,
        logging,
        hummingbird, metrics, tracing, instrumentation,
    ],
    swiftSettings: swiftSettings
)

let tests: [(name: String, dependencies: [Target.Dependency])] = [
    ("DecisionsTests", ["Decisions", "Randomness"]),
    ("LedgerTests", ["Ledger", "LedgerModel", "Randomness"]),
    ("BankingTests", ["Banking", "Ledger", "Randomness"]),
    ("CaseworkTests", ["Casework", "Ledger", "Randomness"]),
    ("TelemetryTests", ["Telemetry", metrics, tracing, instrumentation, logging]),
    ("DatabaseTests", ["Database"]),
    (
        "StoreTests",
        ["Store", "Database", "Casework", "Ledger", "LedgerModel", "Soak", "Randomness"]
    ),
    ("CourierTests", ["Courier"]),
    (
        "WorkflowTests",
        [
            "Workflow", "Store", "Database", "Casework", "Ledger", "Banking", "Decisions",
            "Courier", "WalletSimulator", "Randomness",
            logging,
        ]
    ),
    (
        "SimulationTests",
        ["Simulation", "Workflow"]
    ),
    (
        "WebTests",
        [
            "Web", "Workflow", "Store", "Casework", "Ledger", "WalletSimulator", "MessageSimulator",
            "Randomness", "Courier", "Telemetry", "Fuzzing", hummingbird, logging, metrics, tracing,
            instrumentation,
        ]
    ),
    ("TidyTests", []),
]

/// What only tests, `amends soak` and `amends simulate` import comes with the target that it tests.
let companions = ["LedgerModel": "Ledger", "Soak": "Store", "Simulation": "Workflow"]

/// What needs nothing itself is there for whoever needs it.
func isWanted(_ name: String) -> Bool {
    name == "Randomness" || only?.contains(companions[name] ?? name) ?? true
}

func named(_ dependency: Target.Dependency) -> String? {
    if case .byNameItem(let name, _) = dependency { name } else { nil }
}

let systemLibraries: [Target] = [
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(
        name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
]

var targets: [Target] = layers.filter { isWanted($0.name) }.map {
    .target(
        name: $0.name, dependencies: $0.dependencies,
        resources: $0.name == "Web" ? [.embedInCode("Assets")] : [],
        swiftSettings: swiftSettings)
}
targets += tests.filter { test in
    only == nil || only!.contains(String(test.name.dropLast("Tests".count)))
}.map {
    .testTarget(
        name: $0.name, dependencies: $0.dependencies,
        exclude: $0.name == "CaseworkTests" ? ["Golden"] : [], swiftSettings: swiftSettings)
}
if isWanted("amends") { targets.append(executable) }
targets += systemLibraries.filter { library in
    only == nil
        || layers.contains {
            isWanted($0.name) && $0.dependencies.compactMap(named).contains(library.name)
        }
}

let packages: [(wantedBy: [String], package: Package.Dependency)] = [
    (
        ["Ledger", "Store", "Workflow", "Web"],
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")
    ),
    (["Database"], .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0")),
    (["Workflow"], .package(url: "https://github.com/jpsim/Yams", from: "6.2.2")),
    (["Workflow"], .package(url: "https://github.com/apple/swift-collections", from: "1.2.0")),
    (
        ["Telemetry", "Workflow", "Web", "WalletSimulator", "MessageSimulator", "amends"],
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2")
    ),
    (
        ["Telemetry", "Database", "Courier", "Workflow", "Web", "amends"],
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0")
    ),
    (
        ["Telemetry", "Courier", "Workflow", "Web", "amends"],
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3")
    ),
    (
        ["Web", "WalletSimulator", "MessageSimulator", "amends"],
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1")
    ),
    (
        ["Web", "WalletSimulator", "MessageSimulator"],
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2")
    ),
    (["Workflow"], .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1")),
    (["Web"], .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.29.0")),
    (
        ["Web", "WalletSimulator", "MessageSimulator"],
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0")
    ),
    (
        ["WalletSimulator", "MessageSimulator", "amends"],
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0")
    ),
    (["amends"], .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")),
]

let package = Package(
    name: "amends",
    products: only == nil ? [.executable(name: "amends", targets: ["amends"])] : [],
    dependencies: packages.filter { $0.wantedBy.contains(where: isWanted) }.map(\.package),
    targets: targets
)
