/// What all Transfer-Encoding headers of a response say together.
struct TransferCodings {
  private(set) var isPresent = false
  /// Whether `chunked` is the last coding, so that the body comes in chunks. Otherwise it lasts until the connection is closed.
  private(set) var endInChunked = false
  private var haveChunked = false

  mutating func add(_ value: UnsafeRawBufferPointer) throws(BadResponse) {
    isPresent = true
    var start = 0
    while start <= value.count {
      let end = Self.elementEnd(in: value, from: start)
      try addCoding(ByteScan.trimmed(value, from: start, to: end), in: value)
      start = end + 1
    }
  }

  private mutating func addCoding(_ coding: UnsafeRawBufferPointer, in value: UnsafeRawBufferPointer) throws(BadResponse) {
    // The list may have empty elements: RFC 9110, 5.6.1.2.
    guard !coding.isEmpty else { return }
    let nameEnd = coding.firstIndex { !ByteScan.isToken($0) } ?? coding.count
    let name = UnsafeRawBufferPointer(rebasing: coding[0..<nameEnd])
    guard !name.isEmpty, Parameters.areValid(coding, from: nameEnd, needValues: true) else {
      throw .transferEncoding(found: ByteScan.excerpt(value))
    }
    endInChunked = ByteScan.matches(name, "chunked")
    guard endInChunked else { return }
    // RFC 9112, 7.1: `chunked` is applied at most once and has no parameters.
    guard nameEnd == coding.count, !haveChunked else { throw .transferEncoding(found: ByteScan.excerpt(value)) }
    haveChunked = true
  }

  /// The offset of the next comma that is not within a quoted parameter; the end of the value if there is none.
  private static func elementEnd(in value: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    var isQuoted = false
    while index < value.count {
      switch value[index] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\\") where isQuoted: index += 1
      case UInt8(ascii: ",") where !isQuoted: return index
      default: break
      }
      index += 1
    }
    return value.count
  }
}
