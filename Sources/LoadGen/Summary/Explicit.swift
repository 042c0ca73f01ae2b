/// A property whose key is always written, as `null` where there is no value, and need not be there when it is read.
///
/// Synthesised coding leaves out the key of a `nil`, which a reader cannot tell from a key that this version does not know.
@propertyWrapper
package struct Explicit<Value: Codable & Sendable & Absentable>: Codable, Sendable {
  package var wrappedValue: Value

  package init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

  package init(from decoder: any Decoder) throws {
    wrappedValue = try decoder.singleValueContainer().decode(Value.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    // No number of JSON's: as empty or unbounded as a value can be.
    if let number = wrappedValue as? Double, !number.isFinite { try container.encodeNil() } else { try container.encode(wrappedValue) }
  }
}

extension Explicit: Equatable where Value: Equatable {}

/// A type with a value that stands for a key that is not there.
package protocol Absentable {
  static var absent: Self { get }
}

extension Optional: Absentable { package static var absent: Wrapped? { nil } }
extension Array: Absentable { package static var absent: [Element] { [] } }
extension Dictionary: Absentable { package static var absent: [Key: Value] { [:] } }
extension String: Absentable { package static var absent: String { "" } }

extension KeyedDecodingContainer {
  /// Chosen by synthesised decoding over the general `decode` for every property marked `@Explicit`.
  package func decode<Value>(_: Explicit<Value>.Type, forKey key: Key) throws -> Explicit<Value> {
    try decodeIfPresent(Explicit<Value>.self, forKey: key) ?? Explicit(wrappedValue: .absent)
  }
}
