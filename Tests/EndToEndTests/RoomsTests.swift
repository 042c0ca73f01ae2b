import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// `scripts/rooms`, which holds the arrows between the rooms of each program.
  @Suite("Rooms")
  struct RoomsTests {
    private static let root = Programs.fixtures.deletingLastPathComponent().deletingLastPathComponent()
    private static let script = root.appendingPathComponent("scripts/rooms").path

    @Test("No room of loadgen or of order-server mentions one to its right")
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

    @Test("The rooms of order-server are held, too, and the files beside them are to the right of all")
    func orderServer() async throws {
      let done = try await rooms("OrderServer/Orders", "let shelf: Shelf")
      #expect(done.code == 1)
      #expect(
        done.output
          == "Sources/OrderServer/Orders/File.swift:1: Orders mentions Shelf, which is of Storage: Orders knows only what is to its left\n",
        "\(done.errors)")
      #expect(try await rooms("OrderServer/Profiles", "let shelf: Shelf").code == 0)
      #expect(try await rooms("OrderServer/HTTP", "let shelf: Shelf").code == 1)
      #expect(try await rooms("OrderServer", "let shelf: Shelf").code == 0)
      #expect(try await rooms("OrderServer/Configuration", "let program: Program").code == 1)
      #expect(try await rooms("OrderServer/Ledger", "").errors.contains("Ledger is no room of OrderServer"))
    }

    /// What is said of a tree in which the ledger of loadgen has a `Book`, its simulation a `System`, the storage of order-server a `Shelf`, and
    /// that room, whose program is loadgen where none is named, one file.
    private func rooms(_ room: String, _ text: String) async throws -> Programs.Finished {
      try await withTemporaryFolder { folder in
        let room = room.hasPrefix("OrderServer") ? room : "LoadGen/\(room)"
        for (place, text) in [
          ("LoadGen/Ledger/Book", "package struct Book {}"), ("LoadGen/Simulation/System", "enum System {}"),
          ("OrderServer/Storage/Shelf", "struct Shelf {}"), ("OrderServer/Program", "enum Program {}"), ("\(room)/File", text),
        ] {
          let file = folder.appendingPathComponent("Sources/\(place).swift")
          try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
          try Data(text.utf8).write(to: file)
        }
        return try await Programs.run(Self.script, [folder.path])
      }
    }
  }
}
