@preconcurrency import Dispatch
package import Foundation
import Shared
import Synchronization

/// Writes orders to files while a run goes on: the loops hand over batches, and one thread makes lines of them.
///
/// What waits to be written is bounded, so that memory does not grow with the orders. A loop over the network does not wait for the disk, which
/// would spoil what it measures: what comes while as much waits as may is left out, and counted. In virtual time waiting spoils nothing.
package final class OrderWriter: Sendable {
  /// How much may wait to be written, in bytes: 100,000 orders, or two seconds of a very fast run.
  static let mostWaiting = 16 << 20

  /// One batch after another, in the order in which they came.
  private let queue = DispatchQueue(label: "orders")
  private let files: Mutex<[OrderFile]>
  /// Whether whoever hands over waits for the disk.
  private let waits: Bool
  /// How much waits, in bytes.
  private let waiting = Atomic(0)
  /// How many orders there was no room for.
  private let leftOut = Atomic(0)
  /// How many orders of the plan were never told of one by one.
  private let passedOver = Atomic(0)

  /// - Parameters:
  ///   - files: new and empty.
  ///   - waits: whether a loop that hands over waits for the disk where too much is waiting. All loops must then be of one thread.
  package init(_ files: [OrderFile], waits: Bool) {
    self.files = Mutex(files)
    self.waits = waits
  }

  /// Takes orders over. May be called on any thread.
  func take(_ orders: [ToldOrder]) {
    let size = orders.reduce(0) { $0 + $1.size }
    if waiting.add(size, ordering: .relaxed).newValue > Self.mostWaiting {
      guard waits else {
        waiting.subtract(size, ordering: .relaxed)
        leftOut.add(orders.count, ordering: .relaxed)
        return
      }
      queue.sync {}
    }
    queue.async { [self] in
      files.withLock { files in
        for index in files.indices { files[index].add(orders) }
      }
      waiting.subtract(size, ordering: .relaxed)
    }
  }

  /// So many orders will never come one by one.
  func passOver(_ count: Int) { passedOver.add(count, ordering: .relaxed) }

  /// Waits until all that was handed over is written, and closes the files. Must be called once, when no more will come.
  /// - Parameter ending: what ends a log that lacks nothing.
  /// - Returns: what the files lack, and why, in words.
  package func finish(ending: Data) -> [String] {
    queue.sync {
      files.withLock { files in
        let (leftOut, passedOver) = (leftOut.load(ordering: .relaxed), passedOver.load(ordering: .relaxed))
        return files.indices.flatMap { files[$0].finish(ending: ending, leftOut: leftOut, passedOver: passedOver) }
      }
    }
  }
}

extension ToldOrder {
  /// How much memory it takes, in bytes: an id that is not stored inline is an array of its own.
  fileprivate var size: Int {
    MemoryLayout<ToldOrder>.stride + (id?.withUTF8 { $0.count } ?? 0)
  }
}
