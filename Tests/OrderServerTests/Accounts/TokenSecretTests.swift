import Foundation
import Testing

@testable import OrderServer
import Shared

@Suite("TokenSecret")
struct TokenSecretTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var place: SecretPlace { StoreLocation.sqlite(SQLiteLocation(path: folder.file("orders.db"))).secretPlace }

  private func load(_ source: TokenSecret.Source, place: SecretPlace? = nil) throws -> Secret {
    try TokenSecret.load(from: source, place: place ?? self.place) { Issue.record("\($0)") }
  }

  private func write(_ text: String, mode: Int = 0o600) throws -> String {
    let path = folder.file("secret.txt")
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  @Test("It is made at the first start beside the store, for its owner alone, and is the same from then on")
  func isKept() throws {
    let first = try load(.besideStore)
    #expect(try load(.besideStore).bytes == first.bytes)
    #expect(first.bytes.count >= 32)
    #expect(try folder.names() == ["orders.db.secret"])
    #expect(try mode(of: folder.file("orders.db.secret")) == 0o600)
  }

  @Test("With the memory store it is a fresh one each time, and no file is made")
  func memory() throws {
    #expect(try load(.besideStore, place: .memory).bytes != load(.besideStore, place: .memory).bytes)
    #expect(try folder.names().isEmpty)
  }

  @Test("Servers that share a database are told to share a secret, and none is made")
  func shared() throws {
    let error = #expect(throws: ConfigurationError.self) { try load(.besideStore, place: .shared) }
    #expect(error?.description.contains("must sign with the same secret") == true, "\(error?.description ?? "")")
    #expect(try folder.names().isEmpty)
  }

  @Test("The line ends behind it, and a byte order mark before it, are no part of it, in a file or in the variable")
  func trims() throws {
    let text = String(repeating: "k", count: 32)
    for whole in [text + "\r\n", text + "\n\n", "\u{FEFF}" + text, text] {
      #expect(try load(.file(write(whole))).bytes == Array(text.utf8))
      #expect(try load(.given(Secret(whole.utf8))).bytes == Array(text.utf8))
    }
    // Blanks are its own.
    #expect(try load(.file(write(text + " \n"))).bytes == Array("\(text) ".utf8))
  }

  @Test("One of fewer than 32 bytes is refused by where it stands, and is not shown")
  func tooShort() throws {
    let short = String(repeating: "k", count: 31)
    let path = try write(short + "\n")
    for (source, origin) in [(TokenSecret.Source.file(path), path), (.given(Secret(short.utf8)), "ORDER_SERVER_TOKEN_SECRET")] {
      let error = #expect(throws: ConfigurationError.self) { try load(source) }
      let text = error?.description ?? ""
      #expect(text.contains(origin) && text.contains("31 bytes") && text.contains("at least 32") && !text.contains("kkk"), "\(text)")
    }
  }

  @Test("A file that is missing, or none, is refused by its name")
  func noFile() throws {
    for path in [folder.file("missing"), folder.path] {
      let error = #expect(throws: ConfigurationError.self) { try load(.file(path)) }
      #expect(error?.description.contains("'\(path)'") == true, "\(error?.description ?? "")")
    }
  }

  @Test("A file that others may read is used, with a warning that names it", arguments: [0o644, 0o640, 0o604, 0o620])
  func warns(mode: Int) throws {
    let path = try write(String(repeating: "k", count: 40), mode: mode)
    var warnings: [String] = []
    _ = try TokenSecret.load(from: .file(path), place: .memory) { warnings.append($0) }
    #expect(warnings.count == 1 && warnings[0].contains(path) && !warnings[0].contains("kkk"))
  }

  @Test("A secret that another user has laid where ours would be is refused, as is their link; one that was named is used, with a warning")
  func refusesStrangers() throws {
    let path = try write(String(repeating: "k", count: 40), mode: 0o600)
    // Root may do what others cannot try: give a file away. For all others it is enough to be somebody else.
    let isRoot = geteuid() == 0
    if isRoot { try #require(chown(path, 4_711, 4_711) == 0) }
    let user = isRoot ? 0 : geteuid() + 1
    for isOwn in [true, false] {
      var warnings: [String] = []
      let file = ProtectedFile(path: path, isOwn: isOwn, user: user)
      if isOwn {
        let error = #expect(throws: ConfigurationError.self) { try file.read { warnings.append($0) } }
        #expect(error?.description.contains("'\(path)': it belongs to another user of this machine") == true, "\(error?.description ?? "")")
        #expect(warnings.isEmpty)
      } else {
        #expect(try file.read { warnings.append($0) }.count == 40)
        #expect(warnings.count == 1 && warnings[0].contains("belongs to another user"), "\(warnings)")
      }
    }
    if isRoot {
      let link = folder.file("link")
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/etc/passwd")
      #expect(throws: Never.self) { try ProtectedFile(path: link, isOwn: true).read { _ in } }
      try #require(lchown(link, 4_711, 4_711) == 0)
      #expect(throws: ConfigurationError.self) { try ProtectedFile(path: link, isOwn: true).read { _ in } }
    }
    // All the way from where the program takes it.
    if isRoot {
      try FileManager.default.moveItem(atPath: path, toPath: folder.file("orders.db.secret"))
      let error = #expect(throws: ConfigurationError.self) { try TokenSecret.load(from: .besideStore, place: place) { _ in } }
      #expect(error?.description.contains("orders.db.secret") == true)
    }
  }

  @Test("A file that is there is never written over, and of many who make one at once all get the same")
  func isMadeOnce() async throws {
    let path = folder.file("made")
    let made = await withTaskGroup(of: Bool?.self) { group in
      for index in 0..<20 { group.addTask { try? ProtectedFile(path: path).make { "text \(index)" } } }
      return await group.reduce(0) { $0 + ($1 == true ? 1 : 0) }
    }
    #expect(made == 1)
    let before = try ProtectedFile(path: path).read { _ in }
    #expect(try !ProtectedFile(path: path).make { "other" })
    #expect(try ProtectedFile(path: path).read { _ in } == before)
    #expect(try folder.names() == ["made"])
  }

  @Test("However a secret is printed, it is not seen")
  func isNotSeen() {
    let secret = Secret("hunter2".utf8)
    let settings = AccountSettings(tokenSecret: .given(secret), basicAccounts: .given(secret))
    var dumped = ""
    dump(settings, to: &dumped)
    let bytes = "\(Array("hunter2".utf8))"
    for text in [
      "\(secret)", String(reflecting: secret), "\(settings)", String(reflecting: settings), dumped,
      "\(BasicAccount(name: "a", password: secret))",
    ] {
      #expect(!text.contains("hunter2") && !text.contains(bytes) && !text.contains("104"), "\(text)")
    }
  }
}
