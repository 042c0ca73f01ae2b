import Shared

extension ServerFigures {
  /// What is told of requests in the place of the truth. A series that is skipped has no `…_created` either, as one that was never counted.
  func told(_ lies: ToldRequests) -> ServerFigures {
    var told = self
    if lies.isInMilliseconds { told.requests = requestsInMilliseconds }
    told.requests = told.requests.filter { kind, _ in !lies.skipped.contains { $0.contains(kind.status) } }
    if lies.isShifted { told.requests = told.requests.mapValues(\.shifted) }
    return told
  }
}
