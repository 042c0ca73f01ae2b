import Shared

/// The values for the slots of a run's requests. All of them follow from the run and the order's number, except tokens, cursors and ids,
/// which come from the target.
struct SlotValues: Sendable {
  /// The source of the orders' random contents.
  let random: SeededRandom
  /// Distinguishes this run from all others that have sent orders to the same target.
  let nonce: UInt64
  /// In the order in which they are used.
  let accounts: [Credentials]
  /// The template of the client's own ids; `nil` if the target chooses the ids.
  let ownID: Template?

  /// The number of a run's first order: far from that of most other runs, and leaving room for 2³⁰ orders within 31 bits.
  private var firstNumber: UInt64 { nonce % (1 << 30) + 1 }

  /// The value of the slot `number` for an order.
  func number(_ index: UInt64) -> UInt64 { firstNumber + index }

  /// The client's own id of an order; `nil` if the target chooses the ids.
  func id(_ index: UInt64) -> OrderID? {
    guard let ownID else { return nil }
    var text = TextSink()
    for part in ownID.parts {
      switch part {
      case .literal(let literal): text.put(Array(literal.utf8))
      case .slot(.id): break
      case .slot(let slot): write(slot, of: RequestContext(index: index), in: .body(.plain), into: &text)
      }
    }
    return OrderID(String(decoding: text.bytes, as: UTF8.self))
  }

  /// The value of a slot for an order, as JSON has it.
  func text(_ slot: Slot, of index: UInt64) -> [UInt8] {
    var text = TextSink()
    write(slot, of: RequestContext(index: index), in: .body(.json), into: &text)
    return text.bytes
  }

  func write(_ slot: Slot, of context: RequestContext, in place: TextPlace, into sink: inout some ByteSink) {
    let index = context.index
    switch slot {
    case .id:
      if let id = context.id ?? id(index) { id.withUTF8 { sink.put($0, in: place) } }
    case .index: sink.put(decimal: index)
    case .number: sink.put(decimal: number(index))
    case .uuid: writeUUID(index, into: &sink)
    case .run: sink.put(hexadecimal: nonce, digits: 8)
    case .random(let range): writeNumber(in: range, index, into: &sink)
    case .choice(let texts):
      sink.put(texts[Int(random.bits(.orderContent, index, part: 1) % UInt64(texts.count))], in: place)
    case .username: sink.put(account(of: context)?.username ?? "", in: place)
    case .password: sink.put(account(of: context)?.password ?? "", in: place)
    case .refreshToken: sink.put(context.tokens?.refresh ?? "", in: place)
    case .cursor: sink.put(context.cursor ?? "", in: place)
    // It was checked when it was read, and has its escapes.
    case .nextPage: sink.put(plain: context.cursor ?? "")
    }
  }

  /// The credentials of the account that the request is sent for; `nil` if the target has no accounts.
  func account(of context: RequestContext) -> Credentials? {
    accounts.indices.contains(context.account) ? accounts[context.account] : nil
  }

  private func writeNumber(in range: ClosedRange<Int64>, _ index: UInt64, into sink: inout some ByteSink) {
    let width = UInt64(bitPattern: range.upperBound &- range.lowerBound)
    let bits = random.bits(.orderContent, index)
    let value = range.lowerBound &+ Int64(bitPattern: width == .max ? bits : bits % (width + 1))
    if value < 0 { sink.put(UInt8(ascii: "-")) }
    sink.put(decimal: value.magnitude)
  }

  /// Writes a UUID of version 4 (RFC 9562) whose random bits are drawn from the run's nonce.
  private func writeUUID(_ index: UInt64, into sink: inout some ByteSink) {
    let source = SeededRandom(seed: nonce)
    let high = source.bits(.orderContent, index) & ~0xF000 | 0x4000
    let low = source.bits(.orderContent, index, part: 1) & ~(3 << 62) | 2 << 62
    let dash = UInt8(ascii: "-")
    sink.put(hexadecimal: high >> 32, digits: 8)
    sink.put(dash)
    sink.put(hexadecimal: high >> 16, digits: 4)
    sink.put(dash)
    sink.put(hexadecimal: high, digits: 4)
    sink.put(dash)
    sink.put(hexadecimal: low >> 48, digits: 4)
    sink.put(dash)
    sink.put(hexadecimal: low, digits: 12)
  }
}

/// Collects the bytes of a text.
private struct TextSink: ByteSink {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ bytes: [UInt8]) { self.bytes += bytes }
  mutating func put(_ bytes: UnsafeRawBufferPointer) { self.bytes += bytes }
  mutating func put(_ byte: UInt8) { bytes.append(byte) }
}
