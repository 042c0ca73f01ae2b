import Shared

/// The words of a name that a peer chose, in lower case: `order`, `status` and `counts` of `orderStatusCounts`, `order_status_counts` and
/// `Order status-counts`.
struct NameWords: Sendable, Equatable {
  /// Of a longer name only the beginning is looked at, in bytes.
  static let longest = 200

  private(set) var words: [ByteText] = []

  init(_ name: some StringProtocol) {
    var word: [UInt8] = []
    var wasLower = false
    func end() {
      if !word.isEmpty { words.append(ByteText(String(decoding: word, as: UTF8.self))) }
      word = []
    }
    for byte in name.utf8.prefix(Self.longest) {
      let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      let isSmall = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      guard isCapital || isSmall || isDigit || byte >= 0x80 else {
        end()
        wasLower = false
        continue
      }
      if isCapital, wasLower { end() }
      word.append(isCapital ? byte | 0x20 : byte)
      wasLower = !isCapital
    }
    end()
  }

  init(words: [ByteText]) { self.words = words }

  /// Whether any of the words is one of these.
  func has(_ others: Set<ByteText>) -> Bool { words.contains { others.contains($0) } }

  func has(_ other: ByteText) -> Bool { words.contains(other) }

  /// The same without some words.
  func without(_ others: Set<ByteText>) -> NameWords { NameWords(words: words.filter { !others.contains($0) }) }

  /// All words as one, as `inprogress`.
  var joined: ByteText { ByteText(words.map(\.text).joined()) }

  static func + (left: NameWords, right: NameWords) -> NameWords { NameWords(words: left.words + right.words) }
}

extension NameWords {
  /// What people call what they order, in the singular and in the plural.
  static let orders: Set<ByteText> = [
    "order", "orders", "job", "jobs", "task", "tasks", "purchase", "purchases", "booking", "bookings", "ticket", "tickets", "checkout",
    "checkouts", "shipment", "shipments", "execution", "executions", "requests", "work", "item", "items",
  ]

  /// Those that hardly mean anything else.
  static let surelyOrders: Set<ByteText> = ["order", "orders", "job", "jobs", "task", "tasks", "purchase", "purchases"]

  var meansOrders: Bool { has(Self.orders) }
}
