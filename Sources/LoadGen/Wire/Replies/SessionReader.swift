import Foundation
import Shared

/// Reads the answers to logins and renewals.
struct SessionReader: Sendable {
  private let login: Authentication.Login
  private let scanner: JSONScanner
  /// Whether nothing that is looked for is in the answer's document, so that it need not have one.
  private let needsNoDocument: Bool

  init(_ login: Authentication.Login) {
    self.login = login
    var token: FieldPath = ""
    if case .body(let field) = login.token { token = field }
    scanner = JSONScanner([token, login.refresh?.token ?? token, login.expiresIn ?? token])
    needsNoDocument = login.token.header != nil && login.refresh == nil && login.expiresIn == nil
  }

  /// Whether a login that is answered by a redirect may have succeeded.
  var takesRedirects: Bool { login.token == .cookies }

  /// The longest token that is accepted, in bytes: tokens come from the target and go back with every request.
  static let longestToken = 16_384

  /// The tokens that an answer brings. Their lifetime is taken from the first of these that is present: the field that the dialect names,
  /// the cookies' shortest `Max-Age`, the token itself if it is a JWT, and the dialect's fixed lifetime.
  /// - Parameters:
  ///   - bytes: the answer's body.
  ///   - headers: the values of the header that holds the token, if a header does.
  ///   - clock: when the answer was sent by the target's own clock, in seconds since the epoch; `nil` if it does not say.
  /// - Throws: `Failure`, which never contains anything that may be a token.
  func tokens(_ bytes: UnsafeRawBufferPointer, headers: [[UInt8]] = [], sent clock: Double?) throws(Failure) -> Tokens {
    var values: [JSONScalar?] = [nil, nil, nil]
    if !needsNoDocument {
      do throws(BadJSON) { values = try scanner.values(in: bytes) } catch {
        throw Failure(.badResponse, "the login's answer is not JSON: \(error)")
      }
    }
    let cookies = login.token == .cookies ? headers.compactMap(SetCookie.init) : []
    guard let token = token(values[0], headers, cookies) else {
      throw Failure(.badResponse, "the login's answer has no token \(login.token.words)")
    }
    var tokens = Tokens(access: token)
    if login.refresh != nil, case .string(let text) = values[1], text.utf8.count <= Self.longestToken { tokens.refresh = text }
    tokens.lifetime =
      lifetime(values[2]) ?? Self.nanoseconds(cookies.compactMap(\.maxAge).min().map(Double.init))
      ?? Self.lifetime(jwt: token, sent: clock) ?? login.lifetime?.nanoseconds
    return tokens
  }

  private func token(_ value: JSONScalar?, _ headers: [[UInt8]], _ cookies: [SetCookie]) -> String? {
    switch login.token {
    case .body:
      guard case .string(let token) = value, Self.isUsable(token) else { return nil }
      return token
    case .header:
      guard let header = headers.first else { return nil }
      // Some answer with the complete header value that they expect to be sent.
      let scheme = Array("bearer ".utf8)
      let isWhole = header.prefix(scheme.count).map(ByteScan.lowercased) != scheme
      let token = String(decoding: isWhole ? header[...] : header.dropFirst(scheme.count), as: UTF8.self)
      return Self.isUsable(token) ? token : nil
    case .cookies:
      let header = SetCookie.header(cookies)
      return header.isEmpty || header.utf8.count > Self.longestToken ? nil : header
    }
  }

  /// Whether the token can be sent in a header without breaking it.
  private static func isUsable(_ token: String) -> Bool {
    !token.isEmpty && token.utf8.count <= longestToken && token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  private func lifetime(_ value: JSONScalar?) -> Int64? {
    guard login.expiresIn != nil else { return nil }
    switch value {
    case .string(let text), .number(let text): return Self.nanoseconds(Double(text))
    default: return nil
    }
  }

  /// The time until a JWT expires (RFC 7519, 4.1), counted from its issue (`iat`) or from the sending of the answer, whichever is shorter:
  /// both by the target's clock, so that ours may be wrong. Our clock is used only if the target gives neither.
  private static func lifetime(jwt token: String, sent clock: Double?) -> Int64? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let payload = Data(base64URL: parts[1]) else { return nil }
    return payload.withUnsafeBytes { bytes in
      guard let values = try? JSONScanner.values(at: ["exp", "iat"], in: bytes), let end = seconds(values[0]) else { return nil }
      let beginnings = [seconds(values[1]), clock].compactMap { $0 }
      return (beginnings.isEmpty ? [WallClock.now] : beginnings).compactMap { nanoseconds(end - $0) }.min()
    }
  }

  private static func seconds(_ value: JSONScalar?) -> Double? {
    if case .number(let text) = value { Double(text) } else { nil }
  }

  private static func nanoseconds(_ seconds: Double?) -> Int64? {
    guard let seconds, seconds > 0, seconds < 9e9 else { return nil }
    return Int64(seconds * 1e9)
  }
}

extension Data {
  /// Decodes RFC 4648, section 5, without padding.
  fileprivate init?(base64URL text: Substring) {
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
  }
}
