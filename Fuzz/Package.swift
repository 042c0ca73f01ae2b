// swift-tools-version: 6.2
import PackageDescription

/// As in the package above.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// The fuzzer brings a `main` of its own.
let fuzzer = settings + [.unsafeFlags(["-parse-as-library"])]

/// Fuzz targets over the response parser, the JSON scanner and the scanner of Prometheus text. A fuzzer cannot import a program, so the same files are compiled
/// here once more, by links; `run` builds and runs a target.
let package = Package(
  name: "order-load-fuzz",
  platforms: [.macOS(.v15)],
  targets: [
    .target(name: "Finding", swiftSettings: settings),
    .target(name: "Shared", swiftSettings: settings),
    // Testable in release builds too: the targets look inside.
    .target(name: "LoadRun", dependencies: ["Shared"], swiftSettings: settings + [.unsafeFlags(["-enable-testing"])]),
    .executableTarget(name: "FuzzResponse", dependencies: ["Finding", "LoadRun"], swiftSettings: fuzzer),
    .executableTarget(name: "FuzzJSON", dependencies: ["Finding", "LoadRun", "Shared"], swiftSettings: fuzzer),
    .executableTarget(name: "FuzzPrometheus", dependencies: ["Finding", "LoadRun"], swiftSettings: fuzzer),
  ]
)
