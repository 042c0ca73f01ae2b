/// An order's id, as it appears in paths and bodies. Two are equal where their bytes are: Unicode normalisation plays no part.
///
/// Ids of up to 39 bytes, such as UUIDs, are stored inline: a load generator that follows a million orders allocates nothing for them.
public struct OrderID: Sendable, Hashable, CustomStringConvertible {
  private typealias Words = (UInt64, UInt64, UInt64, UInt64, UInt64)

  private static let capacity = 40
  /// The byte that holds the length of an id that is stored inline.
  private static let countPlace = capacity - 1

  private var words: Words = (0, 0, 0, 0, 0)
  /// The bytes of an id that is too long to be stored inline.
  private var long: [UInt8]?

  public init(_ text: String) {
    var text = text
    self = text.withUTF8 { OrderID(validUTF8: UnsafeRawBufferPointer($0)) }
  }

  /// - Parameter bytes: sequences that are not valid UTF-8 are read as U+FFFD.
  public init(utf8 bytes: UnsafeRawBufferPointer) {
    if bytes.allSatisfy({ $0 < 0x80 }) { self.init(validUTF8: bytes) } else { self.init(String(decoding: bytes, as: UTF8.self)) }
  }

  private init(validUTF8 bytes: UnsafeRawBufferPointer) {
    guard bytes.count < Self.capacity else {
      long = Array(bytes)
      return
    }
    withUnsafeMutableBytes(of: &words) {
      $0.copyMemory(from: bytes)
      $0[Self.countPlace] = UInt8(bytes.count)
    }
  }

  public var text: String { withUTF8 { String(decoding: $0, as: UTF8.self) } }

  public var description: String { text }

  /// Lends the id's bytes, without an allocation for one that is stored inline. They must not be used after the call.
  public func withUTF8<Result>(_ use: (UnsafeRawBufferPointer) -> Result) -> Result {
    if let long { return long.withUnsafeBytes(use) }
    return withUnsafeBytes(of: words) { use(UnsafeRawBufferPointer(rebasing: $0[..<Int($0[Self.countPlace])])) }
  }

  public static func == (left: OrderID, right: OrderID) -> Bool {
    left.words.0 == right.words.0 && left.words.1 == right.words.1 && left.words.2 == right.words.2 && left.words.3 == right.words.3
      && left.words.4 == right.words.4 && left.long == right.long
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
    hasher.combine(words.4)
    if let long { hasher.combine(long) }
  }
}
