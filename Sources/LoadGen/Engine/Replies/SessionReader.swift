import Foundation
import Shared

/// Reads the answers to logins.
struct SessionReader: Sendable {
  private let login: Authentication.Login
  private let scanner: JSONScanner

  init(_ login: Authentication.Login) {
    self.login = login
    scanner = JSONScanner([login.token, login.refresh?.token ?? login.token, login.expiresIn ?? login.token])
  }

  /// A token comes from the target, and goes back with every request. In bytes.
  static let longestToken = 16_384

  /// - Parameter clock: when the answer was sent by the target's own clock, in seconds since the epoch; `nil` where it does not say.
  /// - Throws: `Failure`, which never holds what may be a token.
  func tokens(_ bytes: UnsafeRawBufferPointer, sent clock: Double?) throws(Failure) -> Tokens {
    let values: [JSONScalar?]
    do throws(BadJSON) { values = try scanner.values(in: bytes) } catch {
      throw Failure(.badResponse, "the login's answer is not JSON: \(error)")
    }
    guard case .string(let token) = values[0], Self.isUsable(token) else {
      throw Failure(.badResponse, "the login's answer has no token at '\(login.token)'")
    }
    var tokens = Tokens(access: token)
    if login.refresh != nil, case .string(let text) = values[1], text.utf8.count <= Self.longestToken { tokens.refresh = text }
    tokens.lifetime = lifetime(values[2]) ?? Self.lifetime(jwt: token, sent: clock) ?? login.lifetime?.nanoseconds
    return tokens
  }

  /// It stands in a header, and must not end it.
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

  /// Until a token expires (RFC 7519, 4.1), from when it was issued (its `iat`) or from when the answer was sent, whichever is the shorter:
  /// all by the target's clock, so that ours may be wrong. Ours counts where the target says neither.
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
  /// RFC 4648, section 5, without padding.
  fileprivate init?(base64URL text: Substring) {
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
  }
}
