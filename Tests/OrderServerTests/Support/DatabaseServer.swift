import Foundation
import Shared

@testable import OrderServer

/// A real database server that these tests share, started when it is first asked for. Its fixture stops it when the tests are over.
actor DatabaseServer {
  static let postgreSQL = DatabaseServer(.postgreSQL, fixture: "postgresql")
  static let mySQL = DatabaseServer(.mySQL, fixture: "mariadb")

  private let kind: DatabaseKind
  private let fixture: String
  private var url: Task<String, any Error>?
  private var databases = 0

  struct NotStarted: Error, CustomStringConvertible { let description: String }

  private init(_ kind: DatabaseKind, fixture: String) {
    self.kind = kind
    self.fixture = fixture
  }

  static func of(_ kind: DatabaseKind) -> DatabaseServer {
    switch kind {
    case .postgreSQL: .postgreSQL
    case .mySQL: .mySQL
    }
  }

  /// Makes an empty database, and drops it afterwards.
  nonisolated func withDatabase<Result: Sendable>(_ body: @Sendable (DatabaseLocation) async throws -> Result) async throws -> Result {
    let (all, location) = try await newLocation()
    try Self.tell(all, "CREATE DATABASE \(location.database)")
    do {
      let result = try await body(location)
      try await Self.drop(location.database, all)
      return result
    } catch {
      try? Self.tell(all, "DROP DATABASE \(location.database)")
      throw error
    }
  }

  /// A server that is busy is slow to see that connections were closed, and drops no database that is in use.
  private static func drop(_ database: String, _ all: DatabaseLocation) async throws {
    for _ in 0..<20 {
      if (try? tell(all, "DROP DATABASE IF EXISTS \(database)")) != nil { return }
      try await Task.sleep(for: .milliseconds(500))
    }
    try tell(all, "DROP DATABASE IF EXISTS \(database)")
  }

  private static func tell(_ location: DatabaseLocation, _ statement: String) throws {
    let connection = try location.connect()
    defer { connection.close() }
    try connection.run(statement)
  }

  private func newLocation() async throws -> (all: DatabaseLocation, new: DatabaseLocation) {
    let start = url ?? Task { try await Self.start(fixture) }
    url = start
    let url = try await start.value
    databases += 1
    guard var parts = URLComponents(string: url) else { throw NotStarted(description: "no URL: \(url)") }
    parts.path = "/orders_\(databases)"
    return (try DatabaseLocation(kind, text: url), try DatabaseLocation(kind, text: parts.string ?? ""))
  }

  /// - Returns: the URL that it says.
  private static func start(_ fixture: String) async throws -> String {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/database.py").path
    let output = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script, fixture, "--no-sync"]
    process.standardOutput = output
    try process.run()
    // A thread may wait for as long as it takes, a task may not.
    let line = await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: output.fileHandleForReading.availableData) }
    }
    let said = try? JSONSerialization.jsonObject(with: line) as? [String: Any]
    guard let url = said?["url"] as? String else {
      throw NotStarted(description: "\(fixture): \(String(decoding: line, as: UTF8.self))")
    }
    return url
  }
}
