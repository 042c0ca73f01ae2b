import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// `docs/schema/compare-1.json`, by a validator that knows nothing of us.
  @Suite("The schema of compare.json")
  struct ComparisonSchemaTests {
    private let schema = SchemaValidator(schema: "compare-1")

    @Test("Comparisons of pairs, of sittings, of single runs, and of runs of different loads keep to it, and no other does")
    func keeps() async throws {
      try await withTemporaryFolder { folder in
        let simulated = SimulatedRuns(folder: folder)
        let short = ["-d", "2s"]
        let before = try await simulated.make("before", 8, short)
        let slower = try await simulated.make("slower!", 8, short + ["--service-time", "exponential:80ms"])
        let apart = try await simulated.make("apart", 1, from: 100, short)
        let other = try await simulated.make("another load", 1, ["-d", "2s", "--rate", "50/s"])
        let comparisons: [(name: String, flags: [String])] = [
          ("pairs", before + ["--with"] + slower), ("too few", before.prefix(2) + ["--with"] + slower.prefix(2)),
          ("sittings", before + ["--with"] + apart),
          ("single", [before[0], "--judge-single-runs", "--with", slower[0]]), ("forced", [before[0], "--force", "--with", other[0]]),
          ("a gate of its own", before + ["--gate", "accept.p(99.9)", "--gate", "accepted.rate", "--with"] + slower),
        ]
        for (name, flags) in comparisons {
          let place = folder.appendingPathComponent(name)
          let done = try await Programs.run(Programs.loadgen, ["compare", "-o", place.path] + flags)
          let valid = try await schema.validate("as-written", place.appendingPathComponent("compare.json"))
          #expect(valid.code == 0, "\(name): \(valid.output)\(valid.errors)\(done.errors)")
        }

        let text = String(decoding: try Data(contentsOf: folder.appendingPathComponent("pairs/compare.json")), as: UTF8.self)
        for (old, new, named) in [
          (#""schema_version": 1"#, #""schema_version": 2"#, "schema_version"),
          (#""verdict": "regressed""#, #""verdict": "slower""#, "verdict"),
          (#""exit_code": "#, #""exit": 1, "exit_code": "#, "exit"), (#""observations": "#, #""observations": -"#, "observations"),
          (#""unit": "pair""#, #""unit": "order""#, "unit"),
        ] {
          let changed = text.replacing(old, with: new)
          #expect(changed != text, "\(old)")
          let file = folder.appendingPathComponent("changed.json")
          try Data(changed.utf8).write(to: file)
          let refused = try await schema.validate("of-earlier", file)
          #expect(refused.code == 1 && refused.output.contains(named), "\(new): \(refused.output)\(refused.errors)")
        }
      }
    }
  }
}
