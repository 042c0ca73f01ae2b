/// A text with slots in braces, as in `/orders/{id}/status`: a brace that opens no known slot is an ordinary character,
/// so that JSON needs no escapes.
public struct Template: Sendable, Hashable, CustomStringConvertible {
  /// What changes from one order to the next.
  public enum Slot: String, Sendable, CaseIterable {
    /// The order's id, as the API knows it.
    case id
    /// The order's number in the run, counted from 0.
    case index
  }

  public enum Part: Sendable, Hashable {
    case literal(String)
    case slot(Slot)
  }

  public let parts: [Part]

  public init(_ text: String) {
    var parts: [Part] = []
    var literal = ""
    var rest = Substring(text)
    while let character = rest.first {
      if let slot = Slot.allCases.first(where: { rest.hasPrefix("{\($0.rawValue)}") }) {
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = ""
        parts.append(.slot(slot))
        rest = rest.dropFirst(slot.rawValue.count + 2)
      } else {
        literal.append(character)
        rest = rest.dropFirst()
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    self.parts = parts
  }

  public var description: String {
    parts.map {
      switch $0 {
      case .literal(let text): text
      case .slot(let slot): "{\(slot.rawValue)}"
      }
    }.joined()
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
