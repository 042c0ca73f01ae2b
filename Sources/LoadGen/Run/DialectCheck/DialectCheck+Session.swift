import NIOCore
import Shared

extension DialectCheck {
  /// Whether anything answers at all. The status at the ready path matters only to a run that starts the API itself, so it is no problem
  /// here.
  mutating func isReachable() async -> Bool {
    title("ready")
    let headers = RequestHeaders(host: target.authority, closes: true, dialect: dialect.headers, given: scenario.headers)
    let request = headers.request("GET", target.basePath + dialect.readyPath)
    guard let response = await exchange(ByteBuffer(string: request)) else { return false }
    if (200..<300).contains(response.status) {
      understood("the API is ready")
    } else {
      understood("\(response.status) is no readiness; it matters only to a run with --serve, which waits for 2xx at 'ready'")
    }
    return true
  }

  /// Registers and logs in, where the API knows its callers by that.
  /// - Returns: whether orders can be sent.
  mutating func hasSession() async -> Bool {
    guard scenario.logsIn, case .bearer(let login) = dialect.authentication else { return true }
    if scenario.makesAccounts {
      title("register")
      guard let answer = await ask(.register, context) else { return false }
      guard case .session(.registered) = answer.reply, !(300..<400).contains(answer.response.status) else {
        problem(fault(answer.response, of: "authentication.login.register") ?? "no account could be made")
        return false
      }
      if (200..<300).contains(answer.response.status) {
        understood("the account is made")
      } else {
        let words = fault(answer.response, of: "authentication.login.register") ?? "the API answers \(answer.response.status)"
        problem("no account was made. \(words)")
        return false
      }
    }
    title("login")
    guard let answer = await ask(.login, context) else { return false }
    guard case .session(.tokens(let tokens)) = answer.reply else {
      var problem = "authentication.login.token: the answer has no usable token \(login.token.words)"
      if case .body(let field) = login.token {
        problem += "; " + Self.instead(at: field, in: answer.body) + AnswerFields.words(answer.body)
        // A cookie is the usual reason why a login's document has no token.
        if answer.response.setsCookie {
          problem += ", and it sets a cookie: if that is how the API knows its callers, say {header: Set-Cookie}"
        }
      }
      self.problem(fault(answer.response, of: "authentication.login") ?? problem)
      return false
    }
    context.tokens = tokens
    secrets.add(tokens)
    let lifetime = tokens.lifetime.map { "lasts \(Duration.nanoseconds($0).text)" } ?? "lasts until it is refused"
    understood("the token is \(login.token.words), and \(lifetime)")
    if let refresh = login.refresh, tokens.refresh == nil {
      let fields = AnswerFields.words(answer.body)
      problem("authentication.login.refresh.token: the answer has no refresh token at '\(refresh.token)'; \(fields)")
    }
    return true
  }
}
