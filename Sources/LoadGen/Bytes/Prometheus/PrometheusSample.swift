/// A name or a value within Prometheus text, which may have escapes.
struct PrometheusWord {
  /// Without the quotes.
  let bytes: UnsafeRawBufferPointer
  /// Whether a backslash stands in it: `\\`, `\"` and `\n` stand for a backslash, a quote and a line feed, and any other for itself.
  let hasEscapes: Bool

  /// Whether it stands for exactly these bytes.
  func isSame(_ plain: [UInt8]) -> Bool {
    guard hasEscapes else { return bytes.count == plain.count && bytes.elementsEqual(plain) }
    return unescaped.elementsEqual(plain)
  }

  /// The bytes that it stands for.
  var unescaped: [UInt8] {
    guard hasEscapes else { return Array(bytes) }
    var (plain, index) = ([UInt8](), 0)
    plain.reserveCapacity(bytes.count)
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        plain.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): plain.append(next)
      case UInt8(ascii: "n"): plain.append(ByteScan.lineFeed)
      default:
        plain.append(byte)
        continue
      }
      index += 1
    }
    return plain
  }
}

/// One line of Prometheus text that has a number; valid while the text is.
struct PrometheusSample {
  struct Label {
    let name: PrometheusWord
    let value: PrometheusWord
  }

  var name: PrometheusWord
  var labels: [Label]
  /// The number as it is printed: decimal digits, or `+Inf`, `-Inf`, `NaN` in any case.
  var value: UnsafeRawBufferPointer
}
