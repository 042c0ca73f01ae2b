/// A text that is compared and hashed by its bytes, as a peer's names, ids and keys must be.
///
/// `String` compares and hashes what a text means in Unicode: two spellings of a letter are equal to it, and a megabyte of combining marks
/// keeps it busy for minutes, as the time grows with the square of their number. Here two texts are equal where their UTF-8 is, and the
/// time grows linearly with their length.
public struct ByteText: Sendable {
  public let text: String

  public init(_ text: String) { self.text = text }
}

extension ByteText: Hashable {
  public static func == (left: ByteText, right: ByteText) -> Bool { left.text.hasSameBytes(as: right.text) }

  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension ByteText: ExpressibleByStringLiteral, CustomStringConvertible {
  public init(stringLiteral text: String) { self.init(text) }

  public var description: String { text }
}

extension StringProtocol {
  /// Whether the UTF-8 of both is the same.
  public func hasSameBytes(as other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

  /// Whether both are the same apart from the case of ASCII letters, as words of HTTP are compared.
  public func isSameWord(as word: some StringProtocol) -> Bool {
    utf8.elementsEqual(word.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
  }

  /// The parts between the separators, without empty ones.
  /// - Parameter separator: must be ASCII.
  public func parts(between separator: Unicode.Scalar) -> [SubSequence] {
    utf8.split(separator: UInt8(ascii: separator)).map { self[$0.startIndex..<$0.endIndex] }
  }

  /// What is before and after the first occurrence of another text; `nil` if it does not occur.
  public func cut(at other: some StringProtocol) -> (before: SubSequence, after: SubSequence)? {
    utf8.firstRange(of: other.utf8).map { (self[..<$0.lowerBound], self[$0.upperBound...]) }
  }

  /// The beginning, of at most this many Unicode scalars.
  public func beginning(_ count: Int) -> String { String(String.UnicodeScalarView(unicodeScalars.prefix(count))) }
}

extension UInt8 {
  fileprivate var lowercasedASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
