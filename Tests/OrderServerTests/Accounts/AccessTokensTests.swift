import Crypto
import Foundation
import Shared
import Synchronization
import Testing

@testable import OrderServer

/// A clock that stands still until it is moved.
final class HandClock: Sendable {
  private let elapsed = Atomic<Int64>(0)

  var clock: OrderClock {
    OrderClock(startingAt: Timestamp(microseconds: 1_767_323_046_250_000)) { self.elapsed.load(ordering: .relaxed) }
  }

  func advance(by duration: Duration) { elapsed.add(duration.nanoseconds / 1_000, ordering: .relaxed) }
}

@Suite("AccessTokens")
struct AccessTokensTests {
  private let hand = HandClock()
  private let secret = Secret.random()

  private func tokens(secret: Secret? = nil, lifetime: Duration = .seconds(900)) async -> AccessTokens {
    let clock = hand.clock
    return await AccessTokens(secret: secret ?? self.secret, lifetime: lifetime) { clock.now() }
  }

  /// A token by the long way, with any header and claims.
  private static func token(header: String, claims: String, secret: Secret) -> String {
    let input = [header, claims].map { Base64.text(Array($0.utf8), for: .url) }.joined(separator: ".")
    let code = HMAC<SHA256>.authenticationCode(for: Array(input.utf8), using: SymmetricKey(data: secret.bytes))
    return input + "." + Base64.text(Array(code), for: .url)
  }

  @Test("A token says whose it is, and is a JWT of HS256 with sub, iat, exp and an id that no other has")
  func makes() async throws {
    let tokens = await tokens()
    let first = try await tokens.make(for: 17)
    #expect(try await tokens.account(of: first) == 17)
    let second = try await tokens.make(for: 17)
    #expect(second != first)
    let parts = first.split(separator: ".")
    #expect(parts.count == 3)
    let header = try JSON(parsing: String(decoding: #require(Base64.bytes(parts[0].utf8, for: .url)), as: UTF8.self))
    #expect(header.isSame(as: ["alg": "HS256", "typ": "JWT"]))
    let claims = try JSON(parsing: String(decoding: #require(Base64.bytes(parts[1].utf8, for: .url)), as: UTF8.self))
    #expect(claims["sub"] == "17" && claims["jti"] != nil)
    #expect(claims["iat"] == .number(1_767_323_046) && claims["exp"] == .number(1_767_323_946))
  }

  @Test("It is good for as long as was said, counted from the second in which it was made, and not longer")
  func expires() async throws {
    let tokens = await tokens(lifetime: .seconds(3))
    let token = try await tokens.make(for: 1)
    hand.advance(by: .milliseconds(2_749))
    #expect(try await tokens.account(of: token) == 1)
    hand.advance(by: .milliseconds(1))
    await #expect(throws: AccountError.invalidToken) { try await tokens.account(of: token) }
  }

  @Test("A token that was changed at any place is refused")
  func tampered() async throws {
    let tokens = await tokens()
    let token = Array(try await tokens.make(for: 1).utf8)
    // The last character holds two bits that mean nothing.
    for place in token.indices.dropLast() {
      var changed = token
      changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      await #expect(throws: AccountError.invalidToken, "place \(place)") {
        try await tokens.account(of: String(decoding: changed, as: UTF8.self))
      }
    }
  }

  @Test("A token of another secret is refused")
  func otherSecret() async throws {
    let token = try await tokens(secret: .random()).make(for: 1)
    let tokens = await tokens()
    await #expect(throws: AccountError.invalidToken) { try await tokens.account(of: token) }
  }

  @Test("A token that says another algorithm is refused, even where its signature is right")
  func otherAlgorithm() async throws {
    let claims = #"{"sub":"1","iat":1767323045,"exp":1767329999,"jti":"x"}"#
    let tokens = await tokens()
    #expect(try await tokens.account(of: Self.token(header: #"{"alg":"HS256","typ":"JWT"}"#, claims: claims, secret: secret)) == 1)
    for header in [#"{"alg":"none"}"#, #"{"alg":"HS512"}"#, #"{"alg":"RS256"}"#, #"{"alg":"hs256"}"#, "{}", "null", ""] {
      let token = Self.token(header: header, claims: claims, secret: secret)
      let unsigned = token.split(separator: ".").prefix(2).joined(separator: ".") + "."
      await #expect(throws: AccountError.invalidToken, "\(header)") { try await tokens.account(of: token) }
      await #expect(throws: AccountError.invalidToken, "\(header)") { try await tokens.account(of: unsigned) }
    }
  }

  @Test(
    "Claims that are missing or make no sense are refused",
    arguments: [
      "{}", #"{"sub":"1","iat":1767323045,"jti":"x"}"#, #"{"sub":"one","iat":1767323045,"exp":1767329999,"jti":"x"}"#,
      #"{"sub":1,"iat":1767323045,"exp":1767329999,"jti":"x"}"#, #"{"sub":"1","iat":1767323045,"exp":"soon","jti":"x"}"#, "[]", "",
    ])
  func claims(text: String) async {
    let tokens = await tokens()
    let token = Self.token(header: #"{"alg":"HS256"}"#, claims: text, secret: secret)
    await #expect(throws: AccountError.invalidToken) { try await tokens.account(of: token) }
  }

  @Test(
    "What is no token at all is refused", arguments: ["", ".", "..", "a.b.c", "a.b.c.d", "ö.ö.ö", String(repeating: ".", count: 5_000)])
  func noToken(text: String) async {
    let tokens = await tokens()
    await #expect(throws: AccountError.invalidToken) { try await tokens.account(of: text) }
  }

  @Test("The token is what stands behind Bearer, in whatever case, and nothing else is one")
  func bearer() {
    #expect(BearerToken.text(in: "Bearer abc") == "abc")
    #expect(BearerToken.text(in: "bearer  abc ") == "abc")
    for header in [nil, "", "Bearer", "Bearer ", "Basic abc", "Bearer a b", "abc"] as [String?] {
      #expect(BearerToken.text(in: header) == nil)
    }
  }
}
