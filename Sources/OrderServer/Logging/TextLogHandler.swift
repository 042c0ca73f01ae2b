import Foundation
import Logging
import NIOCore
import Shared

/// Writes each message on a line of its own: time, level, program, the metadata sorted by name, and the message.
struct TextLogHandler: LogHandler {
  var metadata = Logger.Metadata()
  var logLevel = Logger.Level.notice
  var metadataProvider: Logger.MetadataProvider?
  private let label: String
  /// Takes one whole line.
  private let write: @Sendable (ByteBuffer) -> Void

  init(label: String, write: @escaping @Sendable (ByteBuffer) -> Void) {
    self.label = label
    self.write = write
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
    var details = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    if let error = event.error { details.append("error=\(error)") }
    let belongings = details.isEmpty ? "" : " \(details.joined(separator: " "))"
    write(Self.line(event.level, label: label, "\(belongings) \(event.message)"))
  }

  /// One line, whatever the text holds: line feeds become spaces, and other characters that steer a terminal are left out.
  static func line(_ level: Logger.Level, label: String, _ rest: String) -> ByteBuffer {
    let now = Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
    let text = "\(now) \(level.rawValue) \(label):\(TerminalText.withoutCommands(rest))"
    var line = ByteBuffer(bytes: text.utf8.lazy.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 })
    line.writeStaticString("\n")
    return line
  }
}
