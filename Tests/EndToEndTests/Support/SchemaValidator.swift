import Foundation

/// A JSON Schema of docs/schema, held against files by a validator that knows nothing of us.
struct SchemaValidator {
  /// As in `compare-1`.
  let schema: String

  /// - Parameter kind: `as-written` for what was written just now: every key must be there, but those of which the schema says when they are;
  ///   `of-earlier` for all others.
  func validate(_ kind: String, _ file: URL) async throws -> Programs.Finished {
    let python = try PythonTools(environment: "python-ci").path("python3")
    let root = Programs.fixtures.deletingLastPathComponent().deletingLastPathComponent()
    return try await Programs.run(
      python,
      [
        Programs.fixtures.appendingPathComponent("ci/validate.py").path, root.appendingPathComponent("docs/schema/\(schema).json").path,
        kind,
        file.path,
      ])
  }
}
