import Foundation
import JWTKit
import Shared

/// Signs access tokens and checks them: JWTs (RFC 7519) signed by HS256, which nobody can make or change without the secret.
struct AccessTokens: Sendable {
  private let keys = JWTKeyCollection()
  private let lifetime: Duration
  private let now: @Sendable () -> Timestamp

  /// - Parameters:
  ///   - secret: at least `TokenSecret.shortest` bytes.
  ///   - lifetime: how long a token is valid. It is rounded up to whole seconds, and counted from the whole second in which the token is
  ///     made, so that a lifetime of whole seconds is up to a second shorter and never longer.
  init(secret: Secret, lifetime: Duration, now: @escaping @Sendable () -> Timestamp) async {
    self.lifetime = lifetime
    self.now = now
    await keys.add(hmac: HMACKey(from: secret.bytes), digestAlgorithm: .sha256)
  }

  func make(for account: Account.ID) async throws -> String {
    // Never in the future: a careful reader refuses a token that was issued after now.
    let issued = now().wholeSecond
    return try await keys.sign(
      Claims(
        sub: String(account), iat: issued, exp: issued + Int64(lifetime.seconds.rounded(.up)), jti: UUID().uuidString.lowercased()))
  }

  /// The account that a token was made for.
  /// - Throws: `AccountError.invalidToken` whatever is wrong with it.
  func account(of token: String) async throws -> Account.ID {
    guard
      Self.algorithm(of: token) == "HS256",
      let claims = try? await keys.verify(token, as: Claims.self),
      now().wholeSecond < claims.exp,
      let id = Account.ID(claims.sub)
    else { throw AccountError.invalidToken }
    return id
  }

  /// The algorithm that the token's header names. The library uses its key's algorithm whatever the header says; a token that names another
  /// one is refused here.
  private static func algorithm(of token: String) -> String? {
    let parser = DefaultJWTParser()
    guard let header = try? parser.getTokenParts(Array(token.utf8)).header, let bytes = Base64.bytes(header, for: .url) else { return nil }
    return try? parser.jsonDecoder.decode(Header.self, from: Data(bytes)).alg
  }

  private struct Header: Decodable {
    var alg: String
  }

  private struct Claims: JWTPayload {
    var sub: String
    /// In whole seconds since 1970, as `exp` is: most tokens have that, and most readers expect it (RFC 7519 would allow fractions).
    var iat: Int64
    var exp: Int64
    /// Makes two tokens of the same second differ.
    var jti: String

    /// The signature is checked by the library, the expiry by our own clock.
    func verify(using algorithm: some JWTAlgorithm) {}
  }
}

extension Timestamp {
  /// Whole seconds since 1970, rounded down.
  fileprivate var wholeSecond: Int64 { Int64((Double(microseconds) / 1e6).rounded(.down)) }
}
