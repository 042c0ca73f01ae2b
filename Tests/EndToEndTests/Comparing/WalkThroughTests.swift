import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// `docs/ci.md`, whose shell is run as it stands there.
  @Suite("The walk through a gate")
  struct WalkThroughTests {
    private static let docs = Toolbox.root.appendingPathComponent("docs")

    private static func page() throws -> WalkThrough {
      WalkThrough(String(decoding: try Data(contentsOf: docs.appendingPathComponent("ci.md")), as: UTF8.self))
    }

    private static let path = "\(Programs.folder.path):\(CompositeAction.systemPath)"

    @Test("Each step of docs/ci.md, one after another from an empty folder, prints what the page says", .timeLimit(.minutes(15)))
    func steps() async throws {
      let steps = try Self.page().steps
      #expect(steps.count == 6)
      try await withTemporaryFolder { folder in
        for step in steps {
          let done = try await Programs.run(
            "/bin/sh", ["-c", #"cd "$0" && exec /bin/sh -c "$1" 2>&1"#, folder.path, step.script], environment: ["PATH": Self.path])
          let missing = WalkThrough.missing(step.printed, in: done.output)
          #expect(missing == nil, "\(step.script)\nprinted\n\(done.output)")
          #expect(done.code == 0 && done.output.isEmpty == step.printed.isEmpty, "\(step.script)\nprinted\n\(done.output)")
          // What follows stands on it.
          if missing != nil { return }
        }
        #expect(try ComparisonFile(folder.appendingPathComponent("gate")).verdict("turnaround.p(50)") == "regressed")
        #expect(try ComparisonFile(folder.appendingPathComponent("green")).verdict("turnaround.p(50)") == "equivalent")
      }
    }

    @Test("What a page says and a program does not print is noticed")
    func missing() {
      #expect(WalkThrough.missing(["a … d", "122"], in: "a  b\n   c d\n122\n") == nil)
      #expect(WalkThrough.missing(["a … d", "0"], in: "a b c d\n122\n") == "0")
      #expect(WalkThrough.missing(["d … a"], in: "a b c d") == "d … a")
    }

    @Test("The examples are what stands on the page, and what they call takes their flags")
    func examples() async throws {
      let files = ["github-workflow", "gitlab-ci"].map { Self.docs.appendingPathComponent("examples/\($0).yml") }
      let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
      #expect(try Self.page().examples == texts)
      #expect(texts[0].split(separator: "\n").count <= 25 && texts[1].split(separator: "\n").count <= 25)

      let steps = try #require(
        ((try await yaml(files[0])["jobs"] as? [String: Any])?["gate"] as? [String: Any])?["steps"] as? [[String: Any]])
      let given = try #require(steps.last?["with"] as? [String: String])
      let inputs = try #require(try await yaml(URL(fileURLWithPath: CompositeAction.file))["inputs"] as? [String: Any])
      #expect(Set(given.keys).isSubset(of: inputs.keys), "\(given)")

      let job = try #require(try await yaml(files[1])["performance"] as? [String: Any])
      let script = try #require((job["script"] as? [String])?.first)
      let artifacts = try #require(job["artifacts"] as? [String: Any])
      #expect(artifacts["when"] as? String == "always" && artifacts["paths"] as? [String] == ["gate"])
      #expect((artifacts["reports"] as? [String: String])?["junit"] == "gate/compare.junit.xml")
      for line in (job["before_script"] as? [String] ?? []) + [script] {
        let read = try await Programs.run("/usr/bin/env", ["bash", "-n", "-c", line])
        #expect(read.code == 0, "\(line): \(read.errors)")
      }

      // Where no such service is, all that was asked for was understood, and it is the service that does not start.
      try await withTemporaryFolder { folder in
        let refused = try await CompositeAction.run(
          in: folder, given.filter { $0.key != "tarball" && $0.key != "sha256" })
        #expect(refused.output("exit-code") == "104" && refused.printed("Load and judge").contains(", pair 1: "), "\(refused.content)")
        let done = try await Programs.run(
          "/bin/sh", ["-c", #"cd "$0" && exec /bin/sh -c "$1""#, folder.path, script], environment: ["PATH": Self.path])
        #expect(done.code == 104 && done.errors.contains(", pair 1: "), "\(done.output)\(done.errors)")
      }
    }

    /// A YAML file, as PyYAML reads it.
    private func yaml(_ file: URL) async throws -> [String: Any] {
      let read = "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)"
      let done = try await Programs.run(try PythonTools(environment: "python-api").path("python3"), ["-c", read, file.path])
      return try #require(try JSONSerialization.jsonObject(with: Data(done.output.utf8)) as? [String: Any], "\(done.errors)")
    }
  }
}
