/// The values of the few headers that a driver needs, copied into one buffer that is reused for each response.
struct CapturedHeaders {
  /// Of `Set-Cookie` only the cookie's name is kept, and of several `Link`s the first that leads to a next page.
  enum Field: Int, CaseIterable {
    case location, retryAfter, age, contentType, date, contentEncoding, setCookie, link
  }

  /// The longest cookie name that is kept, in bytes.
  static let longestCookieName = 64

  private var bytes = ByteStore()
  /// Where each field's value begins in `bytes`; −1 if the response has no such header.
  private var starts = SIMD8<Int32>(repeating: -1)
  private var ends = SIMD8<Int32>(repeating: -1)

  /// Keeps a value. If a header occurs several times the first one counts, as RFC 9111 demands for `Age`.
  @inline(__always)
  mutating func keep(_ field: Field, _ value: UnsafeRawBufferPointer) {
    guard starts[field.rawValue] < 0, field != .link || LinkHeader.next(in: value) != nil else { return }
    starts[field.rawValue] = Int32(truncatingIfNeeded: bytes.count)
    bytes.append(value)
    ends[field.rawValue] = Int32(truncatingIfNeeded: bytes.count)
  }

  @inline(__always)
  mutating func removeAll() {
    guard starts != SIMD8(repeating: -1) else { return }
    bytes.removeAll()
    starts = SIMD8(repeating: -1)
  }

  /// As if the response had no such header.
  mutating func forget(_ field: Field) { starts[field.rawValue] = -1 }

  @inline(__always)
  func has(_ field: Field) -> Bool { starts[field.rawValue] >= 0 }

  /// The header's value, which may be empty; `nil` if there is no such header. Bytes that are not UTF-8 are replaced.
  subscript(field: Field) -> String? {
    withBytes(of: field) { $0.map { String(decoding: $0, as: UTF8.self) } }
  }

  /// The header's value as a number of seconds, the form of `Age` and usually of `Retry-After`; `nil` if it is anything else, such as a
  /// date, or exceeds `Int.max`.
  func seconds(_ field: Field) -> Int? {
    withBytes(of: field) { $0.flatMap { DecimalDigits.value($0) } }
  }

  /// Lends the header's bytes without copying them; `nil` if there is no such header.
  func withBytes<Result>(of field: Field, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
    let start = Int(starts[field.rawValue])
    guard start >= 0 else { return body(nil) }
    return bytes.withBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<Int(ends[field.rawValue])])) }
  }
}
