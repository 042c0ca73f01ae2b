/// Damage to bytes: what a broken peer, or a hostile one, could send instead.
struct Mutation {
  /// What is put in beside random bytes: the words that mean something to the reader under test.
  let words: [[UInt8]]

  init(words: [String], bytes: [UInt8]) { self.words = words.map { Array($0.utf8) } + bytes.map { [$0] } }

  /// One to four random changes.
  func apply(to bytes: inout [UInt8], _ dice: inout CodecDice) {
    for _ in 0...dice.below(4) { applyOne(to: &bytes, &dice) }
  }

  private func applyOne(to bytes: inout [UInt8], _ dice: inout CodecDice) {
    let place = dice.below(bytes.count + 1)
    switch dice.below(8) {
    case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &dice)
    case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(dice.below(8))
    case 2 where place < bytes.count: bytes.remove(at: place)
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + dice.below(12)))
    case 4 where dice.chance(30): bytes.removeSubrange(place...)
    case 5:
      let copy = bytes[place..<min(bytes.count, place + dice.below(40))]
      bytes.insert(contentsOf: Array(copy), at: dice.below(bytes.count + 1))
    case 6 where place < bytes.count:
      let word = dice.pick(words)
      bytes.replaceSubrange(place..<min(bytes.count, place + word.count), with: word)
    default: bytes.insert(contentsOf: dice.pick(words), at: place)
    }
  }
}
