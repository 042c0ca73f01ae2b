@testable import LoadRun

/// A status line and its headers, by RFC 9112.
struct PlainHead {
  enum Body: Equatable {
    case none, untilClose, chunked
    case fixed(Int)
  }

  let status: Int
  private let minorVersion: Int
  private var headers: [PlainHeader] = []
  private var length: Int?
  private var codings: [String] = []

  /// Nil where the line is none.
  init?(statusLine line: [UInt8]) {
    guard line.count >= 12, line.starts(with: "HTTP/1.".utf8), line[8] == UInt8(ascii: " "), line.allSatisfy(PlainText.isPrintable) else {
      return nil
    }
    guard let minorVersion = PlainText.number([line[7]]), minorVersion < 2 else { return nil }
    guard let status = PlainText.number(Array(line[9..<12])), 100...599 ~= status else { return nil }
    guard line.count == 12 || line[12] == UInt8(ascii: " ") else { return nil }
    self.status = status
    self.minorVersion = minorVersion
  }

  /// False where its value cannot be, by itself or beside the headers before it.
  mutating func add(_ header: PlainHeader) -> Bool {
    headers.append(header)
    switch header.name {
    case "content-length":
      for element in PlainText.list(header.value) {
        guard let number = PlainText.number(element), length == nil || length == number else { return false }
        length = number
      }
    case "transfer-encoding":
      guard let more = PlainText.codings(header.value) else { return false }
      codings += more
      return codings.count { $0 == "chunked" } < 2
    default: break
    }
    return true
  }

  var body: Body {
    if status == 204 || status == 304 { return .none }
    if has("transfer-encoding") { return codings.last == "chunked" ? .chunked : .untilClose }
    guard let length else { return .untilClose }
    return .fixed(length)
  }

  var keepsAlive: Bool {
    let isDoubtful = has("transfer-encoding") && (length != nil || minorVersion == 0)
    return !says("close") && body != .untilClose && !isDoubtful && (minorVersion == 1 || says("keep-alive"))
  }

  /// The first of a name: the parser gives out no other.
  func first(_ name: String) -> String? {
    headers.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
  }

  /// The first cookie's name: no more of it is kept.
  var firstCookie: String? {
    headers.first { $0.name == "set-cookie" }.map { header in
      let name = header.value.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
      return String(decoding: PlainText.trimmed(name.prefix(CapturedHeaders.longestCookieName)), as: UTF8.self)
    }
  }

  private func has(_ name: String) -> Bool { headers.contains { $0.name == name } }

  private func says(_ option: String) -> Bool {
    headers.contains { header in
      header.name == "connection" && PlainText.list(header.value).contains { PlainText.lowercased($0) == option }
    }
  }
}
