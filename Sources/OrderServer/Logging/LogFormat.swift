import Logging
import NIOCore
import Shared
import Synchronization

/// What the log looks like.
enum LogFormat: String, Sendable, CaseIterable {
  case text
  /// One JSON object a line.
  case json

  private static let label = "order-server"

  private static let textLines = LogSink { TextLogHandler.line(.warning, label: label, " \(dropped($0))") }

  private static let jsonLines = LogSink { count in
    let line = Mutex(ByteBuffer())
    let logger = Logger(label: label) { _ in JSONLogHandler { buffer in line.withLock { $0 = buffer } } }
    logger.warning("\(dropped(count))")
    return line.withLock { $0 }
  }

  private static func dropped(_ count: Int) -> String { "\(count) lines of this log were dropped: its reader stood still" }

  /// Waits until everything that was logged has been written, but not longer than the limit for each format.
  static func flush(within limit: Duration) {
    if textLines.flush(within: limit) { jsonLines.flush(within: limit) }
  }

  /// A logger that writes to standard error, and never waits for whoever reads that.
  func logger(level: Logger.Level) -> Logger {
    var logger =
      switch self {
      case .text: Logger(label: Self.label) { TextLogHandler(label: $0) { Self.textLines.add($0) } }
      case .json: Logger(label: Self.label) { _ in JSONLogHandler { Self.jsonLines.add($0) } }
      }
    logger.logLevel = level
    return logger
  }
}
