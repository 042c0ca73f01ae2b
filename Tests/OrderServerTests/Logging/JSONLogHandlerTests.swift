import Logging
import NIOCore
import Synchronization
import Testing

@testable import OrderServer

@Suite("The log as JSON")
struct JSONLogHandlerTests {
  @Test("Each message is one object on one line, whatever is in it")
  func writesLines() throws {
    let lines = Mutex<[String]>([])
    var logger = Logger(label: "test") { _ in
      JSONLogHandler(now: { Timestamp(microseconds: 0) }, write: { buffer in lines.withLock { $0.append(String(buffer: buffer)) } })
    }
    logger.logLevel = .info
    logger[metadataKey: "run"] = "r"
    logger.debug("not shown")
    logger.info("two\nlines \"quoted\"", metadata: ["status": .stringConvertible(201), "duration": .stringConvertible(0.5), "level": "x"])
    let written = lines.withLock { $0 }
    #expect(written.count == 1)
    let line = try #require(written.first)
    #expect(line.hasSuffix("\n") && line.count { $0 == "\n" } == 1)
    let document = try JSON(
      parsing: #"""
        {"time":"1970-01-01T00:00:00.000000Z","level":"info","message":"two\nlines \"quoted\"","duration":0.5,"level_":"x","run":"r","status":201}
        """#)
    #expect(try JSON(parsing: line).isSame(as: document), "\(line)")
  }
}
