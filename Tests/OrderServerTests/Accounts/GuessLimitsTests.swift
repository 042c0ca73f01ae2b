import Shared
import Testing

@testable import OrderServer

@Suite("Limits on wrong credentials")
struct GuessLimitsTests {
  private let hand = HandClock()

  private func limits(burst: Int) throws -> GuessLimits<String> {
    let clock = hand.clock
    return GuessLimits(rate: try Rate(text: "10/m"), burst: burst) { clock.now() }
  }

  @Test("Right credentials cost nothing, also where several tries of one account are looked at together", arguments: 1...5)
  func together(count: Int) throws {
    let limits = try limits(burst: 5)
    let tries = (0..<count).map { _ in limits.newTry(for: "ann", from: .none) }
    for one in tries { #expect(limits.take(one) == nil) }
    // The first of them lets the account in, which is a guest from then on.
    for one in tries { limits.wasRight(one) }
    let stranger = limits.newTry(for: nil, from: .none)
    for _ in 0..<5 { #expect(limits.take(stranger) == nil) }
    #expect(limits.take(stranger) == .seconds(6))
    let guest = limits.newTry(for: "ann", from: .none)
    for _ in 0..<5 { #expect(limits.take(guest) == nil) }
    #expect(limits.wait(guest) == .seconds(6))
  }
}
