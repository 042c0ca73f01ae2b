import Foundation
import Shared
import Testing

@testable import LoadRun

@Suite("Dialect files")
struct DialectWriterTests {
  @Test("What is shown of a built-in dialect is read back as the same one", arguments: Dialect.builtIn)
  func builtIn(dialect: Dialect) throws {
    let text = DialectWriter.text(dialect)
    #expect(try DialectFile.read(text, path: "x.yaml") == dialect)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 200 }, "\(text)")
  }

  @Test("Any dialect that a file can say is read back as the same one")
  func random() throws {
    for round in 0..<CodecDice.rounds(500) {
      var random = RandomDialect(seed: 23, round: round)
      let dialect = random.draw()
      let text = DialectWriter.text(dialect)
      let back = Result { try DialectFile.read(text, path: "x.yaml") }
      guard case .success(dialect) = back else {
        Issue.record("round \(round): \(back)\n\(text)")
        return
      }
    }
  }

  @Test("A file that is like a built-in dialect has its parts, but for those that it says itself")
  func like() throws {
    let dialect = try DialectFile.read(
      "like: marketplace\nready: /health\ncancel: none\nassumptions: {max_age: 2s}\n", path: "shops/corner.yaml")
    var expected = Dialect.marketplace
    expected.name = "corner"
    expected.readyPath = "/health"
    expected.cancel = nil
    expected.assumptions = Dialect.Assumptions(maxAge: .seconds(2))
    #expect(dialect == expected)
    #expect(Dialect.standard.assumptions.requeue == .onRestart, "it is order-server's")
    #expect(try DialectFile.read("like: standard\n", path: "corner.yaml").assumptions.requeue == .any, "it is another server's")
    let error = #expect(throws: ConfigurationError.self) {
      try DialectFile.read("like: marketplace\nlist: none\n", path: "corner.yaml")
    }
    #expect("\(try #require(error))".hasPrefix("corner.yaml:1: like: 'from: list' counts the list, and there is no 'list'"))
  }

  @Test("The least that a file must say takes every default")
  func defaults() throws {
    let dialect = try DialectFile.read(
      """
      create: {path: /orders, id: {body: id}}
      status: {path: "/orders/{id}", field: status, words: {completed: DONE}}
      """, path: "small.yaml")
    #expect(
      dialect
        == Dialect(
          name: "small", summary: "", readyPath: "/ping",
          create: Dialect.Create(Dialect.Request("POST", "/orders"), acceptedCodes: [200, 201, 202], id: Dialect.IDSource(.body("id"))),
          status: Dialect.Status(
            .order(Dialect.Request("GET", "/orders/{id}"), field: "status"), words: StatusWords([.completed: ["DONE"]]))))
  }

  @Test("A file that is none, or no YAML, is named with what would be right")
  func noFile() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("order-load-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func error(_ name: String, _ bytes: [UInt8]?) throws -> String {
      let path = folder.appendingPathComponent(name).path
      if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
      return "\(try #require(#expect(throws: ConfigurationError.self) { try DialectFile.read(path) }))"
    }
    #expect(try error("gone.yaml", nil).contains("gone.yaml' cannot be read: No such file or directory"))
    #expect(try error(".", nil).contains("is a folder, and no file"))
    #expect(try error("latin.yaml", [0x6E, 0xE9]).contains("latin.yaml' is not UTF-8 text"))
    #expect(try error("empty.yaml", []).contains("empty.yaml:1: the file is empty: 'loadgen dialects show standard"))
    #expect(try error("words.yaml", Array("my shop".utf8)).contains("words.yaml:1: it is 'my shop' where keys with values are due"))
    #expect(try error("list.yaml", Array("- a\n- b\n".utf8)).contains("list.yaml:1: it is a list where keys with values are due"))
    let braces = try error("braces.yaml", Array("name: x\nstatus: {path: /orders/{id}/status}\n".utf8))
    #expect(braces.contains("braces.yaml:2: this is not YAML:"), "\(braces)")
    #expect(braces.contains("must stand in quotes, as in '/orders/{id}'"))
  }

  @Test("--dialect takes a name or a file, and says of neither what it could be")
  func place() throws {
    #expect(try Scenario.dialect("fcfs") == .fcfs)
    let misspelt = #expect(throws: UnitError.self) { try Scenario.dialect("fcsf") }
    #expect("\(try #require(misspelt))".hasSuffix("or a file such as my-shop.yaml; did you mean 'fcfs'?"))
    #expect(throws: ConfigurationError.self) { try Scenario.dialect("./nowhere.yaml") }
  }
}
