import Foundation
import Shared
import Synchronization
import Testing

@testable import LoadRun

@Suite("Orders written while a run goes on")
struct OrderWriterTests {
  private func orders(_ indices: Range<Int>, id: String = "ord") -> [ToldOrder] {
    indices.map { index in
      ToldOrder(
        history: OrderHistory(index: UInt64(index), due: Instant(0), dispatched: Instant(0)), id: OrderID(id), at: Instant(0),
        outcome: .completed)
    }
  }

  /// An empty file without a name, open for reading and writing.
  private func file() throws -> Int32 {
    let path = NSTemporaryDirectory() + "loadgen-tests-" + UUID().uuidString
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
    try #require(descriptor >= 0)
    unlink(path)
    return descriptor
  }

  /// Reads to the end on a thread of its own, however the pools of threads are busy; what is returned waits for it.
  private func reading(_ descriptor: Int32) -> () -> Data {
    let (read, done) = (Read(), DispatchSemaphore(value: 0))
    Thread.detachNewThread {
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      let all = (try? handle.readToEnd()) ?? Data()
      read.text.withLock { $0 = all }
      done.signal()
    }
    return {
      done.wait()
      return read.text.withLock { $0 }
    }
  }

  private final class Read: Sendable {
    let text = Mutex(Data())
  }

  private func indices(_ text: Data) -> [Int?] {
    text.split(separator: UInt8(ascii: "\n")).dropFirst().map {
      Int(String(decoding: $0.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self))
    }
  }

  @Test("All that loops hand over is written, each loop's in its order")
  func written() throws {
    let descriptor = try file()
    let copy = dup(descriptor)
    defer { close(copy) }
    let writer = OrderWriter([OrderFile(.csv, descriptor: descriptor)], waits: false)
    let loops = 4
    DispatchQueue.concurrentPerform(iterations: loops) { loop in
      var feed = OrderFeed(to: writer)
      for index in 0..<2_000 { feed.add(orders(loop + index * loops..<loop + index * loops + 1)[0]) }
      feed.flush()
    }
    #expect(writer.finish(ending: Data()).isEmpty)
    lseek(copy, 0, SEEK_SET)
    let found = indices(try FileHandle(fileDescriptor: copy).readToEnd() ?? Data())
    #expect(found.count == 8_000 && Set(found) == Set(0..<8_000))
    for loop in 0..<loops {
      #expect(found.compactMap { $0 }.filter { $0 % loops == loop } == Array(stride(from: loop, to: 8_000, by: loops)))
    }
  }

  @Test("A disk that is full ends the file, and what it lacks is counted")
  func full() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    try #require(descriptor >= 0)
    let writer = OrderWriter([OrderFile(.csv, descriptor: descriptor)], waits: false)
    for begin in stride(from: 0, to: 1_500, by: 500) { writer.take(orders(begin..<begin + 500)) }
    writer.passOver(9)
    #expect(
      writer.finish(ending: Data()) == [
        "orders.csv ends after 0 orders and lacks 1,500: No space left on device",
        "orders.csv lacks 9 orders that were not sent: too many were due at once to tell of each",
      ])
  }

  @Test("A disk that takes nothing for long holds no loop up: what there is no room for is left out, and counted")
  func slow() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let writer = OrderWriter([OrderFile(.csv, descriptor: ends[1])], waits: false)
    let batches = 40
    let id = String(repeating: "x", count: 500)
    // 52 MB, of which 16 MiB may wait, and nobody reads yet.
    for batch in 0..<batches { writer.take(orders(batch * 2_000..<(batch + 1) * 2_000, id: id)) }
    let text = reading(ends[0])
    let lacks = writer.finish(ending: Data())
    let found = indices(text())
    let missing = batches * 2_000 - found.count
    #expect((20_000...30_000).contains(found.count), "\(found.count)")
    #expect(found == Array(0..<found.count))
    #expect(
      lacks == ["orders.csv lacks \(Figure.count(missing)) orders, for which the disk was too slow: write the report to a faster one"])
  }

  @Test("In virtual time the loops wait for the disk, and nothing is left out")
  func waits() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let writer = OrderWriter([OrderFile(.csv, descriptor: ends[1])], waits: true)
    let text = reading(ends[0])
    let id = String(repeating: "x", count: 500)
    for batch in 0..<40 { writer.take(orders(batch * 2_000..<(batch + 1) * 2_000, id: id)) }
    #expect(writer.finish(ending: Data()).isEmpty)
    #expect(indices(text()) == Array(0..<80_000))
  }

  @Test("A log that lacks an order does not look like a whole one: it has no ending")
  func ending() throws {
    func log(_ feed: (OrderWriter) -> Void) throws -> String {
      let descriptor = try file()
      let copy = dup(descriptor)
      defer { close(copy) }
      let writer = OrderWriter([OrderFile(.log, descriptor: descriptor)], waits: false)
      feed(writer)
      _ = writer.finish(ending: Data("{\"run\":{}}\n".utf8))
      lseek(copy, 0, SEEK_SET)
      return String(decoding: try FileHandle(fileDescriptor: copy).readToEnd() ?? Data(), as: UTF8.self)
    }
    #expect(try log { $0.take(orders(0..<2)) }.hasSuffix("\"outcome\":\"completed\"}}\n{\"run\":{}}\n"))
    // More than may wait, at once.
    let many = orders(0..<OrderWriter.mostWaiting / MemoryLayout<ToldOrder>.stride + 1)
    #expect(try log { $0.take(many) } == "")
  }
}
