import HTTPTypes
import Shared

/// The event by which a handler says that it is about to read the body: everything that the headers alone decide has been decided.
struct BodyIsWanted: Sendable {}

/// Whether the client of the latest request waits to be asked for its body (RFC 9110, 10.1.1). A pure value: it is told what happens.
struct Expectation {
  private(set) var isWaiting = false

  /// A client that sends no body waits for nothing, whatever its headers say.
  mutating func headCame(_ head: HTTPRequest) {
    isWaiting = head.headerFields[values: .expect].contains { $0.isSameWord(as: "100-continue") } && Self.hasBody(head)
  }

  /// The client does not wait, or no longer does: its body is arriving, or has been asked for.
  mutating func bodyCame() { isWaiting = false }

  private static func hasBody(_ head: HTTPRequest) -> Bool {
    head.headerFields[.transferEncoding] != nil || head.headerFields[.contentLength].map { !$0.hasSameBytes(as: "0") } ?? false
  }
}
