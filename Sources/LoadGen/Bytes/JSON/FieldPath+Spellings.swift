import Shared

extension FieldPath {
  /// A longer path is looked up only as fully nested keys and as one single key: each further key doubles the number of spellings.
  private static let mixedSpellingsLimit = 6

  /// The ways in which a document may write this path, each as a list of keys from the outermost inwards; never empty. Fully nested keys
  /// come first, since that is what the path literally means. But a key may itself contain dots, as those of Spring and Micrometer do
  /// (`{"order.status": "pending"}`), on its own or with other keys around it (`{"orders": {"by.status": …}}`).
  var spellings: [[String]] {
    guard keys.count > 1 else { return [keys] }
    guard keys.count <= Self.mixedSpellingsLimit else { return [keys, [description]] }
    // Bit i of the mask: keys i and i + 1 are joined by a dot into one key.
    return (0..<1 << (keys.count - 1)).map { mask in
      keys.indices.dropFirst().reduce(into: [keys[0]]) { spelling, index in
        if mask >> (index - 1) & 1 == 1 {
          spelling[spelling.count - 1] += "." + keys[index]
        } else {
          spelling.append(keys[index])
        }
      }
    }
  }
}
