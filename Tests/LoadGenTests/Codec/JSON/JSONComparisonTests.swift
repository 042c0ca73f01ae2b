import Testing

@Suite("JSON scanner against JSONSerialization")
struct JSONComparisonTests {
  @Test("Random and damaged documents are read as JSONSerialization reads them, but for the differences that are named")
  func agrees() {
    var named: [String: Int] = [:]
    let rounds = CodecDice.rounds(4000)
    for round in 0..<rounds {
      var dice = CodecDice(seed: 2027, round: round)
      let bytes = DocumentCorpus.document(&dice, mutated: round % 3 == 0)
      guard let difference = DocumentCase(bytes) else { continue }
      if let known = DocumentDifference.all.first(where: { $0.applies(difference) }) {
        named[known.name, default: 0] += 1
      } else {
        Issue.record("round \(round): ours \(difference.ours), theirs \(difference.theirs), in \(difference.text.debugDescription)")
      }
    }
    if rounds > 100_000 { print("\(rounds) documents, differences by name: \(named.sorted { $0.value > $1.value })") }
  }

  @Test("Each named difference is there, and has a name of its own", arguments: DocumentDifference.all)
  func differs(_ difference: DocumentDifference) throws {
    let found = try #require(DocumentCase(difference.example), "\(difference.reason)")
    #expect(DocumentDifference.all.filter { $0.applies(found) }.map(\.name) == [difference.name])
  }
}

extension DocumentDifference: CustomTestStringConvertible {
  var testDescription: String { name }
}
