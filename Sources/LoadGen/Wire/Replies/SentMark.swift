import Shared

/// What a create says that is of one order alone, and how it is recognised in an answer: as the whole text, or the number, under a key.
struct SentMark: Sendable {
  let slot: Slot
  /// What stands before the value in its text, as in `u-`, and after it; both are empty where it stands alone.
  let prefix: [UInt8]
  let suffix: [UInt8]
  /// The key that it was sent with, as in `"user_id":"u-17"`; empty where there was none.
  let key: [UInt8]
  /// What looks the same in the body of every create, in small letters.
  let constants: String

  /// Whether nothing tells it from another number.
  var standsAlone: Bool { prefix.isEmpty && suffix.isEmpty && slot != .uuid }

  /// The value in an answer, with what surrounds it.
  func shown(_ value: String) -> String {
    "\(String(decoding: prefix, as: UTF8.self))\(value)\(String(decoding: suffix, as: UTF8.self))"
  }

  /// - Parameter run: what stands for `{run}`.
  static func marks(in body: Template, run: [UInt8]) -> [SentMark] {
    // What is the same for all orders of a run is plain text.
    var parts: [Template.Part] = []
    for part in body.parts {
      var part = part
      if case .slot(.run) = part { part = .literal(String(decoding: run, as: UTF8.self)) }
      if case .literal(let text) = part, case .literal(let before) = parts.last {
        parts[parts.count - 1] = .literal(before + text)
      } else {
        parts.append(part)
      }
    }
    func literal(_ place: Int) -> String {
      guard parts.indices.contains(place), case .literal(let text) = parts[place] else { return "" }
      return text
    }
    let constants = parts.indices.map(literal).joined(separator: "\n").lowercased()
    return parts.indices.compactMap { place in
      guard case .slot(let slot) = parts[place], slot == .index || slot == .number || slot == .uuid else { return nil }
      return SentMark(slot, before: Array(literal(place - 1).utf8), after: Array(literal(place + 1).utf8), constants)
    }
  }

  /// - Returns: `nil` where nothing before the slot tells it from any other number.
  private init?(_ slot: Slot, before: [UInt8], after: [UInt8], _ constants: String) {
    // In a form there are no quotes, but what separates its fields.
    let isForm = !before.contains(Self.quote)
    guard let beginning = before.lastIndex(where: { isForm ? $0 == UInt8(ascii: "=") : $0 == Self.quote }) else { return nil }
    let text = before[(beginning + 1)...]
    self.slot = slot
    self.constants = constants
    suffix = Array(after.prefix { $0 != Self.quote && $0 != UInt8(ascii: "&") && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") })
    if isForm {
      prefix = Array(text)
      key = Array(before[..<beginning].split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).last ?? [])
      return
    }
    let first = text.first { !ByteScan.isBlank($0) }
    let isText = first.map { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ",") } ?? true
    // A number may be rounded, or have an upper limit, and then it is that of another order.
    guard isText || slot == .number else { return nil }
    prefix = isText ? Array(text) : []
    let start = isText ? beginning : before.count
    key = before.withUnsafeBytes { before in Self.key(before, before: start).map(Array.init) ?? [] }
    if standsAlone, slot == .index { return nil }
  }

  /// Passes each value that stands where this mark's would, and the key that it stands under, if any.
  func forEachPlace(in body: UnsafeRawBufferPointer, _ use: (UnsafeRawBufferPointer, UnsafeRawBufferPointer?) -> Void) {
    var place = 0
    while place < body.count {
      defer { place += 1 }
      let byte = body[place]
      // Texts begin with a quote, and numbers that stand alone with a colon before them.
      guard byte == Self.quote || byte == UInt8(ascii: ":") && prefix.isEmpty && suffix.isEmpty else { continue }
      var start = place + 1
      if byte == UInt8(ascii: ":") { start = skip(body, start, Self.isBlank) }
      guard matches(prefix, body, at: start) else { continue }
      start += prefix.count
      let end = slot == .uuid ? min(start + 36, body.count) : skip(body, start) { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard end > start, end - start <= 36, slot != .uuid || hasDashes(body, start), matches(suffix, body, at: end) else { continue }
      let after = end + suffix.count
      let isWhole =
        byte == Self.quote ? after < body.count && body[after] == Self.quote : after == body.count || !Self.isNumber(body[after])
      guard isWhole else { continue }
      use(UnsafeRawBufferPointer(rebasing: body[start..<end]), Self.key(body, before: byte == Self.quote ? place : place + 1))
    }
  }

  /// The key before a value: what stands between quotes before a colon.
  private static func key(_ body: UnsafeRawBufferPointer, before value: Int) -> UnsafeRawBufferPointer? {
    var place = value
    func back() { while place > 0, isBlank(body[place - 1]) { place -= 1 } }
    back()
    guard place > 0, body[place - 1] == UInt8(ascii: ":") else { return nil }
    place -= 1
    back()
    guard place > 0, body[place - 1] == quote else { return nil }
    let end = place - 1
    var start = end
    while start > 0, body[start - 1] != quote, end - start < longestKey { start -= 1 }
    guard start > 0, body[start - 1] == quote else { return nil }
    return UnsafeRawBufferPointer(rebasing: body[start..<end])
  }

  private static let longestKey = 100
  private static let quote = UInt8(ascii: "\"")

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

  /// Whether a number goes on with it.
  private static func isNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): true
    default: false
    }
  }
}
