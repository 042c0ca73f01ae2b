import Foundation

struct NeverTrue: Error {}

/// Waits for a condition: for so many looks at it, and not for a time, of which a busy machine may have none to spare for this test.
func until(_ condition: () async throws -> Bool) async throws {
  for _ in 0..<60_000 {
    if try await condition() { return }
    try await Task.sleep(for: .milliseconds(5))
  }
  throw NeverTrue()
}

enum Environment {
  static var isCI: Bool { !["", "false", "0"].contains(ProcessInfo.processInfo.environment["CI"] ?? "") }
}

extension Sequence {
  func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
