import Shared

/// Whether an order that is read whole has what was sent for it, or what was sent for another one.
///
/// Servers leave out, round, sort and rename what they were sent, so that mere difference says nothing. But what the body of a create has in
/// place of `{index}`, `{number}` or `{uuid}` is of one order alone: an answer that has it of another order, and nowhere its own, is another's.
struct SentContent: Sendable {
  private let values: SlotValues
  private let marks: [Mark]
  /// How often a mark that is known by its key alone had its own order's value.
  private var seenByKey = 0

  /// A value under the same key may be something else. It is believed once it was what had been sent for so many orders.
  private static let neededByKey = 3

  init(_ create: Dialect.Request, _ values: SlotValues) {
    self.values = values
    marks = create.body.map(Mark.marks(in:)) ?? []
  }

  /// Whose content an answer has.
  /// - Parameter index: the number of the order that was asked for, counted from 0 over the run.
  mutating func content(_ body: UnsafeRawBufferPointer, of index: UInt64, _ id: OrderID) -> OrderContent {
    var others: Failure?
    for mark in marks {
      var (isOwn, another) = (false, String?.none)
      mark.forEachPlace(in: body) { text in
        switch whose(text, mark.slot, index) {
        case .own: isOwn = true
        case .anothers: another = another ?? mark.shown(text.beginning(bytes: 40))
        case .noOnes: break
        }
      }
      if isOwn {
        if !mark.key.isEmpty { seenByKey += 1 }
        return .own
      }
      guard let another, mark.key.isEmpty || seenByKey >= Self.neededByKey else { continue }
      others = others ?? Failure(.badResponse, "\(id.text.beginning(bytes: 60)) has \(another), which was sent for another order")
    }
    return others.map { .anothers($0) } ?? .untold
  }

  private enum Owner { case own, anothers, noOnes }

  /// Whose a value in the place of a slot is.
  private func whose(_ text: UnsafeRawBufferPointer, _ slot: Slot, _ index: UInt64) -> Owner {
    if slot == .uuid {
      if values.uuid(index).isSame(text) { return .own }
      // One cannot tell from a UUID which order it was sent for: those near this one are tried.
      let near = index - min(index, Self.nearby)...index + Self.nearby
      return near.contains { values.uuid($0).isSame(text) } ? .anothers : .noOnes
    }
    guard let number = DecimalDigits.value(text).map(UInt64.init) else { return .noOnes }
    let first = slot == .number ? values.number(0) : 0
    guard number >= first, number - first <= UInt64(UInt32.max) else { return .noOnes }
    if number - first == index { return .own }
    // A server may cut what is too long.
    let isBeginning = "\(first + index)".utf8.starts(with: "\(number)".utf8)
    return isBeginning ? .noOnes : .anothers
  }

  private static let nearby: UInt64 = 4_096
}

extension Dialect.Create {
  /// Whether what is sent for one order differs from what is sent for all others.
  var tellsOrdersApart: Bool { request.body.map { !Mark.marks(in: $0).isEmpty } ?? false }
}

/// What a create says that is of one order alone, and how it is recognised in an answer.
private struct Mark {
  let slot: Slot
  /// What stands before the value, as in `u-`; empty where the value stands alone.
  let prefix: [UInt8]
  let suffix: [UInt8]
  /// The key that a number stands under that stands alone, as in `"customer":17`; empty where the prefix, or a UUID itself, tells enough.
  let key: [UInt8]

  /// The value in an answer, with what surrounds it.
  func shown(_ value: String) -> String {
    let text = "'\(String(decoding: prefix, as: UTF8.self))\(value)\(String(decoding: suffix, as: UTF8.self))'"
    return key.isEmpty ? text : "\(text) at \(String(decoding: key, as: UTF8.self))"
  }

  static func marks(in body: Template) -> [Mark] {
    body.parts.indices.compactMap { place in
      guard case .slot(let slot) = body.parts[place], slot == .index || slot == .number || slot == .uuid else { return nil }
      func literal(_ place: Int) -> [UInt8] {
        guard body.parts.indices.contains(place), case .literal(let text) = body.parts[place] else { return [] }
        return Array(text.utf8)
      }
      return Mark(slot, before: literal(place - 1), after: literal(place + 1))
    }
  }

