import Testing

@testable import LoadRun

@Suite("gzip and deflate, undone")
struct ContentCodingTests {
  /// Bytes of all kinds: lines as of figures, one line over and over, and noise.
  private func text(_ dice: inout CodecDice, least: Int = 0) -> [UInt8] {
    let length = least + dice.pick([0, 1, 30, 500, 40_000])
    let names = ["orders_total{status=\"done\"} ", "# HELP orders_total All of them.", "open ", "\u{E9}\u{301} "].map { Array($0.utf8) }
    var text: [UInt8] = []
    switch dice.below(3) {
    case 0: while text.count < length { text += dice.pick(names) + Array("\(dice.below(1_000_000))\n".utf8) }
    case 1: while text.count < length { text += names[0] }
    default: while text.count < length { text.append(UInt8.random(in: 0...255, using: &dice)) }
    }
    return Array(text.prefix(length))
  }

  private func encoder(_ dice: inout CodecDice) -> BodyEncoder {
    BodyEncoder(
      coding: dice.pick(ContentCoding.allCases), level: Int32(dice.below(11)) - 1, chunk: dice.pick([1, 7, 64, 1_000, 40_000, .max]),
      flushes: dice.chance(50))
  }

  @Test("Whatever the text, the level and the chunks it was encoded in, it is had again, up to its last byte and with no bound above it")
  func roundTrips() throws {
    for round in 0..<CodecDice.rounds(200) {
      var dice = CodecDice(seed: 301, round: round)
      let text = text(&dice)
      let encoder = encoder(&dice)
      let encoded = encoder.encoded(text)
      guard encoded.count <= 1 << 20 else { continue }
      #expect(try encoder.coding.decoded(encoded, most: text.count) == text, "round \(round): \(encoder)")
      if !text.isEmpty {
        #expect(throws: BadEncoding.tooLong(encoder.coding, limit: text.count - 1), "round \(round): \(encoder)") {
          try encoder.coding.decoded(encoded, most: text.count - 1)
        }
      }
    }
  }

  @Test("What is cut off after any of its bytes is told as cut off, and no text")
  func cutOff() {
    for coding in ContentCoding.allCases {
      for (level, flushes) in [(0, false), (1, true), (9, false)] as [(Int32, Bool)] {
        var dice = CodecDice(seed: 302, round: Int(level))
        let text = Array(text(&dice, least: 100).prefix(700))
        let encoded = BodyEncoder(coding: coding, level: level, chunk: 90, flushes: flushes).encoded(text)
        for length in 0..<encoded.count {
          #expect(throws: BadEncoding.cutOff(coding), "\(length) of \(encoded.count) bytes") {
            try coding.decoded(Array(encoded.prefix(length)))
          }
        }
      }
    }
  }

  @Test("Damage is never read as another text, since the checksum is looked at")
  func damage() {
    let mutation = Mutation(words: ["\u{1F}"], bytes: [0, 0xFF, 0x8B, 0x78])
    for round in 0..<CodecDice.rounds(2_000) {
      var dice = CodecDice(seed: 303, round: round)
      let text = Array(text(&dice, least: 300).prefix(3_000))
      let encoder = encoder(&dice)
      var encoded = encoder.encoded(text)
      mutation.apply(to: &encoded, &dice)
      guard let read = try? encoder.coding.decoded(encoded) else { continue }
      #expect(read == text, "round \(round): \(encoder)")
    }
  }

  @Test("Each bit of the checksum and of the length counts")
  func checksum() {
    for (coding, size) in [(ContentCoding.gzip, 8), (.deflate, 4)] {
      let encoded = BodyEncoder(coding: coding).encoded(Array("orders_total 3\n".utf8))
      for bit in 0..<size * 8 {
        var damaged = encoded
        damaged[encoded.count - size + bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(throws: BadEncoding.damaged(coding), "bit \(bit)") { try coding.decoded(damaged) }
      }
    }
  }

  @Test("A text that becomes a thousand times as long is read up to the bound and no further, and one that is too long encoded not at all")
  func bombs() {
    let bound = 1 << 20
    for coding in ContentCoding.allCases {
      let bomb = BodyEncoder(coding: coding, level: 1).encoded([UInt8](repeating: 0, count: 32 << 20))
      #expect(bomb.count < 200_000)
      #expect(throws: BadEncoding.tooLong(coding, limit: bound)) { try coding.decoded(bomb, most: bound) }
      #expect(throws: BadEncoding.tooMuch(coding, length: bound + 1, limit: bound)) {
        try coding.decoded([UInt8](repeating: 0, count: bound + 1), most: bound)
      }
      #expect(ContentCoding.mostEncoded(for: 16 << 20) == 4 << 20 && ContentCoding.mostEncoded(for: bound) == bound)
    }
    // Several bombs in a row are one.
    let half = BodyEncoder(coding: .gzip).encoded([UInt8](repeating: 0, count: bound / 2 + 1))
    #expect(throws: BadEncoding.tooLong(.gzip, limit: bound)) { try ContentCoding.gzip.decoded(half + half, most: bound) }
  }

  @Test("Several members of gzip are one text; anything else after the end is told")
  func members() throws {
    let parts = ["orders_total 3\n", "", "open 4\n"].map { Array($0.utf8) }
    let members = parts.map { BodyEncoder(coding: .gzip).encoded($0) }
    #expect(try ContentCoding.gzip.decoded(Array(members.joined())) == Array(parts.joined()))
    for rest in ["\0", "x", "orders_total 4\n"] {
      #expect(throws: BadEncoding.followed(.gzip)) { try ContentCoding.gzip.decoded(members[0] + Array(rest.utf8)) }
    }
    #expect(throws: BadEncoding.cutOff(.gzip)) { try ContentCoding.gzip.decoded(members[0] + members[2].dropLast()) }
    #expect(throws: BadEncoding.damaged(.gzip)) { try ContentCoding.gzip.decoded(members[0] + [0x1F, 0]) }
    let deflated = BodyEncoder(coding: .deflate).encoded(parts[0])
    #expect(throws: BadEncoding.followed(.deflate)) { try ContentCoding.deflate.decoded(deflated + deflated) }
  }

  @Test("One coding is not taken for the other, nor for none, and a stream without head and checksum is none")
  func otherFormats() {
    let text = Array("orders_total 3\n".utf8)
    for (coding, other) in [(ContentCoding.gzip, ContentCoding.deflate), (.deflate, .gzip)] {
      #expect(throws: BadEncoding.damaged(coding)) { try coding.decoded(BodyEncoder(coding: other).encoded(text)) }
      #expect(throws: BadEncoding.damaged(coding)) { try coding.decoded(text) }
      #expect(throws: BadEncoding.cutOff(coding)) { try coding.decoded([]) }
    }
    #expect(throws: BadEncoding.damaged(.deflate)) {
      try ContentCoding.deflate.decoded(Array(BodyEncoder(coding: .deflate).encoded(text).dropFirst(2).dropLast(4)))
    }
  }

  @Test(
    "A Content-Encoding is read in any letter case, and several codings one after the other are not",
    arguments: [
      ("gzip", ContentCoding.gzip), ("GZip", .gzip), ("x-gzip", .gzip), ("X-GZIP", .gzip), ("deflate", .deflate), ("Deflate", .deflate),
      ("identity, gzip", .gzip), ("gzip,", .gzip), ("\tgzip ", .gzip), ("", nil), ("identity", nil), (",", nil), ("br", nil), ("zstd", nil),
      ("gzip, gzip", nil), ("gzip, deflate", nil), ("gzip, br", nil), ("gzip;q=1", nil), ("gzipped", nil), ("compress", nil),
    ])
  func names(value: String, coding: ContentCoding?) {
    #expect(Array(value.utf8).withUnsafeBytes { ContentCoding(contentEncoding: $0) } == coding)
  }
}
