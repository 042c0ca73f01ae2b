@testable import LoadRun

/// How an input is read: its first four bytes say the limits and the pieces, the others are what the peer sends.
struct Plan {
  static let byteCount = 4

  /// Those of every run, or where the first byte is not 0, such small ones that short inputs reach them.
  var limits = ResponseParser.Limits()
  /// The pieces' sizes, taken in turn. A zero is a read that brings nothing.
  var pieces: [Int]

  init(_ input: [UInt8]) {
    let plan = input.prefix(Self.byteCount).map { Int($0) } + Array(repeating: 0, count: max(0, Self.byteCount - input.count))
    pieces = Array(plan[1...])
    if pieces.allSatisfy({ $0 == 0 }) { pieces = [2] }
    guard plan[0] > 0 else { return }
    limits = .init(headBytes: 16 + plan[0], headers: plan[0] & 7, bodyBytes: plan[0] >> 3, chunkLineBytes: 1 + plan[0] & 31)
  }
}
