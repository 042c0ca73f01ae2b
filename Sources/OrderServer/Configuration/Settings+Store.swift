import Shared

extension Settings {
  /// The flags that this file reads.
  static let storeFlags = ["store", "store-password-file", "store-connections", "lease"]

  /// Where orders are kept, and over what.
  /// - Throws: `ConfigurationError`, which shows no password.
  func readStore(into configuration: inout ServerConfiguration) throws {
    try read("store", into: \.store, of: &configuration) { try StoreLocation(text: $0) }
    try readStorePassword(into: &configuration)
    try read("store-connections", into: \.storeConnections, of: &configuration) { try Self.count($0, "a number of connections", 1...1_000) }
    try read("lease", into: \.lease, of: &configuration) { text in
      let lease = try Duration(text: text)
      guard (Duration.milliseconds(300)...Duration.seconds(3_600)).contains(lease) else {
        throw UnitError(expected: "a lease", found: text, remedy: "it lies from 300ms to an hour, as in 5s")
      }
      return lease
    }
  }

  /// A password among the arguments could be read by everyone on the machine, so it is refused there.
  private func readStorePassword(into configuration: inout ServerConfiguration) throws {
    configuration.storePasswordFile = try file("store-password-file")
    let isInFile = configuration.storePasswordFile != nil
    let given = isInFile ? nil : environment["ORDER_SERVER_STORE_PASSWORD"]
    guard case .database(var location) = configuration.store else {
      guard !isInFile, given == nil else {
        throw ConfigurationError("a store password was given, but the store is no database: set --store postgresql://… too")
      }
      return
    }
    if location.password != nil, flags["store"] != nil {
      throw ConfigurationError(
        "--store: a password stands in it, and whoever lists this machine's processes can read it; "
          + "give --store-password-file FILE, or set ORDER_SERVER_STORE or ORDER_SERVER_STORE_PASSWORD instead")
    }
    if let given { location.password = Secret(given.utf8.withoutLineEnds) }
    configuration.store = .database(location)
  }
}