  /// - Returns: `nil` where nothing before the slot tells it from any other number.
  private init?(_ slot: Slot, before: [UInt8], after: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    // In a form there are no quotes, but what separates its fields.
    let beginning = before.lastIndex { $0 == quote } ?? before.lastIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "&") }
    guard let beginning else { return nil }
    let text = before[(beginning + 1)...]
    self.slot = slot
    suffix = Array(after.prefix { $0 != quote && $0 != UInt8(ascii: "&") && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") })
    if let first = text.first(where: { !ByteScan.isBlank($0) }), first != UInt8(ascii: ":"), first != UInt8(ascii: ",") {
      prefix = Array(text)
      key = []
      return
    }
    if slot == .uuid {
      (prefix, key) = ([], [])
      return
    }
    // `"key":"` or `"key":`
    var rest = before[...]
    if text.isEmpty { rest.removeLast() }
    func drop(_ isDropped: (UInt8) -> Bool) { while let last = rest.last, isDropped(last) { rest.removeLast() } }
    drop(ByteScan.isBlank)
    guard rest.popLast() == UInt8(ascii: ":") else { return nil }
    drop(ByteScan.isBlank)
    guard rest.popLast() == quote, let start = rest.lastIndex(of: quote) else { return nil }
    prefix = []
    key = [quote] + rest[(start + 1)...] + [quote]
  }

  /// Passes each value that stands where this mark's would.
  func forEachPlace(in body: UnsafeRawBufferPointer, _ use: (UnsafeRawBufferPointer) -> Void) {
    let head = key.isEmpty ? prefix : key
    var place = 0
    while place + head.count < body.count {
      defer { place += 1 }
      guard matches(head, body, at: place), slot != .uuid || hasDashes(body, place + head.count),
        !key.isEmpty || place == 0 || !Self.isWord(body[place - 1])
      else { continue }
      var start = place + head.count
      if !key.isEmpty {
        start = skip(body, start, Self.isBlank)
        guard start < body.count, body[start] == UInt8(ascii: ":") else { continue }
        start = skip(body, start + 1, Self.isBlank)
        if start < body.count, body[start] == UInt8(ascii: "\"") { start += 1 }
      }
      let end = slot == .uuid ? min(start + 36, body.count) : skip(body, start) { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard end > start, end - start <= 36, matches(suffix, body, at: end) else { continue }
      let after = end + suffix.count
      if after < body.count, Self.isWord(body[after]) || body[after] == UInt8(ascii: ".") { continue }
      use(UnsafeRawBufferPointer(rebasing: body[start..<end]))
    }
  }

  /// Whether a UUID may begin here.
  private func hasDashes(_ body: UnsafeRawBufferPointer, _ place: Int) -> Bool {
    place + 36 <= body.count && [8, 13, 18, 23].allSatisfy { body[place + $0] == UInt8(ascii: "-") }
  }

  /// Some servers write what they were sent in letters of another case.
  private func matches(_ text: [UInt8], _ body: UnsafeRawBufferPointer, at place: Int) -> Bool {
    guard place + text.count <= body.count else { return false }
    return text.indices.allSatisfy { ByteScan.lowercased(text[$0]) == ByteScan.lowercased(body[place + $0]) }
  }

  private func skip(_ body: UnsafeRawBufferPointer, _ start: Int, _ isSkipped: (UInt8) -> Bool) -> Int {
    var place = start
    while place < body.count, isSkipped(body[place]) { place += 1 }
    return place
  }

  private static func isBlank(_ byte: UInt8) -> Bool { ByteScan.isBlank(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch ByteScan.lowercased(byte) {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: byte >= 0x80
    }
  }
}

extension [UInt8] {
  fileprivate func isSame(_ text: UnsafeRawBufferPointer) -> Bool {
    count == text.count && zip(self, text).allSatisfy { $0 == ByteScan.lowercased($1) }
  }
}
