import Testing

@testable import LoadRun

@Suite("Response parser against NIOHTTP1")
struct ResponseComparisonTests {
  @Test("Random and damaged responses are read as NIOHTTP1 reads them, but for the differences that are named")
  func agrees() {
    var unexplained: [String: (count: Int, shortest: String)] = [:]
    var named: [String: Int] = [:]
    let rounds = CodecDice.rounds(4000)
    for round in 0..<rounds {
      var dice = CodecDice(seed: 2026, round: round)
      let bytes = ResponseCorpus.stream(&dice, mutated: round % 4 != 0)
      guard let difference = ResponseCase(bytes, ours: .ours(bytes), theirs: .nio(bytes)) else { continue }
      if let known = ResponseDifference.all.first(where: { $0.applies(difference) }), isExplained(bytes, known) {
        named[known.name, default: 0] += 1
      } else {
        let group = "ours \(difference.ours); theirs \(difference.theirs)".replacing(/\d+/, with: "N")
        let text = "round \(round): \(difference.text.debugDescription) after \(difference.before.debugDescription)"
        let known = unexplained[group]
        unexplained[group] = ((known?.count ?? 0) + 1, known.map { $0.shortest.count < text.count ? $0.shortest : text } ?? text)
      }
    }
    for (group, found) in unexplained { Issue.record("\(found.count) times \(group), as in \(found.shortest)") }
    if rounds > 100_000 { print("\(rounds) responses, differences by name: \(named.sorted { $0.value > $1.value })") }
  }

  private func isExplained(_ bytes: [UInt8], _ known: ResponseDifference) -> Bool {
    guard let cured = known.cured?(bytes), let rest = ResponseCase(cured, ours: .ours(cured), theirs: .nio(cured)) else { return true }
    return ResponseDifference.all.contains { $0.name != known.name && $0.applies(rest) }
  }

  @Test("Each named difference is there, and has a name of its own", arguments: ResponseDifference.all)
  func differs(_ difference: ResponseDifference) throws {
    let bytes = Array(difference.example.utf8)
    let found = try #require(ResponseCase(bytes, ours: .ours(bytes), theirs: .nio(bytes)), "\(difference.reason)")
    #expect(ResponseDifference.all.filter { $0.applies(found) }.map(\.name) == [difference.name])
  }
}
