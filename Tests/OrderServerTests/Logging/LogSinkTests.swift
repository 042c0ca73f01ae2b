import Foundation
import NIOCore
import Synchronization
import Testing

@testable import OrderServer

@Suite("Lines of a log")
struct LogSinkTests {
  @Test("A reader that stands still stops nobody; what is dropped is counted, and nothing is cut or out of order", .timeLimit(.minutes(60)))
  func standingReader() throws {
    let pipe = Pipe()
    let sink = LogSink(descriptor: pipe.fileHandleForWriting.fileDescriptor) { ByteBuffer(string: "dropped \($0)\n") }
    let count = 40_000
    // Four times what may wait, without anybody reading.
    for number in 0..<count { sink.add(ByteBuffer(string: "\(number) \(String(repeating: "x", count: 100))\n")) }
    #expect(!sink.flush(within: .milliseconds(10)))
    let received = Mutex(Data())
    let reader = Thread {
      // Whatever there is: `read(upToCount:)` would wait for as much as is asked for.
      while case let more = pipe.fileHandleForReading.availableData, !more.isEmpty { received.withLock { $0 += more } }
    }
    reader.start()
    #expect(sink.flush(within: .seconds(600)))
    sink.add(ByteBuffer(string: "last\n"))
    #expect(sink.flush(within: .seconds(600)))
    while !received.withLock({ $0.suffix(5) == Data("last\n".utf8) }) { Thread.sleep(forTimeInterval: 0.001) }
    let lines = String(decoding: received.withLock { $0 }, as: UTF8.self).split(separator: "\n").dropLast()
    let dropped = lines.filter { $0.hasPrefix("dropped ") }.compactMap { Int($0.dropFirst(8)) }.reduce(0, +)
    let numbers = lines.filter { !$0.hasPrefix("dropped ") }.compactMap { Int($0.prefix { $0 != " " }) }
    #expect(dropped > 0 && dropped + numbers.count == count)
    #expect(numbers == numbers.sorted() && numbers.first == 0)
    try pipe.fileHandleForWriting.close()
  }
}
