/// How a value is written: `read` accepts what `show` returns, and gives the same value.
public struct SettingFormat<Value> {
  /// - Throws: what is wrong with the text, what was found, and what would be right.
  public let read: (String) throws -> Value
  public let show: (Value) -> String

  public init(read: @escaping (String) throws -> Value, show: @escaping (Value) -> String) {
    self.read = read
    self.show = show
  }
}

extension SettingFormat where Value: CustomStringConvertible {
  /// Shows a value as its description.
  public init(_ read: @escaping (String) throws -> Value) { self.init(read: read) { $0.description } }
}

extension SettingFormat<String> {
  public static var text: Self { Self { $0 } }
}

extension SettingFormat<Bool> {
  /// A switch, regardless of case: `true`, `yes`, `1` or `on`, and their opposites.
  public static var isOn: Self {
    Self { text in
      switch text.lowercased() {
      case "true", "yes", "1", "on": return true
      case "false", "no", "0", "off": return false
      default: throw UnitError(expected: "a switch", found: text, remedy: "it is true or false")
      }
    }
  }

  /// For a field that means the opposite of the setting: `true` sets it to false.
  public static var isOff: Self { Self(read: { try !isOn.read($0) }, show: { isOn.show(!$0) }) }
}

extension SettingFormat<Int> {
  /// A whole number within the range.
  public static func count(in range: ClosedRange<Int>) -> Self {
    Self { text in
      guard let number = Int(text), range.contains(number) else {
        throw UnitError(
          expected: "a count", found: text, remedy: "it is a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
  }
}

extension SettingFormat<Int?> {
  /// A positive number, or `unlimited`, which is read as `nil`.
  /// - Parameter what: what is counted, in the plural, as in `workers`.
  public static func limit(of what: String) -> Self {
    Self(
      read: { text in
        if text == "unlimited" { return nil }
        guard let count = Int(text), count > 0 else {
          throw UnitError(expected: "a number of \(what)", found: text, remedy: "write 1, 8, any other positive number, or unlimited")
        }
        return count
      }, show: { $0.map(String.init) ?? "unlimited" })
  }
}

extension SettingFormat<UInt64> {
  /// The number that everything random is drawn from.
  public static var seed: Self {
    Self { text in
      if let seed = UInt64(text) { return seed }
      throw UnitError(expected: "a seed", found: text, remedy: "it is a whole number from 0 to \(UInt64.max)")
    }
  }
}

extension SettingFormat<Duration> {
  public static var durationOrZero: Self { Self(read: { try Duration(text: $0) }, show: \.text) }

  /// A duration greater than zero.
  public static var duration: Self {
    Self(
      read: { text in
        let duration = try Duration(text: text)
        guard duration > .zero else { throw UnitError(expected: "a duration", found: text, remedy: "it must be greater than zero") }
        return duration
      }, show: \.text)
  }

  /// - Parameters:
  ///   - most: the longest duration; `nil`: there is no limit.
  ///   - expected: what an error calls it, with its article, as in `a lease`.
  public static func between(_ least: Duration, _ most: Duration?, _ expected: String, _ remedy: String) -> Self {
    Self(
      read: { text in
        let duration = try Duration(text: text)
        guard duration >= least, most.map({ duration <= $0 }) ?? true else {
          throw UnitError(expected: expected, found: text, remedy: remedy)
        }
        return duration
      }, show: \.text)
  }

  /// The time from one batch of orders to the next.
  public static var batchInterval: Self { between(.milliseconds(1), nil, "a time between two batches", "it is at least 1ms, as in 2m") }
}

extension SettingFormat<Double> {
  /// A part of a whole, as a fraction from 0 to 1; shown as a percentage.
  public static var share: Self {
    Self(read: { try Share(text: $0).fraction }, show: { (try? Share(text: "\($0)"))?.description ?? "\($0)" })
  }
}

extension SettingFormat<ServiceTime> {
  /// - Parameter expected: what an error calls it, with its article, as in `a delay`.
  public static func time(as expected: String) -> Self { Self { try ServiceTime(text: $0, as: expected) } }
}

extension SettingFormat where Value: RawRepresentable<String> & CaseIterable {
  /// One of the enum's raw values.
  /// - Parameter expected: what an error calls it, with its article, as in `a kind of arrivals`.
  public static func word(_ expected: String) -> Self {
    Self(
      read: { text in
        if let word = Value(rawValue: text) { return word }
        throw UnitError(
          expected: expected, found: text, remedy: "it is one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
      }, show: \.rawValue)
  }
}
