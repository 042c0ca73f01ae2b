import Foundation
import Logging
import NIOCore

/// Writes each message as one JSON object on a line of its own: `time`, `level`, `message`, and the metadata, sorted by name.
struct JSONLogHandler: LogHandler {
  var metadata = Logger.Metadata()
  var logLevel = Logger.Level.notice
  var metadataProvider: Logger.MetadataProvider?
  /// Takes one whole line.
  private let write: @Sendable (ByteBuffer) -> Void
  private let now: @Sendable () -> Timestamp

  init(
    now: @escaping @Sendable () -> Timestamp = { Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1e6)) },
    write: @escaping @Sendable (ByteBuffer) -> Void
  ) {
    self.now = now
    self.write = write
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var line: JSON = [
      "time": .string(now().description), "level": .string(event.level.rawValue), "message": .string(event.message.description),
    ]
    let all = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { line.append(key, JSON(value)) }
    if let error = event.error { line.append("error", .string("\(error)")) }
    var buffer = ByteBuffer()
    line.encode(into: &buffer)
    buffer.writeStaticString("\n")
    write(buffer)
  }
}

extension JSON {
  fileprivate init(_ value: Logger.Metadata.Value) {
    switch value {
    case .string(let text): self = .string(text)
    case .stringConvertible(let value): self = JSON(convertible: value)
    case .array(let values): self = .array(values.map(JSON.init))
    case .dictionary(let values):
      self = .object(values.sorted { $0.key < $1.key }.map { Member(name: $0.key, value: JSON($0.value)) })
    }
  }

  /// Numbers stay numbers.
  private init(convertible value: any CustomStringConvertible) {
    switch value {
    case let number as Int: self = .integer(Int64(number))
    case let number as Double: self = .number(number)
    default: self = .string(value.description)
    }
  }

  /// Adds a member to an object. A name that is taken already gets an underscore behind it.
  fileprivate mutating func append(_ name: String, _ value: JSON) {
    guard case .object(var members) = self else { return }
    members.append(Member(name: members.contains { $0.name == name } ? "\(name)_" : name, value: value))
    self = .object(members)
  }
}
