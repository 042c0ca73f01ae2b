import Foundation
import Testing

@testable import OrderServer
import Shared

@Suite("BasicCredentials")
struct BasicCredentialsTests {
  private let credentials = BasicCredentials([
    BasicAccount(name: "orders", password: Secret("s3cret".utf8)), BasicAccount(name: "jörg", password: Secret("a:b: pässword".utf8)),
  ])

  private static func header(_ pair: String) -> String { "Basic " + Data(pair.utf8).base64EncodedString() }

  @Test("A known name with its password passes, colons and all that UTF-8 holds included")
  func passes() {
    #expect(credentials.verify(header: Self.header("orders:s3cret")) == "orders")
    #expect(credentials.verify(header: Self.header("jörg:a:b: pässword")) == "jörg")
  }

  @Test("The scheme is read in any case, and base64 with or without its padding")
  func spellings() {
    let letters = Data("orders:s3cret".utf8).base64EncodedString()
    for header in ["basic \(letters)", "BASIC  \(letters) ", "Basic \(letters.filter { $0 != "=" })"] {
      #expect(credentials.verify(header: header) == "orders", "\(header)")
    }
  }

  @Test(
    "A wrong name, a wrong password, one account's with another's, and parts of both are refused",
    arguments: [
      "orders:wrong", "nobody:s3cret", "orders:a:b: pässword", "jörg:s3cret", "orders:", ":s3cret", "orders", "order:ss3cret",
      "orders:s3cret ",
      "Orders:s3cret", ":", "",
    ])
  func refuses(pair: String) {
    #expect(credentials.verify(header: Self.header(pair)) == nil)
  }

  @Test(
    "A header that is malformed, or of another scheme, is refused",
    arguments: [
      nil, "", "Basic", "Basic ", "Bearer b3JkZXJzOnMzY3JldA==", "b3JkZXJzOnMzY3JldA==", "Basic !!!!", "Basic b3JkZXJzOnMzY3JldA==x",
      "Basic b3Jk ZXJzOnMzY3JldA==", "Basic /////w==", "Basic =",
    ] as [String?])
  func malformed(header: String?) {
    #expect(credentials.verify(header: header) == nil)
  }
}

@Suite("Accounts in a file or the environment")
struct BasicAccountSourceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var place: SecretPlace { .beside(path: folder.file("orders.db")) }

  @Test("Lines of name:password are read; comments and empty lines are not; a password keeps its colons and spaces")
  func reads() throws {
    let accounts = try BasicAccountList.parse("# who may\n\n  # pass\na:1\r\nb: 2:3 #x\n".utf8, from: "f")
    #expect(accounts.map(\.name) == ["a", "b"])
    #expect(accounts.map(\.password.bytes) == [Array("1".utf8), Array(" 2:3 #x".utf8)])
  }

  @Test(
    "Accounts are the same whichever way lines end, with a byte order mark or without, and whether the last line ends at all",
    arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
  func lineEnds(end: String, mark: String) throws {
    for last in ["", end] {
      let text = mark + ["# who may", "", "a: 1 ", "b:2", "c:3"].joined(separator: end) + last
      let accounts = try BasicAccountList.parse(text.utf8, from: "f")
      #expect(accounts.map(\.name) == ["a", "b", "c"], "\(text.debugDescription)")
      // A password's blanks are its own.
      #expect(accounts.map { String(decoding: $0.password.bytes, as: UTF8.self) } == [" 1 ", "2", "3"], "\(text.debugDescription)")
    }
  }

  @Test(
    "A line that is wrong is named by its number, and nothing of it is shown",
    arguments: [
      ("a:1\nhunter2\n", "f, line 2, has no colon"), ("a:1\n\n:hunter2", "f, line 3, has no name"),
      ("hunter2:", "f, line 1, has no password"), ("a:1\r\nb:hunter2\u{7}\r\n", "f, line 2, has control characters"),
      ("a:1\na:hunter2", "f, line 2, has the name of an earlier line"), ("# hunter2\n", "f has no line"), ("", "f has no line"),
      ("a:\0hunter2", "f has NUL bytes"),
    ])
  func refuses(text: String, reason: String) {
    let error = #expect(throws: ConfigurationError.self) { try BasicAccountList.parse(text.utf8, from: "f") }
    #expect(error?.description.hasPrefix(reason) == true && error?.description.contains("hunter2") == false, "\(error?.description ?? "")")
  }

  @Test("Without any, one account is made beside the store, for its owner alone, and the notice names the file only")
  func makes() throws {
    var notices: [String] = []
    let first = try BasicAccountSource.besideStore.load(place: place, notify: { notices.append($0) }, warn: { Issue.record("\($0)") })
    let again = try BasicAccountSource.besideStore.load(place: place, notify: { notices.append($0) }, warn: { Issue.record("\($0)") })
    #expect(first.map(\.name) == ["orders"] && first[0].password.bytes.count >= 24)
    #expect(again.map(\.password.bytes) == first.map(\.password.bytes))
    #expect(try mode(of: folder.file("orders.db.accounts")) == 0o600)
    #expect(try folder.names() == ["orders.db.accounts"])
    #expect(notices.count == 1 && notices[0].contains("orders.db.accounts"))
    #expect(!notices[0].contains(String(decoding: first[0].password.bytes, as: UTF8.self)))
  }

  @Test("With the memory store and nothing given, the error says what to give")
  func memory() {
    let error = #expect(throws: ConfigurationError.self) {
      try BasicAccountSource.besideStore.load(place: .memory, notify: { _ in }, warn: { _ in })
    }
    #expect(error?.description.contains("--accounts-file") == true && error?.description.contains("ORDER_SERVER_ACCOUNTS") == true)
  }

  @Test("A file that others may read is used, with a warning that names it")
  func warns() throws {
    let path = folder.file("accounts.txt")
    try "a:hunter2\n".write(toFile: path, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    var warnings: [String] = []
    let accounts = try BasicAccountSource.file(path).load(place: .memory, notify: { _ in }, warn: { warnings.append($0) })
    #expect(accounts.count == 1 && warnings.count == 1)
    #expect(warnings[0].contains(path) && !warnings[0].contains("hunter2"))
    #expect(try BasicAccountSource.given(Secret("a:b".utf8)).load(place: .memory, notify: { _ in }, warn: { _ in }).count == 1)
  }
}

func mode(of path: String) throws -> Int? {
  try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
}
