// swift-tools-version: 6.2
import PackageDescription

/// Every target is compiled alike: the language's coming defaults today, and no warning let through.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// What `quick` of scripts/lib.sh sets: where its products lie. Then our own code that computes is optimised though the libraries are not, so
/// that it does not take minutes, and of all that is built only tests are indexed: SwiftPM finds them by that. order-server is not optimised:
/// most of what it costs is the libraries', and optimising it takes longer than all tests gain by it.
let quickBuild = Context.environment["QUICK_BUILD"]
let optimised = ["-O", "-assert-config", "Debug", "-whole-module-optimization", "-num-threads", "2"]
let computing = quickBuild == nil ? settings : settings + [.unsafeFlags(optimised)]
let tests = quickBuild.map { settings + [.unsafeFlags(["-index-store-path", "\($0)/index/store"])] } ?? settings

let package = Package(
  name: "order-load",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "order-server", targets: ["OrderServer"]),
    .executable(name: "loadgen", targets: ["LoadGen"]),
  ],
  // The build that nothing is asked of needs no database's library.
  traits: [
    .trait(name: "PostgreSQL", description: "order-server can keep its orders in PostgreSQL; needs libpq"),
    .trait(name: "MySQL", description: "order-server can keep its orders in MySQL or MariaDB; needs libmariadb"),
  ],
  dependencies: [
    // Commands, flags and their --help.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // Finding the target, and single exchanges with it; the load itself goes through sockets of our own.
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    // The server's HTTP.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    // TLS: of the load's connections, of single exchanges, and certificates and keys for the server.
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    // The certificate that a server makes for itself, and saying why another one is not trusted.
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    // The encoded form of certificates, and the addresses in them.
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    // Start, signals and graceful stop of both programs.
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    // The server's log.
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    // Orders in SQLite.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // Passwords (scrypt), tokens' hashes, and comparisons in constant time.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    // Access tokens: signed, and checked.
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
    // The heap of timers in loadgen's core, its queues, and the server's heap of orders in work.
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    // Scenario files.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    // What kind of file a path leads to, and the file descriptors that swift-subprocess takes.
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    // Programs started by --serve: own process group, SIGTERM, then SIGKILL.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    .target(name: "Shared", swiftSettings: computing),
    // What a setting's declaration in Shared says, as flags of a command.
    .target(
      name: "SettingFlags", dependencies: ["Shared", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: settings),
    // The kernel's epoll, which no Swift module of Linux has, and its clocks.
    .systemLibrary(name: "CPolling"),
    // gzip and deflate, in which figures may come, and in which histograms are logged; no Swift module of Linux has them. NIOHTTPCompression
    // needs the same library to be linked, reads no gzip of several members, and would send parts of HTTP through a channel to decode a text.
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    .systemLibrary(
      name: "CMySQL", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"]), .brew(["mariadb-connector-c"])]),
    .executableTarget(
      name: "OrderServer",
      dependencies: [
        "SettingFlags", "Shared",
        .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
        .target(name: "CMySQL", condition: .when(traits: ["MySQL"])),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: settings
    ),
    // Tests, intervals and change points, of numbers alone.
    .target(name: "LoadStatistics", path: "Sources/LoadGen/Statistics", swiftSettings: computing),
    // From what a run is to do to its summary. One module: what each request passes through is specialised together.
    .target(
      name: "LoadRun",
      dependencies: [
        "LoadStatistics", "Shared", "CPolling", "CZlib",
        .product(name: "BasicContainers", package: "swift-collections"),
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "NIOCore", package: "swift-nio"),
        // TLS as a machine of bytes in and bytes out, without a channel's sockets.
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "X509", package: "swift-certificates"),
        .product(name: "Yams", package: "Yams"),
      ],
      path: "Sources/LoadGen",
      exclude: ["Statistics", "Study", "Reports", "Commands"],
      swiftSettings: computing
    ),
    // What is asked of several runs: values over their summaries.
    .target(
      name: "LoadStudy", dependencies: ["LoadRun", "LoadStatistics", "Shared"], path: "Sources/LoadGen/Study",
      swiftSettings: computing),
    // What is rendered from a summary or a study.
    .target(
      name: "LoadReports",
      dependencies: [
        "LoadRun", "LoadStudy", "Shared",
        // Compresses the histograms of a log.
        "CZlib",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Sources/LoadGen/Reports",
      swiftSettings: settings
    ),
    .executableTarget(
      name: "LoadGen",
      dependencies: [
        "LoadRun", "LoadStudy", "LoadReports", "SettingFlags", "Shared",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      path: "Sources/LoadGen/Commands",
      swiftSettings: settings
    ),
    .testTarget(name: "SharedTests", dependencies: ["Shared"], swiftSettings: tests),
    .testTarget(
      name: "OrderServerTests",
      dependencies: [
        "OrderServer", "Shared",
        // The channel that a request without a connection needs.
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: tests
    ),
    .testTarget(
      name: "LoadGenTests",
      dependencies: [
        "LoadGen", "LoadReports", "LoadRun", "LoadStatistics", "LoadStudy", "SettingFlags", "Shared",
        // Encodes what is decoded.
        "CZlib",
        // The decoder that our response parser is held against.
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        // The other side of a connection's TLS, and its certificate.
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: tests
    ),
    // Runs the built programs as a user runs them. It has no part of them, so that it need not be built anew with each change to them.
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        // Certificates, made by the tests that need them.
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: tests
    ),
  ]
)
