/// An order's identity, as it stands in paths and bodies.
public struct OrderID: Sendable, Hashable, CustomStringConvertible {
  public let text: String

  public init(_ text: String) { self.text = text }

  public var description: String { text }
}
