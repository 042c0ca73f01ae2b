import NIOCore
import Shared

/// Receives the bytes of a request: stores them, or only counts them, so that a body's length is known before it is written.
protocol ByteSink {
  mutating func put(_ bytes: [UInt8])
  mutating func put(_ bytes: UnsafeRawBufferPointer)
  mutating func put(_ byte: UInt8)
}

extension ByteStore: ByteSink {
  mutating func put(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }
  mutating func put(_ bytes: UnsafeRawBufferPointer) { append(bytes) }
  mutating func put(_ byte: UInt8) { withUnsafeBytes(of: byte) { append($0) } }
}

/// For requests outside the load that are sent through a NIO channel.
extension ByteBuffer: ByteSink {
  mutating func put(_ bytes: [UInt8]) { writeBytes(bytes) }
  mutating func put(_ bytes: UnsafeRawBufferPointer) { writeBytes(bytes) }
  mutating func put(_ byte: UInt8) { writeInteger(byte) }
}

/// Counts the bytes without keeping them.
struct ByteCounter: ByteSink {
  private(set) var count = 0

  mutating func put(_ bytes: [UInt8]) { count += bytes.count }
  mutating func put(_ bytes: UnsafeRawBufferPointer) { count += bytes.count }
  mutating func put(_ byte: UInt8) { count += 1 }
}

extension ByteSink {
  mutating func put(_ text: StaticString) { put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)) }

  /// Writes a text unchanged.
  mutating func put(plain text: String) {
    var text = text
    text.withUTF8 { put(UnsafeRawBufferPointer($0)) }
  }

  mutating func put(decimal number: UInt64) {
    // The greatest number has 20 digits.
    withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { digits in
      var begin = digits.count
      var rest = number
      repeat {
        begin -= 1
        digits[begin] = UInt8(48 + rest % 10)
        rest /= 10
      } while rest > 0
      put(UnsafeRawBufferPointer(rebasing: digits[begin...]))
    }
  }

  /// Writes the lowest `digits` hexadecimal digits of a number, at most 16, in lower case.
  mutating func put(hexadecimal number: UInt64, digits: Int) {
    withUnsafeTemporaryAllocation(byteCount: digits, alignment: 1) { text in
      for place in 0..<digits { text[place] = hexadecimalDigits[Int(number >> (UInt64(digits - 1 - place) * 4) & 15)] }
      put(UnsafeRawBufferPointer(text))
    }
  }

  /// Writes a text that came from outside, escaped so that it cannot break out of its place.
  mutating func put(_ text: String, in place: TextPlace) {
    var text = text
    text.withUTF8 { put(UnsafeRawBufferPointer($0), in: place) }
  }

  /// As above, for a text in UTF-8.
  mutating func put(_ text: UnsafeRawBufferPointer, in place: TextPlace) {
    // Most texts need no escapes and are written in one piece.
    if text.allSatisfy(place == .body(.json) ? JSONEscape.isPlain : isUnreserved) { return put(text) }
    for byte in text {
      switch place {
      case .head, .body(.form): put(percentEncoded: byte)
      case .body(.json): JSONEscape.put(byte) { put($0) }
      case .body(.xml): put(escapedForXML: byte)
      case .body(.plain): put(byte)
      }
    }
  }

  private mutating func put(escapedForXML byte: UInt8) {
    switch byte {
    case UInt8(ascii: "&"): put("&amp;")
    case UInt8(ascii: "<"): put("&lt;")
    case UInt8(ascii: ">"): put("&gt;")
    case UInt8(ascii: "\""): put("&quot;")
    case UInt8(ascii: "'"): put("&apos;")
    default: put(byte)
    }
  }

  /// Percent-encodes everything that is not unreserved (RFC 3986), so that no text can end a request line, a header, or a value of a form.
  private mutating func put(percentEncoded byte: UInt8) {
    guard !isUnreserved(byte) else { return put(byte) }
    put(UInt8(ascii: "%"))
    put(capitalDigits[Int(byte >> 4)])
    put(capitalDigits[Int(byte & 15)])
  }
}

/// Where in a request a text stands.
enum TextPlace: Equatable {
  /// In the request line or a header.
  case head
  /// Within a body: in JSON, within the quotes that are there.
  case body(BodyForm)
}

/// Whether a byte is unreserved: RFC 3986, 2.3.
@inline(__always)
private func isUnreserved(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
    UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
    true
  default: false
  }
}

private let hexadecimalDigits = Array("0123456789abcdef".utf8)
private let capitalDigits = Array("0123456789ABCDEF".utf8)
