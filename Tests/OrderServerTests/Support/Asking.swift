import Foundation

struct NeverTrue: Error {}

/// Waits for a condition.
func until(_ condition: () async throws -> Bool) async throws {
  let began = ContinuousClock.now
  while ContinuousClock.now - began < .seconds(300) {
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
