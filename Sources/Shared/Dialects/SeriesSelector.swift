extension Dialect {
  /// Which series of Prometheus text a figure is: the sum of all that it matches, as in `orders_total{status="completed"}`.
  ///
  /// Written as in PromQL: a name, and matchers of labels in braces, with `=`, `!=`, `=~` and `!~`; a label that a series has not is empty.
  /// Patterns are whole values of letters, `.`, `.*`, `.+` and `|`, as in `2..|404`.
  public struct SeriesSelector: Sendable, Hashable {
    public var name: String
    public var matchers: [Matcher]

    public struct Matcher: Sendable, Hashable {
      public var label: String
      public var pattern: LabelPattern
      /// Whether it matches what the pattern does not.
      public var isNegated: Bool

      public init(_ label: String, _ pattern: LabelPattern, isNegated: Bool = false) {
        self.label = label
        self.pattern = pattern
        self.isNegated = isNegated
      }
    }

    public init(_ name: String, _ matchers: [Matcher] = []) {
      self.name = name
      self.matchers = matchers
    }

    /// The same labels of another metric, as of `order_seconds_sum`.
    public func named(_ name: String) -> SeriesSelector { SeriesSelector(name, matchers) }
  }

  /// What a label's value must be.
  public enum LabelPattern: Sendable, Hashable {
    case text(String)
    /// Any of several, each a row of parts.
    case choice([[Part]])

    public enum Part: Sendable, Hashable {
      case byte(UInt8)
      /// One byte or, of a character beyond ASCII, all of its bytes.
      case anyCharacter
      /// Any number of them.
      case anything
    }

    /// Whether a value is what it must be. It takes at most as many steps as the pattern has parts times the value has bytes.
    public func matches(_ value: some RandomAccessCollection<UInt8>) -> Bool {
      switch self {
      case .text(let text): return text.utf8.elementsEqual(value)
      case .choice(let choices): return choices.contains { Self.matches($0, Array(value)) }
      }
    }

    private static func matches(_ parts: [Part], _ value: [UInt8]) -> Bool {
      // Where `anything` stood last, and up to where it has taken the value: all earlier ones are as short as they can be.
      var (part, index) = (0, 0)
      var retry: (part: Int, index: Int)?
      while true {
        if part < parts.count, case .anything = parts[part] {
          retry = (part, index)
          part += 1
        } else if index < value.count, part < parts.count, let next = step(parts[part], value, index) {
          (part, index) = (part + 1, next)
        } else if index == value.count, part == parts.count {
          return true
        } else if let (open, taken) = retry, taken < value.count {
          retry = (open, taken + 1)
          (part, index) = (open + 1, taken + 1)
        } else {
          return false
        }
      }
    }

    private static func step(_ part: Part, _ value: [UInt8], _ index: Int) -> Int? {
      switch part {
      case .byte(let byte): return value[index] == byte ? index + 1 : nil
      case .anyCharacter:
        var next = index + 1
        while next < value.count, value[next] & 0xC0 == 0x80 { next += 1 }
        return next
      case .anything: return nil
      }
    }
  }
}
