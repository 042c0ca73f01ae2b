/// A property whose key is always written, with `null` where there is no value, and may be missing when it is read.
///
/// Synthesised coding omits the key of a `nil`, and a reader could not tell that from a key that the writing version did not know.
@propertyWrapper
package struct Explicit<Value: Codable & Sendable & Absentable>: Codable, Sendable {
  package var wrappedValue: Value

  package init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

  package init(from decoder: any Decoder) throws {
    wrappedValue = try decoder.singleValueContainer().decode(Value.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    // JSON has no such number; an infinite or undefined one is written like an unbounded or empty value.
    if let number = wrappedValue as? Double, !number.isFinite { try container.encodeNil() } else { try container.encode(wrappedValue) }
  }
}

extension Explicit: Equatable where Value: Equatable {}

/// A type with a value that stands for a missing key.
package protocol Absentable {
  static var absent: Self { get }
}

extension Optional: Absentable { package static var absent: Wrapped? { nil } }
extension Array: Absentable { package static var absent: [Element] { [] } }
extension Dictionary: Absentable { package static var absent: [Key: Value] { [:] } }
extension String: Absentable { package static var absent: String { "" } }

extension KeyedDecodingContainer {
  /// Synthesised decoding prefers this over the general `decode` for every property marked `@Explicit`.
  package func decode<Value>(_: Explicit<Value>.Type, forKey key: Key) throws -> Explicit<Value> {
    try decodeIfPresent(Explicit<Value>.self, forKey: key) ?? Explicit(wrappedValue: .absent)
  }
}
