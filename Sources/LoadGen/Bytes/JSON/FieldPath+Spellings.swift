import Shared

extension FieldPath {
  /// With more keys than this a path may only be nested throughout, or one key throughout: each further key doubles the ways
  /// between.
  private static let mixedSpellingsLimit = 6

  /// The ways in which a document may write this place, each as keys from the outside in. Nested keys come first, as they mean
  /// what the path says; but a key may have dots in itself, as those of Spring and Micrometer have
  /// (`{"order.status": "pending"}`), alone or with others around it (`{"orders": {"by.status": …}}`).
  var spellings: [[String]] {
    guard keys.count > 1 else { return [keys] }
    guard keys.count <= Self.mixedSpellingsLimit else { return [keys, [description]] }
    // Bit i of a mask says that keys i and i + 1 are one key with a dot between them.
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
