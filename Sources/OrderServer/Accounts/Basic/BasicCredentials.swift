import Crypto
import Shared

/// Who is let in with HTTP's Basic authentication (RFC 7617): names and passwords that the operator has written down.
///
/// Kept as keyed hashes of `name:password`. A right name with a wrong password is handled exactly as a wrong name: one hash,
/// and one lookup that finds nothing. So the time it takes tells neither whether a name exists nor how much of a password is right.
struct BasicCredentials: Sendable {
  /// Made anew by each process, so that nobody can work out which hashes lie beside each other.
  private let key = SymmetricKey(size: .bits256)
  /// The place of each account in the list.
  private let known: [HMAC<SHA256>.MAC: Int]
  private let names: [String]

  /// What a request's credentials are worth.
  enum Finding: Sendable, Hashable {
    /// There is no header, or it holds no Basic credentials at all.
    case nothing
    case wrong
    /// The account's place in the list.
    case right(Int)
  }

  init(_ accounts: [BasicAccount]) {
    names = accounts.map(\.name)
    known = Dictionary(
      accounts.enumerated().map { [key] place, account in
        (HMAC<SHA256>.authenticationCode(for: Array("\(account.name):".utf8) + account.password.bytes, using: key), place)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// - Parameter header: the value of `Authorization`.
  func look(at header: String?) -> Finding {
    guard let header, let pair = Self.pair(in: header), pair.contains(UInt8(ascii: ":")) else { return .nothing }
    return known[HMAC<SHA256>.authenticationCode(for: pair, using: key)].map(Finding.right) ?? .wrong
  }

  /// - Parameter header: the value of `Authorization`.
  /// - Returns: the account's name; `nil` where there is no header, or one that is malformed or wrong.
  func verify(header: String?) -> String? {
    guard case .right(let place) = look(at: header) else { return nil }
    return names[place]
  }

  /// The bytes of `name:password`.
  private static func pair(in header: String) -> [UInt8]? {
    let parts = header.parts(between: " ")
    guard parts.count == 2, parts[0].isSameWord(as: "basic") else { return nil }
    let letters = parts[1].utf8.reversed().drop { $0 == UInt8(ascii: "=") }
    return Base64.bytes(letters.reversed(), for: .standard)
  }
}

/// An account that the operator has written down.
struct BasicAccount: Sendable {
  /// Without a colon.
  var name: String
  var password: Secret
}
