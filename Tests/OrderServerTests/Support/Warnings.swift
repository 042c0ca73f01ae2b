import Synchronization

/// What an operator was told.
final class Warnings: Sendable {
  private let said = Mutex<[String]>([])

  var lines: [String] { said.withLock(\.self) }

  func add(_ line: String) { said.withLock { $0.append(line) } }
}
