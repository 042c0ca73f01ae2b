/// What was said of one setting, as text, and where it was said.
public struct SaidSetting: Sendable, Equatable {
  /// As they were written, not read yet; one for each time the setting was given.
  public var texts: [String]
  /// As an error names it: `--rate`, `LOADGEN_RATE`, `load.yaml:3: rate`.
  public var origin: String
  /// Of a path that is relative to a file's folder: how it is written there.
  public var written: String?

  public init(_ texts: [String], from origin: String, written: String? = nil) {
    self.texts = texts
    self.origin = origin
    self.written = written
  }

  /// Reads every value.
  /// - Throws: `ConfigurationError` that begins with the origin: for what `read` throws, and for control characters.
  public func list<Value>(_ read: (String) throws -> Value) throws(ConfigurationError) -> [Value] {
    var values: [Value] = []
    for text in texts {
      do {
        try Self.refuseCommands(text)
        values.append(try read(text))
      } catch { throw ConfigurationError("\(origin): \(error)") }
    }
    return values
  }

  /// Reads all values and returns the last.
  /// - Throws: as `list` does, and where there is none.
  public func value<Value>(_ read: (String) throws -> Value) throws(ConfigurationError) -> Value {
    guard let value = try list(read).last else { throw ConfigurationError("\(origin): it has no value") }
    return value
  }

  /// Refuses control characters, which could deceive a terminal where the value is shown. Carriage returns are let through.
  private static func refuseCommands(_ text: String) throws(ConfigurationError) {
    guard let scalar = text.unicodeScalars.first(where: { $0 != "\r" && TerminalText.isCommand($0) }) else { return }
    let number = String(scalar.value, radix: 16, uppercase: true)
    let zeros = String(repeating: "0", count: max(0, 4 - number.count))
    throw ConfigurationError("it has a control character in it, U+\(zeros)\(number): leave that out")
  }
}
