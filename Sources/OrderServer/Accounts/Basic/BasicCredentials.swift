import Crypto

/// Who may pass with HTTP's Basic authentication (RFC 7617): names and passwords that the operator has written down.
///
/// Kept as keyed hashes of `name:password`. A right name with a wrong password goes exactly the way of a wrong name: one hash,
/// and one look that finds nothing. So the time it takes tells neither whether a name exists nor how much of a password is right.
struct BasicCredentials: Sendable {
  /// Of this process, so that nobody can work out which hashes lie beside each other.
  private let key = SymmetricKey(size: .bits256)
  private let known: Set<HMAC<SHA256>.MAC>

  init(_ accounts: [BasicAccount]) {
    known = Set(accounts.map { [key] in HMAC<SHA256>.authenticationCode(for: Array("\($0.name):".utf8) + $0.password.bytes, using: key) })
  }

  /// - Parameter header: the value of `Authorization`.
  /// - Returns: the account's name; `nil` where there is no header, or one that is malformed or wrong.
  func verify(header: String?) -> String? {
    guard let header, let pair = Self.pair(in: header), let colon = pair.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    guard known.contains(HMAC<SHA256>.authenticationCode(for: pair, using: key)) else { return nil }
    return String(validating: pair[..<colon], as: UTF8.self)
  }

  /// The bytes of `name:password`.
  private static func pair(in header: String) -> [UInt8]? {
    let parts = header.split(separator: " ")
    guard parts.count == 2, parts[0].lowercased() == "basic" else { return nil }
    let letters = parts[1].utf8.reversed().drop { $0 == UInt8(ascii: "=") }
    return Base64.bytes(letters.reversed(), for: .standard)
  }
}

/// One that the operator has written down.
struct BasicAccount: Sendable {
  /// Without a colon.
  var name: String
  var password: Secret
}
