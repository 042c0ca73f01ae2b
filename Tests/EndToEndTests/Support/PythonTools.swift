import Foundation

/// What `scripts/setup test` has put into environments of their own.
struct PythonTools {
  /// The folder of the environment, in `.build`.
  var environment: String

  struct Missing: Error, CustomStringConvertible {
    var path: String
    var description: String { "there is no \(path): 'scripts/setup test' makes it" }
  }

  /// - Throws: `Missing`, with or without `CI`: a check that is left out in silence is none.
  func path(_ program: String) throws -> String {
    let path = Programs.fixtures.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent(".build/\(environment)/bin/\(program)").path
    guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(path: path) }
    return path
  }
}
