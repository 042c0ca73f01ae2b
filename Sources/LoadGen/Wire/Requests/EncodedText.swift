import Shared

/// A text with slots: its constant bytes in one piece, and the offsets at which the slots are inserted.
struct EncodedText: Sendable {
  private let bytes: [UInt8]
  private let slots: [(offset: Int, slot: Slot)]
  private let place: TextPlace

  init(_ template: Template, in place: TextPlace) {
    var bytes: [UInt8] = []
    var slots: [(offset: Int, slot: Slot)] = []
    for part in template.parts {
      switch part {
      case .literal(let text): bytes += text.utf8
      case .slot(let slot): slots.append((bytes.count, slot))
      }
    }
    self.bytes = bytes
    self.slots = slots
    self.place = place
  }

  func write(_ context: RequestContext, _ values: SlotValues, into sink: inout some ByteSink) {
    bytes.withUnsafeBytes { bytes in
      var written = 0
      for (offset, slot) in slots {
        sink.put(UnsafeRawBufferPointer(rebasing: bytes[written..<offset]))
        values.write(slot, of: context, in: place, into: &sink)
        written = offset
      }
      sink.put(UnsafeRawBufferPointer(rebasing: bytes[written...]))
    }
  }

  /// How many bytes `write` would write.
  func length(_ context: RequestContext, _ values: SlotValues) -> Int {
    var counter = ByteCounter()
    for (_, slot) in slots { values.write(slot, of: context, in: place, into: &counter) }
    return bytes.count + counter.count
  }
}
