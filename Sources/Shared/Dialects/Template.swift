/// A text with slots in braces, as in `/orders/{id}/status`: a brace that opens no known slot is an ordinary character,
/// so that JSON needs no escapes.
public struct Template: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// A stretch of plain text, or a slot.
  public enum Part: Sendable, Hashable {
    case literal(String)
    case slot(Slot)
  }

  public let parts: [Part]

  /// Never fails: what is in braces but is no slot stays as it is.
  public init(_ text: String) {
    var parts: [Part] = []
    var literal = ""
    var rest = Substring(text)
    while let character = rest.first {
      if character == "{", let end = rest.firstIndex(of: "}"), let slot = Slot(text: rest[rest.index(after: rest.startIndex)..<end]) {
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = ""
        parts.append(.slot(slot))
        rest = rest[rest.index(after: end)...]
      } else {
        literal.append(character)
        rest = rest.dropFirst()
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    self.parts = parts
  }

  public init(stringLiteral text: String) { self.init(text) }

  public var description: String { filled { "{\($0)}" } }

  /// The slots in it, in order, each as often as it occurs.
  public var slots: [Slot] {
    parts.compactMap { if case .slot(let slot) = $0 { slot } else { nil } }
  }

  /// The text with every slot filled in.
  public func filled(_ value: (Slot) -> String) -> String {
    parts.map {
      switch $0 {
      case .literal(let text): text
      case .slot(let slot): value(slot)
      }
    }.joined()
  }
}
