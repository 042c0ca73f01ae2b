import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// `scripts/rooms`, which holds the arrows between the rooms of loadgen.
  @Suite("Rooms")
  struct RoomsTests {
    private static let root = Programs.fixtures.deletingLastPathComponent().deletingLastPathComponent()
    private static let script = root.appendingPathComponent("scripts/rooms").path

    @Test("No room of loadgen mentions one to its right")
    func arrows() async throws {
      let done = try await Programs.run(Self.script, [])
      #expect(done.code == 0, "\(done.output)\(done.errors)")
    }

    @Test(
      "A type of a room to the right is named with file, line and both rooms, wherever in the code it is mentioned",
      arguments: [
        "let book: Book", "let text = \"a \\(Book(1)) b\"", "let text = \"a \\(\"(\" + Book.name) b\"", "extension Book {}",
        "let text = #\"a \\#(Book(1))\"#",
      ])
    func wrongWay(line: String) async throws {
      let done = try await rooms("Core", "// Another\n\(line)\n")
      #expect(done.code == 1)
      #expect(
        done.output == "Sources/LoadGen/Core/File.swift:2: Core mentions Book, which is of Ledger: Core knows only what is to its left\n",
        "\(done.errors)")
    }

    @Test(
      "What is no mention is none",
      arguments: [
        "// Book", "/* Book\nBook */", "let text = \"Book\"", "let text = \"\"\"\n  Book \"Book\"\n  \"\"\"", "let x = Other.Book()",
        "let url = \"http://host\" // Book", "let text = #\"\\(Book)\"#", "let pattern = /[^\"]/ // Book", "let Books = 1",
        "struct Shelf {\n  struct Book {}\n  let book: Book\n}",
      ])
    func noMention(text: String) async throws {
      let done = try await rooms("Core", text)
      #expect(done.code == 0, "\(done.output)\(done.errors)")
    }

    @Test("Who stands to the right may mention; two that stand beside one another may not")
    func order() async throws {
      #expect(try await rooms("Audit", "let book: Book").code == 0)
      #expect(try await rooms("Engine", "let system: System").code == 1)
      let stranger = try await rooms("Attic", "")
      #expect(stranger.code == 1)
      #expect(stranger.errors.contains("Attic is no room"), "\(stranger.errors)")
    }

    /// What is said of a tree in which the ledger has a `Book`, the simulation a `System`, and that room one file.
    private func rooms(_ room: String, _ text: String) async throws -> Programs.Finished {
      try await withTemporaryFolder { folder in
        for (place, text) in [("Ledger/Book", "package struct Book {}"), ("Simulation/System", "enum System {}"), ("\(room)/File", text)] {
          let file = folder.appendingPathComponent("Sources/LoadGen/\(place).swift")
          try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
          try Data(text.utf8).write(to: file)
        }
        return try await Programs.run(Self.script, [folder.path])
      }
    }
  }
}
