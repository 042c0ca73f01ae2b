import Shared

// How the server's settings are written, where they are not written as in any other program.

extension SettingFormat<String> {
  static var host: Self {
    Self { text in
      guard !text.isEmpty else {
        throw UnitError(expected: "a host", found: text, remedy: "name an address of this machine, as in 127.0.0.1 or 0.0.0.0")
      }
      return text
    }
  }

  /// The path of a file. It need not exist yet: it is opened later.
  /// - Parameter example: a name that such a file may have.
  static func file(_ example: String) -> Self {
    Self { text in
      guard !text.isEmpty else { throw UnitError(expected: "a file", found: text, remedy: "name one, as in \(example)") }
      return text
    }
  }
}

extension SettingFormat<Int> {
  static var port: Self {
    Self { text in
      guard let port = Int(text), (0...65_535).contains(port) else {
        throw UnitError(expected: "a port", found: text, remedy: "it lies from 0 (any free one) to 65535")
      }
      return port
    }
  }

  /// - Parameter what: as in `connections`.
  static func count(of what: String, in range: ClosedRange<Int>) -> Self {
    Self { text in
      guard let count = Int(text), range.contains(count) else {
        throw UnitError(expected: "a number of \(what)", found: text, remedy: "it lies from \(range.lowerBound) to \(range.upperBound)")
      }
      return count
    }
  }
}

extension SettingFormat<Double> {
  static var timeScale: Self {
    Self(
      read: { text in
        guard let scale = Double(text), scale > 0, scale <= 1 else {
          throw UnitError(expected: "a time scale", found: text, remedy: "it lies above 0 and is at most 1, as in 0.01")
        }
        return scale
      }, show: { $0 == 1 ? "1" : "\($0)" })
  }
}

extension SettingFormat<Duration> {
  static var lifetime: Self {
    between(.seconds(1), .seconds(366 * 86_400), "a lifetime", "it lies from 1s to a year, as in 15m or 168h")
  }

  static var timeout: Self { between(.milliseconds(10), .seconds(86_400), "a timeout", "it lies from 10ms to 24h, as in 30s") }
}

extension SettingFormat<ByteCount> {
  /// - Parameters:
  ///   - expected: as in `a size of bodies`.
  ///   - least: in bytes.
  ///   - most: in bytes.
  static func size(_ expected: String, _ least: Int, _ most: Int) -> Self {
    Self { text in
      let size = try ByteCount(text: text)
      guard (least...most).contains(size.bytes) else {
        throw UnitError(expected: expected, found: text, remedy: "it lies from \(ByteCount(least)) to \(ByteCount(most)), as in 64KiB")
      }
      return size
    }
  }
}

extension SettingFormat<Workers> {
  static var workers: Self {
    let limit = SettingFormat<Int?>.limit(of: "workers")
    return Self { try limit.read($0).map(Workers.limited) ?? .unlimited }
  }
}

extension SettingFormat<Rate?> {
  /// How often something may be done; `off`, which is `nil`: there is no limit.
  static var rate: Self { Self(read: { $0 == "off" ? nil : try Rate(text: $0) }, show: { $0?.description ?? "off" }) }
}

extension SettingDeclaration<ServerConfiguration> {
  /// The profile. Setting it also takes over how that processes orders.
  static func profile(under heading: SettingHeading, _ help: String) -> Self {
    var declaration = value(\.profile, SettingFormat(read: Profile.init(named:), show: \.name), under: heading, help)
    let take = declaration.take
    declaration.take = { said, configuration throws(ConfigurationError) in
      try take(said, &configuration)
      configuration.adoptPlan(of: configuration.profile)
    }
    return declaration
  }

  /// A file that is read later. Errors about its content then name the flag or variable that it was given by.
  /// - Parameter example: a name that such a file may have.
  static func file(
    _ field: WritableKeyPath<ServerConfiguration, NamedFile?>, _ example: String, under heading: SettingHeading, default fallback: String,
    _ help: String
  ) -> Self {
    var declaration = together(.path, under: heading, default: fallback, help)
    declaration.take = { said, configuration throws(ConfigurationError) in
      configuration[keyPath: field] = NamedFile(path: try said.value(SettingFormat.file(example).read), origin: said.origin)
    }
    return declaration
  }
}
