import DequeModule
import Foundation

/// One file that orders are written to, to which lines are added until the disk takes no more.
package struct OrderFile: Sendable {
  private let format: OrderFormat
  private let descriptor: Int32
  /// What whole lines there are, in bytes, and of how many orders.
  private var place = Place()
  /// Places that may be gone back to, the earliest first: one for each MiB.
  private var marks: Deque<Place> = []
  /// The orders that there are no lines of.
  private var missing = 0
  /// The errno that ended it; `nil` as long as it goes on.
  private var failure: Int32?
  private var text: [UInt8] = []

  private struct Place {
    var length: Int64 = 0
    var lines = 0
  }

  /// How much of a disk that is full is given back, in bytes, so that the reports have room, which matter more.
  private static let spare: Int64 = 8 << 20
  private static let markEvery: Int64 = 1 << 20

  /// Begins the file.
  /// - Parameter descriptor: open for writing, and nobody else's; it is closed by `finish`.
  package init(_ format: OrderFormat, descriptor: Int32) {
    self.format = format
    self.descriptor = descriptor
    format.begin(&text)
    write(lines: 0)
    marks = [place]
  }

  mutating func add(_ orders: [ToldOrder]) {
    var lines = 0
    for order in orders where format.tells(of: order) {
      lines += 1
      if failure == nil { format.add(order, to: &text) }
    }
    write(lines: lines)
  }

  /// Ends and closes the file.
  /// - Parameters:
  ///   - ending: what ends a log that lacks nothing.
  ///   - leftOut: how many orders never came, because there was no room to keep them.
  ///   - passedOver: how many orders of the plan nobody told of one by one.
  /// - Returns: what it lacks, and why, in words.
  mutating func finish(ending: Data, leftOut: Int, passedOver: Int) -> [String] {
    if format == .log, missing == 0, leftOut == 0 {
      text += ending
      write(lines: 0)
    }
    // A full disk may be reported only when the bytes must really be stored. What is no file, as a pipe, cannot be told to store.
    if failure == nil, fsync(descriptor) != 0, errno != EINVAL { end(errno) }
    if close(descriptor) != 0, failure == nil { failure = errno }
    let name = format.rawValue
    var words: [String] = []
    if let failure {
      words.append(
        "\(name) ends after \(Figure.count(place.lines)) orders and lacks \(Figure.count(missing)): \(String(cString: strerror(failure)))")
    }
    if leftOut > 0 {
      words.append("\(name) lacks \(Figure.count(leftOut)) orders, for which the disk was too slow: write the report to a faster one")
    }
    if format == .csv, passedOver > 0 {
      words.append("\(name) lacks \(Figure.count(passedOver)) orders that were not sent: too many were due at once to tell of each")
    }
    return words
  }

  /// Writes the text that was made, which becomes empty.
  private mutating func write(lines: Int) {
    defer { text.removeAll(keepingCapacity: true) }
    guard failure == nil else {
      missing += lines
      return
    }
    let number = text.withUnsafeBytes { Self.write($0, to: descriptor) }
    guard number == nil else {
      missing += lines
      return end(number)
    }
    place.length += Int64(text.count)
    place.lines += lines
    if let last = marks.last, place.length - last.length >= Self.markEvery {
      marks.append(place)
      if marks.count > Self.spare / Self.markEvery + 2 { marks.removeFirst() }
    }
  }

  /// The file goes on no longer: it ends with a whole line, and where the disk is full, so far before that the reports have room.
  private mutating func end(_ number: Int32?) {
    failure = number
    let isFull = number == ENOSPC || number == EDQUOT
    let end = isFull ? marks.last { $0.length <= place.length - Self.spare } ?? marks.first ?? place : place
    // What cannot be cut keeps what it has.
    guard ftruncate(descriptor, off_t(end.length)) == 0 else { return }
    missing += place.lines - end.lines
    place = end
  }

  /// - Returns: the errno of what prevented that all was written; `nil` where it was.
  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
    var rest = bytes
    while let base = rest.baseAddress, !rest.isEmpty {
      let count = Foundation.write(descriptor, base, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return nil
  }
}
