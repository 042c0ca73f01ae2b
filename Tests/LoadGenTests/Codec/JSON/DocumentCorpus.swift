/// Random JSON documents as text, mostly legal, with every way of writing a thing.
enum DocumentCorpus {
  static let mutation = Mutation(
    words: [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "\\ude00", "\\u0000", "\\u00e9", "\\uD800\\u0041", "null", "true",
      "false", "-", "+",
      "0", "00", "1", ".", "e", "E+", "1e400", "-0", "1.", ".5", "0x1", "NaN", "Infinity", "'", "//", "/**/", " ", "\t", "\n", "\r",
      "\u{B}", "\u{FEFF}",
      "\u{E9}", "\u{20AC}", "\u{1F600}", "\"a\":1,", "[[[[", "]]]]", ",]", ",}",
    ],
    bytes: [0x00, 0x01, 0x1F, 0x7F, 0x80, 0xBF, 0xC0, 0xC3, 0xE0, 0xED, 0xF0, 0xF4, 0xF5, 0xFE, 0xFF])

  static func document(_ dice: inout CodecDice, mutated: Bool) -> [UInt8] {
    var text = ""
    if dice.chance(2) {
      // About as deep as may be.
      let depth = 505 + dice.below(15)
      text = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
    } else {
      text = space(&dice) + value(&dice, depth: 0) + space(&dice)
    }
    var bytes = Array(text.utf8)
    if mutated { mutation.apply(to: &bytes, &dice) }
    return bytes
  }

  private static func value(_ dice: inout CodecDice, depth: Int) -> String {
    switch dice.below(depth > 4 ? 4 : 9) {
    case 0, 1: return string(&dice)
    case 2: return number(&dice)
    case 3: return dice.pick(["true", "false", "null"])
    case 4, 5: return "[" + list(&dice) { value(&$0, depth: depth + 1) } + "]"
    default:
      return "{"
        + list(&dice) { dice in
          let key =
            dice.chance(85)
            ? "\"\(dice.pick(["a", "b", "status", "order_id", "0", "1", "\\u0061", "st\\u0061tus", "\u{E9}"]))\"" : string(&dice)
          return key + space(&dice) + ":" + space(&dice) + value(&dice, depth: depth + 1)
        } + "}"
    }
  }

  private static func list(_ dice: inout CodecDice, _ element: (inout CodecDice) -> String) -> String {
    var parts: [String] = []
    for _ in 0..<dice.below(5) { parts.append(space(&dice) + element(&dice) + space(&dice)) }
    return parts.isEmpty ? space(&dice) : parts.joined(separator: ",")
  }

  private static func string(_ dice: inout CodecDice) -> String {
    let pieces = [
      "a", "pending", " ", "Completed", "\\n", "\\\"", "\\\\", "\\/", "\\b\\f\\r\\t", "\\u0041", "\\u00E9", "\\u20ac", "\\ud83d\\uDE00",
      "\\u0000",
      "\\uFFFF", "\u{E9}", "\u{20AC}", "\u{1F600}", "\u{7F}", "\u{10FFFF}", "/", "e\u{301}", "0123456789abcdef",
    ]
    var text = ""
    for _ in 0..<dice.below(6) { text += dice.pick(pieces) }
    return "\"\(text)\""
  }

  private static func number(_ dice: inout CodecDice) -> String {
    if dice.chance(30) {
      return dice.pick([
        "0", "-0", "0.0", "-0.0e0", "1E5", "1e-5", "1.5e+10", "9007199254740993", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809", "18446744073709551615", "18446744073709551616", "123456789012345678901234567890", "0.1234567890123456789",
        "1e308",
        "1e400", "-1e400", "1e-400", "2282.68599", "2.50",
      ])
    }
    return "\(Int.random(in: -100...5000, using: &dice))" + (dice.chance(50) ? ".\(dice.below(1000))" : "")
      + (dice.chance(20) ? "e\(dice.below(20))" : "")
  }

  private static func space(_ dice: inout CodecDice) -> String { dice.chance(80) ? "" : dice.pick([" ", "\n", "\t", "\r\n", "  "]) }
}
