/// As what each order is written. The raw value is the file's name.
package enum OrderFormat: String, Sendable {
  /// A table of the plan's orders.
  case csv = "orders.csv"
  /// All orders that may exist or were refused, as a JSON object each, with those that requests beside the plan's orders have made.
  case log = "orders.jsonl"

  func begin(_ text: inout [UInt8]) {
    if self == .csv { text.append(contentsOf: (OrderColumn.all.map(\.rawValue).joined(separator: ",") + "\n").utf8) }
  }

  /// Whether there is a line of the order.
  func tells(of order: ToldOrder) -> Bool {
    switch self {
    case .csv: !order.isBeside
    case .log: order.outcome.mayExist || order.outcome == .rejected
    }
  }

  /// Adds the order's line.
  func add(_ order: ToldOrder, to text: inout [UInt8]) {
    switch self {
    case .csv:
      for column in OrderColumn.all {
        column.add(order, to: &text)
        text.append(UInt8(ascii: ","))
      }
      // The last comma is none between two.
      text[text.count - 1] = UInt8(ascii: "\n")
    case .log:
      order.addObject(to: &text)
      text.append(UInt8(ascii: "\n"))
    }
  }
}

extension [UInt8] {
  /// Whole, in decimal digits.
  mutating func append(number: UInt64) { append(contentsOf: String(number).utf8) }

  /// A time in nanoseconds as seconds, with nine decimals.
  mutating func append(seconds nanoseconds: Int64) {
    if nanoseconds < 0 { append(UInt8(ascii: "-")) }
    let (whole, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    append(number: whole)
    append(UInt8(ascii: "."))
    var unit: UInt64 = 100_000_000
    while unit > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / unit % 10))
      unit /= 10
    }
  }
}
