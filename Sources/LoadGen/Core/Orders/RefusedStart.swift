/// Detects that every create so far was answered by one and the same refusal: then the path, the account or the body is wrong, and more of
/// the same creates will not help.
struct RefusedStart {
  /// After how many refusals this is reported.
  static let enough = 10

  private var status: Int?
  private var count = 0
  /// Whether something else was answered, or it was already reported.
  private var isOver = false

  /// A create was refused.
  /// - Returns: whether this is to be reported now; true at most once.
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
  /// Whether the same request would be refused again a little later: a redirect, or a 4xx other than 408, 425 and 429, which are temporary.
  var isLastingRefusal: Bool {
    guard kind == .httpStatus, let status else { return false }
    return (300..<500).contains(status) && ![408, 425, 429].contains(status)
  }
}
