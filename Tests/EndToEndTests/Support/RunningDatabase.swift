import Foundation
import Testing

/// A real database server of a test's own, which loses nothing that it has committed.
struct RunningDatabase: Sendable {
  enum Kind: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case postgreSQL = "postgresql"
    case mariaDB = "mariadb"

    var testDescription: String { rawValue }
  }

  /// As `--store` takes it.
  let url: String
  private let fixture: RunningProgram

  static func with<Result>(_ kind: Kind, _ body: (RunningDatabase) async throws -> Result) async throws -> Result {
    let script = Programs.fixtures.appendingPathComponent("database.py").path
    let fixture = try await RunningProgram.start("/usr/bin/env", ["python3", script, kind.rawValue])
    do {
      let result = try await body(RunningDatabase(url: try await fixture.url(), fixture: fixture))
      await fixture.stop()
      return result
    } catch {
      // Never by SIGKILL, which would leave the server behind.
      await fixture.stop()
      throw error
    }
  }

  /// Kills it without warning, as a power cut would.
  func kill() { fixture.signal(SIGUSR2) }

  /// Starts it again, and kills it before where it still runs.
  func restart() { fixture.signal(SIGUSR1) }
}
