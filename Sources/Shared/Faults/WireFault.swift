/// How an answer about orders or figures is sent, whatever it says.
public enum WireFault: Sendable, Hashable {
  /// So much later than it could be.
  case delay(Duration)
  /// Its first half at once, its second so much later.
  case stall(Duration)
  /// Not at all: the connection is reset (TCP RST) after the request was done.
  case reset
  /// Its head and half of its body; then the connection is closed.
  case half
  /// Its body byte by byte, with so long between two.
  case drip(Duration)
}

extension WireFault: FaultFamily {
  var words: String {
    switch self {
    case .delay(let time): "delay:\(time.text)"
    case .stall(let time): "stall:\(time.text)"
    case .reset: "reset"
    case .half: "half"
    case .drip(let time): "drip:\(time.text)"
    }
  }

  static let forms: [FaultForm<WireFault>] = [
    .timed("delay", example: "200ms", "sent so much later") { .delay($0) },
    .timed("stall", "its second half so much later than its first") { .stall($0) },
    FaultForm("reset", .reset, "the connection is reset after the request was done"),
    FaultForm("half", .half, "half of it, and the connection is closed"),
    .timed("drip", example: "5ms", "byte by byte, with so long between two") { .drip($0) },
  ]
}
