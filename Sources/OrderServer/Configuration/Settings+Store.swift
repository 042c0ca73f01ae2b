import Shared

extension Settings {
  /// The flags that this file reads.
  static let storeFlags = ["store", "store-password-file", "store-connections", "lease"]

  /// Where orders are kept, and over what.
  /// - Throws: `ConfigurationError`, which shows no password.
  func readStore(into configuration: inout ServerConfiguration) throws {
    configuration.store = try store() ?? configuration.store
    try read("store-connections", into: \.storeConnections, of: &configuration) { text in
      guard let count = Int(text), (1...1_000).contains(count) else {
        throw UnitError(expected: "a number of connections", found: text, remedy: "it lies from 1 to 1000")
      }
      return count
    }
    try read("lease", into: \.lease, of: &configuration) { text in
      let lease = try Duration(text: text)
      guard (Duration.milliseconds(300)...Duration.seconds(3_600)).contains(lease) else {
        throw UnitError(expected: "a lease", found: text, remedy: "it lies from 300ms to an hour, as in 5s")
      }
      return lease
    }
  }

  /// Where orders are kept, with the password that goes with it; `nil` where it was not set.
  ///
  /// A password among the arguments could be read by everyone on the machine, so it is refused there.
  /// - Throws: `ConfigurationError`, which shows no password.
  private func store() throws -> StoreLocation? {
    var chosen = Chosen()
    try read("store", into: \.location, of: &chosen) { try StoreLocation(text: $0) }
    if case .database(let location) = chosen.location, location.password != nil, flags["store"] != nil {
      throw ConfigurationError(
        description: "--store: a password stands in it, and whoever lists this machine's processes can read it; "
          + "give --store-password-file FILE, or set ORDER_SERVER_STORE or ORDER_SERVER_STORE_PASSWORD instead")
    }
    try read("store-password-file", into: \.password, of: &chosen) { path in
      try Secret(ProtectedFile(path: path).read(warn: { _ in }).trimmingLineBreaks)
    }
    if flags["store-password-file"] == nil, let text = environment["ORDER_SERVER_STORE_PASSWORD"] { chosen.password = Secret(text.utf8) }
    guard let password = chosen.password else { return chosen.location }
    guard case .database(var location) = chosen.location else {
      throw ConfigurationError(description: "a store password was given, but the store is no database: set --store postgresql://… too")
    }
    location.password = password
    return .database(location)
  }

  private struct Chosen {
    var location: StoreLocation?
    var password: Secret?
  }
}

extension Sequence<UInt8> {
  /// Without the line breaks at its end.
  var trimmingLineBreaks: [UInt8] {
    var bytes = Array(self)
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
    return bytes
  }
}
