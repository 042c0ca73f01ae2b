import Foundation
import Testing

@testable import OrderServer

@Suite("Where a database file lies")
struct FilePlaceTests {
  @Test("A log that grows while many look at it is in order, and one that was cut is not")
  func growingLog() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("file-place-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let database = folder.appendingPathComponent("orders.db")
    let log = folder.appendingPathComponent("orders.db-wal")
    try Data().write(to: database)
    try Data("log".utf8).write(to: log)
    let place = FilePlace(of: database.path, pageSize: 4096)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let writer = try FileHandle(forWritingTo: log)
          for _ in 0..<2_000 {
            try writer.seekToEnd()
            try writer.write(contentsOf: Data("more".utf8))
            try place.check()
          }
        }
      }
      try await group.waitForAll()
    }
    let size = try #require(try FileManager.default.attributesOfItem(atPath: log.path)[.size] as? Int)
    try #require(truncate(log.path, off_t(size - 1)) == 0)
    #expect(throws: StoreError.self) { try place.check() }
  }
}
