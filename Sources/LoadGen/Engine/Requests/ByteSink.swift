import NIOCore

/// Where a request's bytes go: into a buffer, or only into a count, so that a body's length is known before it is written.
protocol ByteSink {
  mutating func put(_ bytes: [UInt8])
  mutating func put(_ byte: UInt8)
}

extension ByteBuffer: ByteSink {
  mutating func put(_ bytes: [UInt8]) { writeBytes(bytes) }
  mutating func put(_ byte: UInt8) { writeInteger(byte) }
}

struct ByteCounter: ByteSink {
  private(set) var count = 0

  mutating func put(_ bytes: [UInt8]) { count += bytes.count }
  mutating func put(_ byte: UInt8) { count += 1 }
}

extension ByteSink {
  mutating func put(decimal number: UInt64) {
    var divisor: UInt64 = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      put(UInt8(48 + number / divisor % 10))
      divisor /= 10
    }
  }

  /// Writes the lowest digits of a number in hexadecimal.
  mutating func put(hexadecimal number: UInt64, digits: Int) {
    for place in (0..<digits).reversed() { put(Self.hexadecimal[Int(number >> (UInt64(place) * 4) & 15)]) }
  }

  /// Writes a text that came from outside, in such a way that it stays what it is where it stands.
  mutating func put(_ text: String, in place: TextPlace) {
    for byte in text.utf8 {
      switch place {
      case .head: put(escapedForHead: byte)
      case .json: put(escapedForJSON: byte)
      }
    }
  }

  /// Whatever is not unreserved (RFC 3986) is escaped, so that no text can end a request line or a header.
  private mutating func put(escapedForHead byte: UInt8) {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      put(byte)
    default:
      put(UInt8(ascii: "%"))
      put(Self.capitals[Int(byte >> 4)])
      put(Self.capitals[Int(byte & 15)])
    }
  }

  private mutating func put(escapedForJSON byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      put(UInt8(ascii: "\\"))
      put(byte)
    case 0..<0x20:
      put(Array("\\u".utf8))
      put(hexadecimal: UInt64(byte), digits: 4)
    default: put(byte)
    }
  }

  private static var hexadecimal: [UInt8] { hexadecimalDigits }
  private static var capitals: [UInt8] { capitalDigits }
}

/// Where a text stands in a request.
enum TextPlace {
  /// In the request line or a header.
  case head
  /// Within a JSON document: between quotes where it is no number.
  case json
}

private let hexadecimalDigits = Array("0123456789abcdef".utf8)
private let capitalDigits = Array("0123456789ABCDEF".utf8)
