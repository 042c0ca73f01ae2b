import Testing

@testable import LoadRun

@Suite("Responses in pieces")
struct ResponsePiecesTests {
  @Test("Random and damaged responses are read alike however they are cut, and by a parser that is used again")
  func readsAlike() {
    var used = ResponseParser()
    for round in 0..<CodecDice.rounds(3000) {
      var dice = CodecDice(seed: 7, round: round)
      let bytes = ResponseCorpus.stream(&dice, mutated: round % 2 == 0)
      let whole = Transcript.ours(bytes)
      var cuts = (0..<dice.below(8)).map { _ in dice.below(bytes.count + 1) }
      if round % 8 == 0 { cuts = Array(bytes.indices) }
      #expect(Transcript.ours(bytes, cuts: cuts.sorted()) == whole, "round \(round)")
      used.reset()
      #expect(Transcript.ours(bytes, cuts: cuts.sorted(), parser: &used).transcript == whole, "round \(round), used parser")
    }
  }

  @Test("Random bytes are refused or read, and never trap")
  func survivesNoise() {
    for round in 0..<CodecDice.rounds(2000) {
      var dice = CodecDice(seed: 8, round: round)
      let noise = (0..<dice.below(80)).map { _ in UInt8.random(in: 0...255, using: &dice) }
      let start = dice.pick(["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 "])
      let bytes = Array(start.utf8) + noise
      #expect(Transcript.ours(bytes) == .ours(bytes, cuts: [dice.below(bytes.count + 1)]), "round \(round)")
    }
  }
}
