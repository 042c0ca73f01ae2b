import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// `scripts/manual`, which makes the manual pages of what the programs say of themselves.
  @Suite("Manual pages")
  struct ManualTests {
    /// The words of every command, as the programs tell them.
    private static func commands(_ program: String) async throws -> [[String]] {
      func words(_ command: [String: Any], _ above: [String]) -> [[String]] {
        let path = above + [command["commandName"] as? String ?? ""]
        let below = (command["subcommands"] as? [[String: Any]] ?? []).filter { $0["commandName"] as? String != "help" }
        return [path] + below.flatMap { words($0, path) }
      }
      let told = try await Programs.run(program, ["--experimental-dump-help"])
      let document = try #require(try JSONSerialization.jsonObject(with: Data(told.output.utf8)) as? [String: Any])
      return words(try #require(document["command"] as? [String: Any]), [])
    }

    /// The names of flags at the head of a line: of `  -c, --concurrency <n>  Creates in flight` both.
    private static func flags(_ heads: [Substring]) -> Set<String> {
      Set(heads.flatMap { head in head.matches(of: #/(?:^|[ ,])(--?[A-Za-z][\w-]*)/#).map { String($0.1) } })
    }

    @Test("Every command has a page, which has each flag that its --help has, and no other")
    func flags() async throws {
      try await withTemporaryFolder { folder in
        let pages = try await Toolbox.writePages(to: folder)
        var names: Set<String> = []
        for program in [Programs.loadgen, Programs.orderServer] {
          for words in try await Self.commands(program) {
            let name = words.joined(separator: "-") + ".1"
            names.insert(name)
            let page = String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
            let help = try await Programs.run(program, words.dropFirst() + ["--help"]).output
            let shown = Self.flags(help.matches(of: #/(?m)^  (-.*?)(?:  |$)/#).map(\.1))
            let items = page.split(separator: "\n").filter { $0.hasPrefix(".It Fl") }
            // mdoc's `Fl` writes the first dash, and `\-` is one.
            let told = Self.flags(
              items.map { Substring($0.replacing(".It", with: "").replacing("Fl ", with: "-").replacing("\\-", with: "-")) })
            #expect(!shown.isEmpty && told == shown, "\(name): \(told.symmetricDifference(shown))")
          }
        }
        #expect(Set(pages.map(\.lastPathComponent)) == names)
      }
    }

    @Test("mandoc finds nothing wrong with any page", .enabled(if: Toolbox.wants("mandoc")))
    func lint() async throws {
      let mandoc = try Toolbox.path("mandoc")
      try await withTemporaryFolder { folder in
        let pages = try await Toolbox.writePages(to: folder)
        let done = try await Programs.run(mandoc, ["-T", "lint", "-W", "warning"] + pages.map(\.path))
        #expect(done.code == 0 && done.output.isEmpty, "\(done.output)\(done.errors)")
        // It reads them, and so would find something.
        let broken = folder.appendingPathComponent("broken.1")
        try Data(".Dd November 30, 2026\n.Dt BROKEN 1\n.Os\n.Sh NAME\n.Bl -tag\n.It x\n".utf8).write(to: broken)
        #expect(try await Programs.run(mandoc, ["-T", "lint", "-W", "warning", broken.path]).code != 0)
      }
    }

    @Test(
      "What a page shows is what the program says: examples as they are typed, defaults, exit codes", .enabled(if: Toolbox.wants("mandoc")))
    func shown() async throws {
      let mandoc = try Toolbox.path("mandoc")
      try await withTemporaryFolder { folder in
        _ = try await Toolbox.writePages(to: folder)
        func text(_ name: String) async throws -> String {
          let done = try await Programs.run(
            "/bin/sh", ["-c", #"exec "$0" -T utf8 -O width=400 "$1" | sed 's/.\x08//g'"#, mandoc, folder.appendingPathComponent(name).path])
          return done.output
        }
        let run = try await text("loadgen-run.1")
        #expect(run.contains("loadgen run http://127.0.0.1:8000 --rate '0/s..1000/s over 1m, 1000/s for 5m, 200/s for 30s'"), "\(run)")
        #expect(run.contains("Closed load: creates in flight."), "\(run)")
        #expect(run.contains("EXIT STATUS") && run.contains("120     the audit found a contradiction"), "\(run)")
        #expect(run.contains("order-load 1.2.3") && run.contains("November 30, 2026"), "\(run)")
        #expect(try await text("loadgen-dialects.1").contains("loadgen-dialects-guess(1)"))
      }
    }
  }
}
