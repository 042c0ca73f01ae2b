/// All values of one header that a dialect names: cookies, or a token.
struct WatchedHeader {
  /// The limit for all values of a response together, in bytes: values beyond it are dropped.
  static let mostBytes = 32_768

  /// In lower case.
  private let name: [UInt8]
  private(set) var values: [[UInt8]] = []
  private var count = 0

  /// - Parameter name: ASCII, in any case.
  init(_ name: String) { self.name = name.utf8.map(ByteScan.lowercased) }

  /// Keeps the value of a line of a response's head, if it is this header.
  /// - Parameters:
  ///   - line: a whole line whose form has been checked.
  ///   - value: the part after the colon, without the white space around it.
  mutating func take(_ line: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    guard line.count > name.count, line[name.count] == UInt8(ascii: ":") else { return }
    for index in name.indices where ByteScan.lowercased(line[index]) != name[index] { return }
    guard count + value.count <= Self.mostBytes else { return }
    count += value.count
    values.append(Array(value))
  }

  mutating func removeAll() {
    guard !values.isEmpty else { return }
    values.removeAll(keepingCapacity: true)
    count = 0
  }
}
