/// What a client gives a request, so that it can send it again without ordering twice.
struct IdempotencyKey: Sendable, Hashable {
  /// Whose key it is: the same text means nothing to two callers. Empty where callers have no accounts.
  var owner: String
  var text: String
  /// Alike for two requests that ask for the same.
  var fingerprint: [UInt8]
}
