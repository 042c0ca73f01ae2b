/// How many orders are processed at the same time.
enum Workers: Sendable, Hashable, CustomStringConvertible {
  case limited(Int)
  case unlimited

  var description: String {
    switch self {
    case .limited(let count): String(count)
    case .unlimited: "unlimited"
    }
  }
}
