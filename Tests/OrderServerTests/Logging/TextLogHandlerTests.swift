import Logging
import NIOCore
import Synchronization
import Testing

@testable import OrderServer

@Suite("The log as text")
struct TextLogHandlerTests {
  /// Takes lines in.
  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
  }

  @Test("A message is one line with what belongs to it, and whatever was put into it neither ends the line nor steers a terminal")
  func oneLine() throws {
    let lines = Lines()
    var logger = Logger(label: "order-server") { label in
      TextLogHandler(label: label) { line in lines.all.withLock { $0.append(String(buffer: line)) } }
    }
    logger[metadataKey: "path"] = "/a\nb\r\u{1B}[2J\u{9B}m"
    logger.notice("one\ntwo\u{7}\u{202E}", metadata: ["answer": "42"])
    logger.info("below the level")
    let found = lines.all.withLock { $0 }
    #expect(found.count == 1)
    let line = try #require(found.first)
    #expect(line.hasSuffix(" notice order-server: answer=42 path=/a b[2Jm one two\n"), "\(line)")
  }
}
