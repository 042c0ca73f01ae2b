import Logging
import Shared

/// What the log looks like.
enum LogFormat: String, Sendable, CaseIterable {
  case text
  /// One JSON object a line.
  case json

  /// - Throws: `UnitError`.
  init(text: String) throws {
    guard let format = Self(rawValue: text) else {
      throw UnitError(expected: "a log format", found: text, remedy: "it is text or json")
    }
    self = format
  }

  /// A logger to standard error.
  func logger(level: Logger.Level) -> Logger {
    var logger =
      switch self {
      case .text: Logger(label: "order-server", factory: StreamLogHandler.standardError(label:))
      case .json: Logger(label: "order-server") { _ in JSONLogHandler() }
      }
    logger.logLevel = level
    return logger
  }
}
