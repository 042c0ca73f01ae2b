import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// The composite action for GitHub, its shell run as it stands there.
  @Suite("The GitHub action")
  struct ActionTests {
    private static let load = "Load and judge"
    private static let target = "http://127.0.0.1:{port}"

    /// Flags that start an order server whose orders take so long, and send it a few.
    private static func flags(_ time: String) -> String {
      "--serve 'order-server --port {port} --store memory --workers unlimited --service-time \(time)' -n 40 -c 4 --poll 10ms"
    }

    @Test("A run that passes passes the job, says so in its summary once, and has its reports uploaded")
    func passes() async throws {
      try await withTemporaryFolder { folder in
        let done = try await CompositeAction.run(in: folder, ["target": Self.target, "args": Self.flags("5ms")])
        #expect(done.succeeded && done.output("exit-code") == "0" && done.output("verdict") == "pass", "\(done.content)")
        #expect(done.summary.contains("## ✅ PASS") && done.summary.split(separator: "\n").filter { $0.hasPrefix("## ") }.count == 1)
        #expect(done.output("report") == "loadgen-report")
        #expect(done.upload == ["name": "loadgen-report", "path": "loadgen-report"])
        #expect(FileManager.default.fileExists(atPath: folder.path + "/loadgen-report/summary.json"))
      }
    }

    @Test("A threshold that does not hold fails the job with loadgen's code, after the upload; with fail-on never it does not")
    func fails() async throws {
      try await withTemporaryFolder { folder in
        let args = Self.flags("50ms") + "\n--threshold 'completion.p(50)<1ms'"
        let done = try await CompositeAction.run(in: folder, ["target": Self.target, "args": args, "report-dir": "a b"])
        #expect(!done.succeeded && done.output("exit-code") == "99" && done.output("verdict") == "fail", "\(done.content)")
        #expect(done.step("Pass or fail")["code"] as? Int == 99 && done.upload?["path"] == "a b")
        #expect(done.summary.contains("## ❌ FAIL"), "\(done.summary)")
        let lenient = try await CompositeAction.run(
          in: folder, ["target": Self.target, "args": args, "fail-on": "never", "upload": "false"])
        #expect(lenient.succeeded && lenient.output("exit-code") == "99" && lenient.upload == nil, "\(lenient.content)")
      }
    }

    @Test("A candidate that is slower fails the job, whose summary names the gate; runs that were made are compared by their folders")
    func slower() async throws {
      try await withTemporaryFolder { folder in
        func server(_ time: String) -> String {
          "exec order-server --port {port} --store memory --workers unlimited --service-time \(time)"
        }
        let gate = "--gate 'completion.p(50)' --margin 30%"
        let done = try await CompositeAction.run(
          in: folder,
          [
            "mode": "ab", "baseline": server("100ms"), "candidate": server("300ms"), "report-dir": "gate",
            "args": "-n 20 -c 4 --poll 10ms --pairs 6 \(gate)",
          ])
        #expect(!done.succeeded && done.output("exit-code") == "122" && done.output("verdict") == "regressed", "\(done.content)")
        #expect(done.summary.contains("REGRESSED") && done.summary.contains("completion.p(50)"), "\(done.summary)")
        #expect(done.summary.split(separator: "\n").filter { $0.hasPrefix("## ") }.count == 1, "\(done.summary)")
        let sides = ["baseline", "candidate"].map { side in (1...6).map { "'gate/runs/\($0)-\(side)'" } }
        let same = try await CompositeAction.run(
          in: folder,
          [
            "mode": "compare", "baseline": sides[0].joined(separator: " "), "candidate": sides[1].joined(separator: "\n"), "args": gate,
            "report-dir": "again", "fail-on": "never",
          ])
        #expect(same.succeeded && same.output("exit-code") == "122" && same.output("verdict") == "regressed", "\(same.content)")
        // Two are too few: that is undecided, and fails where it is to.
        let few = [
          "mode": "compare", "baseline": "gate/runs/1-baseline", "candidate": "gate/runs/1-candidate", "report-dir": "few", "args": gate,
        ]
        let undecided = try await CompositeAction.run(in: folder, few)
        #expect(undecided.succeeded && undecided.output("verdict") == "undecided", "\(undecided.content)")
        let strict = try await CompositeAction.run(in: folder, few.merging(["fail-on": "undecided"]) { $1 })
        #expect(!strict.succeeded && strict.output("exit-code") == "122", "\(strict.content)")
      }
    }

    @Test(
      "Nothing that is given becomes a command, a flag in the place of a target, or an output of its own",
      arguments: ["target", "baseline", "candidate", "args", "mode", "fail-on", "report-dir", "tarball", "sha256", "artifact"])
    func injection(input: String) async throws {
      // All that ends a text, or begins a command in one; a line that would be an output; and what would be a flag.
      for text in ["$(touch pwned)`touch pwned`'; touch pwned; '\" && touch pwned && \"", "x\nverdict=pass", "-q"] {
        try await withTemporaryFolder { folder in
          // With a run that would be refused whatever it is given, before it is made.
          var inputs = ["target": "http://127.0.0.1:1", "mode": "ab", "baseline": "a", "candidate": "b", "upload": "false"]
          inputs[input] = text
          let done = try await CompositeAction.run(in: folder, inputs)
          #expect(!done.succeeded && done.output("verdict") != "pass", "\(input) \(text): \(done.content)")
          #expect(!FileManager.default.fileExists(atPath: folder.path + "/pwned"), "\(input) \(text): \(done.content)")
        }
      }
    }

    @Test(
      "What cannot be right is said in one annotation before anything is built, and no report of an earlier step is taken for this one's")
    func wrong() async throws {
      try await withTemporaryFolder { folder in
        for (inputs, words) in [
          (["mode": "bench"], "mode: run, ab or compare"), (["fail-on": "always"], "fail-on: regression, undecided or never"),
          (["args": "--gate 'x"], "args: a quote is not closed"), (["tarball": "http://127.0.0.1/x"], "tarball: an https URL or a path"),
          (["report-dir": ""], "report-dir: the path of a folder"),
        ] {
          let done = try await CompositeAction.run(in: folder, inputs)
          #expect(!done.succeeded && done.printed("Check what was given").contains("::error title=loadgen::\(words)"), "\(done.content)")
          #expect(done.outcome("Find loadgen") == "skipped")
        }
        let earlier = folder.appendingPathComponent("loadgen-report")
        try FileManager.default.createDirectory(at: earlier, withIntermediateDirectories: true)
        try Data("## ✅ PASS\n".utf8).write(to: earlier.appendingPathComponent("report.md"))
        let done = try await CompositeAction.run(in: folder, ["target": "http://127.0.0.1:1", "args": "-n 1"])
        #expect(!done.succeeded && done.output("exit-code") == "104" && done.output("verdict") == "error", "\(done.content)")
        #expect(done.summary.isEmpty && done.upload == nil)
      }
    }

    @Test("A tarball is unpacked and used, where its SHA-256 is as it was said")
    func tarball() async throws {
      try await withTemporaryFolder { folder in
        // As scripts/dist lays one out; the programs in it lead to those that were built.
        let pack = #"""
          cd "$0" && mkdir -p x/bin && for program in loadgen order-server; do
            printf '#!/bin/sh\nexec "%s/%s" "$@"\n' "$1" "$program" >"x/bin/$program" && chmod +x "x/bin/$program"
          done
          tar -czf x.tar.gz x && sha256sum <x.tar.gz | cut -c 1-64
          """#
        let packed = try await Programs.run("/bin/sh", ["-c", pack, folder.path, Programs.folder.path])
        let sum = packed.output.trimmingCharacters(in: .newlines)
        let inputs = ["target": Self.target, "args": Self.flags("5ms"), "tarball": "x.tar.gz", "sha256": sum.uppercased()]
        let done = try await CompositeAction.run(in: folder, inputs, hasPrograms: false)
        #expect(done.succeeded && done.output("verdict") == "pass", "\(done.content)")
        let other = try await CompositeAction.run(
          in: folder, inputs.merging(["sha256": String(sum.reversed())]) { $1 }, hasPrograms: false)
        #expect(!other.succeeded && other.printed("Unpack loadgen").contains("SHA-256 is \(sum)"), "\(other.content)")
        #expect(other.outcome(Self.load) == "skipped")
      }
    }

    @Test("Without one it is built, unless the cache has what these sources make")
    func cache() async throws {
      try await withTemporaryFolder { folder in
        let done = try await CompositeAction.run(in: folder, ["target": "http://127.0.0.1:1"], hasPrograms: false, "--cache-hit")
        let cache = done.step("Restore what was built")
        #expect(cache["uses"] as? String == "actions/cache@v4")
        let given = cache["with"] as? [String: String] ?? [:]
        #expect(given["key"]?.wholeMatch(of: #/order-load-Linux-X64-[0-9a-f]{64}/#) != nil, "\(given)")
        #expect(given["path"]?.hasSuffix("/temp/order-load") == true, "\(given)")
        #expect(done.outcome("Build loadgen") == "skipped" && done.outcome("Put loadgen on PATH") == "success", "\(done.content)")
      }
    }

    @Test("shellcheck finds nothing wrong with any step, nor with any script", .enabled(if: Toolbox.wants("shellcheck")))
    func shellcheck() async throws {
      let shellcheck = try Toolbox.path("shellcheck")
      try await withTemporaryFolder { folder in
        let written = try await CompositeAction.python(
          [CompositeAction.file, "--scripts", folder.path], in: folder, path: CompositeAction.systemPath)
        #expect(written.code == 0, "\(written.errors)")
        let steps = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sh") }
        #expect(steps.count == 7, "\(steps)")
        let scripts = try FileManager.default.contentsOfDirectory(atPath: Toolbox.script("")).map(Toolbox.script).filter { script in
          let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: script)), as: UTF8.self)
          return text.hasPrefix("#!/usr/bin/env bash") || script.hasSuffix(".sh")
        }
        #expect(scripts.count > 8, "\(scripts)")
        let done = try await Programs.run(
          shellcheck, ["--external-sources", "--source-path", Toolbox.script("")] + steps.map { "\(folder.path)/\($0)" } + scripts)
        #expect(done.code == 0 && done.output.isEmpty, "\(done.output)\(done.errors)")
      }
    }
  }
}
