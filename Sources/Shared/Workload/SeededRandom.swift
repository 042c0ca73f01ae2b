/// Randomness that is a function of (seed, stream, index) and of nothing else.
///
/// Any draw can be made by anyone, in any order, any number of times: neither the number of event loops nor the order of events changes
/// what is drawn.
public struct SeededRandom: Sendable, Hashable {
  /// What a draw is for. Draws of different streams are independent.
  public enum Stream: UInt64, Sendable {
    case arrivalGap = 1
    case serviceTime = 2
    case pollJitter = 3
    case orderContent = 4
    case traffic = 5
    case processingFailure = 6
    case thinkTime = 7
    case networkDelay = 8
    case answerTime = 9
    case networkFault = 10
    case answerFault = 11
    case generatorPause = 12
    case othersOrders = 13
    case randomRun = 14
    case wire = 15
    case deliberateFault = 16
    case scrapeGap = 17
    case auditSample = 18
    case pairSeed = 19
    case pairOrder = 20
    case resampling = 21
  }

  public let seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// 64 random bits: three rounds of SplitMix64's finaliser (Steele, Lea & Flood 2014), keyed by seed, stream and index in turn.
  /// - Parameter part: tells several draws for one stream and index apart.
  public func bits(_ stream: Stream, _ index: UInt64, part: UInt64 = 0) -> UInt64 {
    var state = Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15)
    state = Self.mix(state ^ (stream.rawValue &+ part &* 0x1_0000) &* 0xD1B5_4A32_D192_ED03)
    return Self.mix(state &+ index &* 0x9E37_79B9_7F4A_7C15)
  }

  /// Uniform in the open interval (0, 1), in steps of 2⁻⁵³: never 0, so that its logarithm exists.
  public func uniform(_ stream: Stream, _ index: UInt64, part: UInt64 = 0) -> Double {
    (Double(bits(stream, index, part: part) >> 11) + 0.5) * 0x1p-53
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
