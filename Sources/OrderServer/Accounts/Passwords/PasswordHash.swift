import Crypto
import CryptoExtras

/// How much work it is to hash a password with scrypt (RFC 7914).
struct ScryptCost: Sendable, Hashable {
  /// The binary logarithm of N.
  var logN: Int
  var blockSize = 8
  var parallelism = 1

  /// 16 MiB, and about 40 ms of one core.
  static let standard = ScryptCost(logN: 14)

  /// Whether a hash with this cost is accepted from a store: a damaged row must not make the server take more than 1 GiB.
  var isAcceptable: Bool {
    (1...20).contains(logN) && (1...32).contains(blockSize) && (1...16).contains(parallelism)
      && (blockSize * parallelism) << logN <= 1 << 23
  }
}

/// A password as it is stored: salted, slow to try, and with the cost that it was made with, so that new hashes can be made costlier.
struct PasswordHash: Sendable, Equatable {
  let cost: ScryptCost
  let salt: [UInt8]
  let key: [UInt8]

  init(cost: ScryptCost, salt: [UInt8], key: [UInt8]) {
    self.cost = cost
    self.salt = salt
    self.key = key
  }

  /// Hashes a password with a random salt. Blocks this thread for as long as the cost demands.
  /// - Parameter password: must not be empty.
  /// - Throws: where scrypt refuses the cost.
  init(_ password: String, cost: ScryptCost) throws {
    let salt = Self.randomSalt()
    self.init(cost: cost, salt: salt, key: try Self.derive(from: password, salt: salt, length: 32, cost: cost))
  }

  /// A hash that no password fits. It is tried where there is no account, so that this takes as long as a wrong password.
  init(fittingNothing cost: ScryptCost) {
    self.init(cost: cost, salt: Self.randomSalt(), key: Secret.random().bytes)
  }

  /// Whether it was made from this password, which must not be empty. Blocks this thread for as long as its cost demands; the
  /// comparison takes constant time.
  func fits(_ password: String) throws -> Bool {
    let derived = SymmetricKey(data: try Self.derive(from: password, salt: salt, length: key.count, cost: cost))
    return derived == SymmetricKey(data: key)
  }

  private static func randomSalt() -> [UInt8] { Array(Secret.random().bytes.prefix(16)) }

  /// - Parameter password: must not be empty: the library reads its first byte.
  private static func derive(from password: String, salt: [UInt8], length: Int, cost: ScryptCost) throws -> [UInt8] {
    let key = try KDF.Scrypt.deriveKey(
      from: Array(password.utf8), salt: salt, outputByteCount: length, rounds: 1 << cost.logN, blockSize: cost.blockSize,
      parallelism: cost.parallelism)
    return key.withUnsafeBytes(Array.init)
  }
}

extension PasswordHash {
  /// In the PHC string format: `$scrypt$ln=14,r=8,p=1$<salt>$<key>`, both in unpadded base64.
  var text: String {
    "$scrypt$ln=\(cost.logN),r=\(cost.blockSize),p=\(cost.parallelism)$\(Base64.text(salt, for: .standard))$\(Base64.text(key, for: .standard))"
  }

  /// - Returns: `nil` where the text is no such hash, its salt is shorter than 8 bytes or its key than 16, or its cost is not
  ///   acceptable.
  init?(text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
    let settings = parts[2].split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
    guard settings.count == 3, settings.allSatisfy({ $0.count == 2 }), settings.map(\.[0]) == ["ln", "r", "p"] else { return nil }
    let numbers = settings.compactMap { Int($0[1]) }
    guard numbers.count == 3 else { return nil }
    let cost = ScryptCost(logN: numbers[0], blockSize: numbers[1], parallelism: numbers[2])
    guard let salt = Base64.bytes(parts[3].utf8, for: .standard), let key = Base64.bytes(parts[4].utf8, for: .standard) else { return nil }
    guard cost.isAcceptable, salt.count >= 8, key.count >= 16 else { return nil }
    self.init(cost: cost, salt: salt, key: key)
  }
}
