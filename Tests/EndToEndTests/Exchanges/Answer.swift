import Foundation
import Testing

/// What a server sent back, byte for byte.
struct Answer: Sendable, CustomStringConvertible {
  var status: Int
  /// As they came; the names in lower case.
  var headers: [(name: String, value: String)]
  var body: Data

  var text: String { String(decoding: body, as: UTF8.self) }

  var description: String { "\(status) \(text)" }

  func json() throws -> JSONValue { try JSONValue(parsing: body) }

  /// The first header of this name, in whatever case it was sent.
  func header(_ name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }

  /// Expects this status and a JSON body like the literal, by ``JSONValue/differences(from:at:)``.
  /// - Returns: the body.
  @discardableResult
  func expect(_ status: Int, _ literal: String, _ location: SourceLocation = #_sourceLocation) throws -> JSONValue {
    #expect(self.status == status, "\(self)", sourceLocation: location)
    let found = try json()
    let differences = found.differences(from: try JSONValue(parsing: literal))
    #expect(differences.isEmpty, "\(differences.joined(separator: "; ")): \(self)", sourceLocation: location)
    let type = header("content-type") ?? "none"
    #expect(type.contains("json"), "a JSON body said to be of the type \(type)", sourceLocation: location)
    return found
  }
}
