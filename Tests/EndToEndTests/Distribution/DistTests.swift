import Foundation
import Testing

#if os(Linux)
  extension EndToEnd.LoadGen {
    /// `scripts/dist`, of programs that are built already: these are linked with Swift's libraries, and its check has to find that.
    @Suite("The tarball")
    struct DistTests {
      @Test(
        "The tarball has what it should, by nobody and of the commit's time; its check finds that the programs need Swift, and nothing else"
      )
      func tarball() async throws {
        try await withTemporaryFolder { folder in
          let made = try await Programs.run(
            Toolbox.script("dist"), ["--programs", Programs.folder.path, "--out", folder.path],
            environment: ["SOURCE_DATE_EPOCH": "1700000000"])
          #expect(made.code == 0, "\(made.output)\(made.errors)")
          let tarball = made.output.trimmingCharacters(in: .newlines)
          let name = URL(fileURLWithPath: tarball).lastPathComponent.replacing(".tar.gz", with: "")
          #expect(name.wholeMatch(of: #/order-load-\d+\.\d+\.\d+\S*-linux-\w+/#) != nil, "\(name)")
          let sums = try await Programs.run("/bin/sh", ["-c", #"cd "$0" && sha256sum --check --strict SHA256SUMS"#, folder.path])
          #expect(sums.code == 0 && sums.output.contains("\(name).tar.gz: OK"), "\(sums.output)\(sums.errors)")

          let listed = try await Programs.run(
            "/usr/bin/env", ["TZ=UTC", "tar", "--list", "--verbose", "--numeric-owner", "--full-time", "--file", tarball])
          let lines = listed.output.split(separator: "\n").map {
            $0.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
          }
          #expect(lines.allSatisfy { $0.count == 6 && $0[1] == "0/0" && $0[3] == "2023-11-14" && $0[4] == "22:13:20" }, "\(listed.output)")
          let members = lines.map { String($0.last?.dropFirst(name.count + 1) ?? "") }
          #expect(members == members.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }, "\(members)")
          for wanted in [
            "LICENSE", "README.md", "bin/loadgen", "bin/order-server", "share/man/man1/loadgen-run.1", "share/man/man1/order-server.1",
            "share/bash-completion/completions/loadgen", "share/zsh/site-functions/_loadgen",
            "share/fish/vendor_completions.d/order-server.fish",
          ] { #expect(members.contains(wanted), "\(wanted)") }

          let checked = try await Programs.run(Toolbox.script("dist"), ["--check", tarball])
          let failed = checked.output.split(separator: "\n").filter { $0.hasPrefix("  FAIL") }.map { String($0.dropFirst(8)) }
          #expect(checked.code == 1, "\(checked.output)\(checked.errors)")
          for program in ["loadgen", "order-server"] {
            #expect(failed.contains("\(program) needs no library of Swift"), "\(checked.output)")
          }
          // Where the system lets the check put the toolchain out of sight, these programs do not start.
          let unstarted = [
            "loadgen --help", "order-server --help", "loadgen --version", "loadgen demo, an order server beside it",
            "a manual page for each command",
          ]
          #expect(failed.allSatisfy { $0.hasSuffix("needs no library of Swift") || unstarted.contains($0) }, "\(checked.output)")
          #expect(checked.output.contains("  ok    bash reads loadgen's completions"), "\(checked.output)")
        }
      }

      @Test("What is no tarball fails its check, and what nobody knows is told how it is used")
      func wrong() async throws {
        try await withTemporaryFolder { folder in
          let file = folder.appendingPathComponent("x.tar.gz")
          try Data("none".utf8).write(to: file)
          #expect(try await Programs.run(Toolbox.script("dist"), ["--check", file.path]).code != 0)
          let done = try await Programs.run(Toolbox.script("dist"), ["--upload"])
          #expect(done.code == 2 && done.errors.contains("usage: scripts/dist"), "\(done.errors)")
        }
      }
    }
  }
#endif
