import Foundation
import Testing

extension EndToEnd.Targets {
  @Suite("A target that refuses every create")
  struct RefusedStartTests {
    /// Runs loadgen against a server that answers everything alike.
    private func run(_ answer: [String], _ flags: [String], path: String = "") async throws -> (Programs.Finished, RunFolder) {
      let script = Programs.fixtures.appendingPathComponent("answering_server.py").path
      return try await withTemporaryFolder { folder in
        try await RunningProgram.with("/usr/bin/env", ["python3", script] + answer) { _, url in
          let done = try await Programs.run(
            Programs.loadgen, ["run", url + path, "-c", "2", "-n", "300", "-o", "\(folder.path)/run"] + flags)
          return (done, try RunFolder(folder.appendingPathComponent("run")))
        }
      }
    }

    @Test(
      "After ten refusals of one kind and nothing else the run ends with 104, and says what is probably wrong",
      arguments: [
        (["404"], "POST /api/v1/orders answered 404 to all", "is the base path right?"),
        (["401"], "answered 401 to all", "does it want an account"), (["422"], "answered 422 to all", "create.body"),
        (["301", "/orders/"], "answered 301 to all", "/orders/"), (["409"], "answered 409 to all", "the first said"),
      ])
    func endsEarly(answer: [String], what: String, guess: String) async throws {
      let (done, run) = try await run(answer, [], path: "/api/v1")
      #expect(done.code == 104, "\(done.output)\(done.errors)")
      #expect(done.errors.contains(what) && done.errors.contains(guess) && done.errors.contains("--keep-going"), "\(done.errors)")
      #expect(done.output.contains(what), "\(done.output)")
      #expect((10..<300).contains(run.orders("scheduled")))
      #expect(run.outcomes.first == "configuration")
      run.expectConservation()
    }

    @Test("With --keep-going it is said, and all are sent")
    func keepsGoing() async throws {
      let (done, run) = try await run(["404"], ["--keep-going"])
      #expect(done.code == 99, "\(done.output)\(done.errors)")
      #expect(done.errors.contains("answered 404 to all"))
      #expect(run.orders("rejected") == 300)
    }

    @Test("Fewer orders than ten are all sent, and it is 104 all the same")
    func few() async throws {
      let (done, run) = try await run(["404"], ["-n", "4"])
      #expect(done.code == 104, "\(done.output)\(done.errors)")
      #expect(done.output.contains("answered 404 to all 4: is the base path right?"), "\(done.output)")
      #expect(run.orders("rejected") == 4)
    }

    @Test(
      "A refusal that asks for patience, or an error of the target's, ends nothing early", arguments: ["408", "425", "429", "500", "503"])
    func patience(status: String) async throws {
      let (done, run) = try await run([status], ["-n", "40"])
      #expect(done.code == 99, "\(done.output)\(done.errors)")
      #expect(run.orders("scheduled") == 40)
    }
  }
}
