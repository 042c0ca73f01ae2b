import Shared

/// A mapping in a dialect file, all of whose keys are known.
struct DialectFields {
  let node: DialectNode
  /// In the order of the file.
  let inOrder: [(name: String, value: DialectNode)]

  /// - Throws: `ConfigurationError` where the value is not a mapping, or has a key that means nothing here.
  init(_ node: DialectNode, known: [String]) throws(ConfigurationError) {
    self.node = node
    guard let pairs = node.pairs else {
      let example = known.first.map { ", as in '\($0): …'" } ?? ""
      throw node.refusal("it is \(node.kind) where keys with values are due\(example)")
    }
    for (name, value) in pairs where !known.contains(name) {
      let guess = DialectNode.guess(name, known)
      throw value.refusal("there is no such key\(guess.isEmpty ? "; it can be one of \(known.joined(separator: ", "))" : guess)")
    }
    inOrder = pairs
  }

  /// The value of a key; `nil` where the file does not have it.
  subscript(name: String) -> DialectNode? { inOrder.first { $0.name == name }?.value }

  /// The value of a key; `nil` where the file does not have it, or it is `none`.
  func optional(_ name: String) -> DialectNode? {
    self[name].flatMap { $0.isNone ? nil : $0 }
  }

  /// - Parameter example: how the missing key could be written.
  /// - Throws: `ConfigurationError` where the file does not have the key.
  func required(_ name: String, _ example: String) throws(ConfigurationError) -> DialectNode {
    if let value = self[name] { return value }
    throw node.refusal("there is no '\(name)': add it, as in \(example)")
  }
}
