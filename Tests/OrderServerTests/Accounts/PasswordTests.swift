import Dispatch
import Testing

@testable import OrderServer

extension ScryptCost {
  /// Cheap enough for tests, which are not about how slow it is.
  static let cheap = ScryptCost(logN: 4)
}

@Suite("Passwords")
struct PasswordTests {
  @Test("Two hashes of one password differ, and both fit it and nothing else")
  func salts() throws {
    let first = try PasswordHash("correct horse", cost: .cheap)
    let second = try PasswordHash("correct horse", cost: .cheap)
    #expect(first.salt != second.salt && first.key != second.key)
    for hash in [first, second] {
      #expect(try hash.fits("correct horse"))
      for other in ["correct horsf", "correct hors", "correct horse ", "Correct horse"] { #expect(try !hash.fits(other)) }
    }
  }

  @Test("A hash is read back with the cost that it was made with, and fits what it fitted")
  func keepsCost() throws {
    for cost in [ScryptCost.cheap, ScryptCost(logN: 5, blockSize: 4, parallelism: 2)] {
      let hash = try PasswordHash("pässword", cost: cost)
      let read = try #require(PasswordHash(text: hash.text))
      #expect(read == hash && read.cost == cost)
      #expect(try read.fits("pässword"))
      #expect(!hash.text.contains("pässword"))
    }
    #expect(try PasswordHash("x", cost: ScryptCost(logN: 4)).text.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
  }

  @Test("It is scrypt as RFC 7914 has it")
  func vector() throws {
    // The second of its test vectors: N = 1024, r = 8, p = 16, salt "NaCl"; salts this short we make none of, so it is built by hand.
    let key: [UInt8] = [
      0xfd, 0xba, 0xbe, 0x1c, 0x9d, 0x34, 0x72, 0x00, 0x78, 0x56, 0xe7, 0x19, 0x0d, 0x01, 0xe9, 0xfe, 0x7c, 0x6a, 0xd7, 0xcb, 0xc8, 0x23,
      0x78, 0x30, 0xe7, 0x73, 0x76, 0x63, 0x4b, 0x37, 0x31, 0x62, 0x2e, 0xaf, 0x30, 0xd9, 0x2e, 0x22, 0xa3, 0x88, 0x6f, 0xf1, 0x09, 0x27,
      0x9d, 0x98, 0x30, 0xda, 0xc7, 0x27, 0xaf, 0xb9, 0x4a, 0x83, 0xee, 0x6d, 0x83, 0x60, 0xcb, 0xdf, 0xa2, 0xcc, 0x06, 0x40,
    ]
    let hash = PasswordHash(cost: ScryptCost(logN: 10, blockSize: 8, parallelism: 16), salt: Array("NaCl".utf8), key: key)
    #expect(try hash.fits("password"))
    #expect(try !hash.fits("passwore"))
  }

  @Test(
    "What is no hash, or one that would take gigabytes, is not read",
    arguments: [
      "", "$scrypt$", "plain", "$bcrypt$ln=4,r=8,p=1$c2FsdHNhbHQ$a2V5a2V5a2V5a2V5a2V5", "$scrypt$ln=4,r=8$c2FsdHNhbHQ$a2V5a2V5a2V5a2V5a2V5",
      "$scrypt$ln=30,r=8,p=1$c2FsdHNhbHQ$a2V5a2V5a2V5a2V5a2V5", "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHQ$",
      "$scrypt$ln=4,r=8,p=1$!$a2V5a2V5a2V5a2V5a2V5",
      "$scrypt$ln=-4,r=8,p=1$c2FsdHNhbHQ$a2V5a2V5a2V5a2V5a2V5", "$scrypt$r=8,ln=4,p=1$c2FsdHNhbHQ$a2V5a2V5a2V5a2V5a2V5",
      "$scrypt$ln=20,r=32,p=1$c2FsdHNhbHQ$a2V5a2V5a2V5a2V5a2V5",
    ])
  func refuses(text: String) {
    #expect(PasswordHash(text: text) == nil)
  }

  @Test("An unknown account, a wrong password and a right one cost one derivation each; so does what no password can be")
  func costsAreAlike() async throws {
    let hasher = PasswordHasher(cost: .cheap)
    let hash = try await hasher.hash("correct horse", in: .login(.none))
    #expect(hasher.derivations == 1)
    let tries: [(String, PasswordHash?, Bool)] = [
      ("correct horse", hash, true), ("wrong horse", hash, false), ("correct horse", nil, false), ("", hash, false), ("", nil, false),
      (String(repeating: "x", count: 100_000), hash, false),
    ]
    for (index, (password, hash, isFitting)) in tries.enumerated() {
      #expect(try await hasher.fits(password, hash, in: .login(.none)) == isFitting)
      #expect(hasher.derivations == index + 2)
    }
  }

  @Test("Who finds too many waiting is refused at once, and all others are served")
  func refusesWhenFull() async throws {
    let hasher = PasswordHasher(cost: ScryptCost(logN: 10), threads: 1, room: 4)
    let results = await withTaskGroup(of: Result<PasswordHash, any Error>.self) { group in
      for index in 0..<200 {
        group.addTask {
          do { return .success(try await hasher.hash("password \(index)", in: .login(.none))) } catch { return .failure(error) }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var served = 0
    for result in results {
      switch result {
      case .success: served += 1
      case .failure(let error): #expect(error as? AccountError == .busy(retryAfter: .seconds(1)))
      }
    }
    // Whether anyone is refused depends on how fast they come; that none is served twice, or forgotten, does not.
    #expect(served == hasher.derivations && served >= 5)
    #expect(try await hasher.hash("and then one more", in: .login(.none)).fits("and then one more"))
  }

  @Test("With no room and its thread busy, the next one is refused for certain")
  func refusesForCertain() async throws {
    let hasher = PasswordHasher(cost: ScryptCost(logN: 10), threads: 1, room: 0)
    try await withThreadHeld(of: hasher) {
      await #expect(throws: AccountError.busy(retryAfter: .seconds(1))) { try await hasher.hash("the second one", in: .login(.none)) }
    }
  }
}

/// Keeps the only thread of a hasher busy for as long as the body lasts, however slow or fast the machine is.
func withThreadHeld(of hasher: PasswordHasher, _ body: () async throws -> Void) async throws {
  let gate = DispatchSemaphore(value: 0)
  let (begun, began) = AsyncStream.makeStream(of: Void.self)
  async let holder = hasher.fits("what holds the thread", nil, in: .login(.none)) {
    began.yield()
    gate.wait()
  }
  for await _ in begun { break }
  do {
    // Let go in any case: nobody could end who waits for the holder.
    defer { gate.signal() }
    try await body()
  }
  _ = try await holder
}
