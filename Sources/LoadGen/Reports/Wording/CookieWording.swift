import LoadRun

extension Summary {
  /// Says that the target may have lost orders or refused callers because its cookie was not sent back; `nil` where it set no cookie, or
  /// nothing points to that.
  var cookieHint: String? {
    guard let cookies, cookies.answers > 0 else { return nil }
    let unknown = orders.lost > 0 ? "\(Figure.count(orders.lost)) orders were lost" : nil
    let refused = errors.filter { $0.status == 401 || $0.status == 403 }.reduce(0) { $0 + $1.count }
    let reasons = [unknown, refused > 0 ? "\(Figure.count(refused)) answers were 401 or 403" : nil].compactMap { $0 }
    guard !reasons.isEmpty else { return nil }
    let name = cookies.name.map { Legible.line($0, limit: 40) } ?? ""
    let set = cookies.answers == 1 ? "1 answer sets a cookie" : "\(Figure.count(cookies.answers)) answers set a cookie"
    return "\(reasons.joined(separator: " and ")), and \(set) (Set-Cookie\(name.isEmpty ? "" : ": \(name)")), which loadgen does not keep: "
      + "where a balancer finds an order's server by it, or the API whoever asks, that is why."
  }
}
