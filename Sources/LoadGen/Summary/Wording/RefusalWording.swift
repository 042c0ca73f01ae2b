package import Shared

/// How every create was refused, in a sentence that says what is probably wrong.
package struct RefusalWording: CustomStringConvertible {
  package let description: String

  /// - Parameters:
  ///   - count: how many creates there were, all with this answer.
  ///   - basePath: what precedes every path of the dialect.
  package init(_ failure: Failure, count: Int, dialect: Dialect, basePath: String) {
    let request = dialect.create.request
    let what = "\(request.method) \(Legible.line(basePath + request.path.description, limit: 200))"
    let status = failure.status.map(String.init) ?? failure.kind.rawValue
    description = "\(what) answered \(status) to all \(Figure.count(count)): \(Self.guess(failure, dialect))"
  }

  private static func guess(_ failure: Failure, _ dialect: Dialect) -> String {
    switch failure.status {
    case 404, 405: "is the base path right?"
    case 401, 403: dialect.authentication == .none ? "does it want an account (--user-file, LOADGEN_USER)?" : "is the account right?"
    case 400, 415, 422: "is this the API's dialect (--dialect \(dialect.name)), and its create.body right?"
    // The failure's text names the path that would be right.
    case let status? where (300..<400).contains(status): Legible.line(failure.example, limit: 300)
    default: "the first said: \(Legible.line(failure.example, limit: 300))"
    }
  }
}
