/// Whether all that the target has ever answered to a create is one and the same refusal: then the path, the account or the body is wrong, and
/// more of the same will bring nothing else.
struct RefusedStart {
  /// After so many it is said.
  static let enough = 10

  private var status: Int?
  private var count = 0
  /// Something else was answered, or it was said.
  private var isOver = false

  /// A create was refused.
  /// - Returns: whether it is time to say so; true once.
  mutating func refused(_ failure: Failure) -> Bool {
    guard !isOver else { return false }
    guard failure.isLastingRefusal, status == nil || status == failure.status else {
      isOver = true
      return false
    }
    status = failure.status
    count += 1
    isOver = count == Self.enough
    return isOver
  }

  /// A create was answered otherwise, or not at all.
  mutating func somethingElse() { isOver = true }
}

extension Failure {
  /// Whether the same request, sent again a little later, would be refused again: a redirect or a 4xx, but those that ask for patience or tell of
  /// a moment.
  var isLastingRefusal: Bool {
    guard kind == .httpStatus, let status else { return false }
    return (300..<500).contains(status) && ![408, 425, 429].contains(status)
  }
}
