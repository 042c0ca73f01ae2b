import Foundation
import Testing

/// `action.yml`, run by `Tests/Fixtures/ci/composite.py` as GitHub's runner would run it.
struct CompositeAction {
  /// What came of one run.
  struct Finished {
    let content: [String: Any]

    var succeeded: Bool { content["conclusion"] as? String == "success" }
    func output(_ name: String) -> String { (content["outputs"] as? [String: Any])?[name] as? String ?? "none" }

    func step(_ name: String) -> [String: Any] {
      (content["steps"] as? [[String: Any]])?.first { $0["name"] as? String == name } ?? [:]
    }

    func outcome(_ step: String) -> String { self.step(step)["outcome"] as? String ?? "none" }
    func printed(_ step: String) -> String { self.step(step)["output"] as? String ?? "" }
    var summary: String { step("Load and judge")["summary"] as? String ?? "" }
    /// What the step that uploads was given; `nil` where it was left out.
    var upload: [String: String]? {
      let step = step("Upload the reports")
      return step["uses"] as? String == "actions/upload-artifact@v4" ? step["with"] as? [String: String] : nil
    }
  }

  private static let runner = Programs.fixtures.appendingPathComponent("ci/composite.py").path
  static let file = Toolbox.root.appendingPathComponent("action.yml").path

  static func python(_ arguments: [String], in folder: URL, path: String) async throws -> Programs.Finished {
    try await Programs.run(
      "/bin/sh",
      ["-c", #"cd "$0" && exec "$@""#, folder.path, try PythonTools(environment: "python-api").path("python3"), "-B", runner] + arguments,
      environment: ["PATH": path, "RUNNER_TEMP": folder.path])
  }

  static let systemPath = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

  /// - Parameter hasPrograms: whether the built programs are on PATH.
  static func run(
    in folder: URL, _ inputs: [String: String], hasPrograms: Bool = true, _ flags: String...
  ) async throws -> Finished {
    let path = hasPrograms ? "\(Programs.folder.path):\(systemPath)" : systemPath
    let given = inputs.sorted { $0.key < $1.key }.flatMap { ["--input", "\($0.key)=\($0.value)"] }
    let done = try await python([file] + given + flags, in: folder, path: path)
    let content = try? JSONSerialization.jsonObject(with: Data(done.output.utf8)) as? [String: Any]
    return Finished(content: try #require(content, "\(done.code): \(done.output)\(done.errors)"))
  }
}
