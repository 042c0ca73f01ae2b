/// How an API identifies its callers.
public enum Authentication: Sendable, Hashable {
  /// It does not: anybody may send requests.
  case none
  /// A name and a password with every request (RFC 7617).
  case basic
  /// A token (RFC 6750) or cookies (RFC 6265) with every request; both are obtained by logging in.
  case bearer(Login)

  /// The name of the request header that carries the credentials.
  public var requestHeader: String {
    if case .bearer(let login) = self, login.token == .cookies { "Cookie" } else { "Authorization" }
  }

  /// The name of the header in a login's answer that carries the token; `nil` without a login, or where the token is in the JSON document.
  public var tokenHeader: String? {
    if case .bearer(let login) = self { login.token.header } else { nil }
  }

  /// How tokens are obtained and renewed.
  public struct Login: Sendable, Hashable {
    /// Creates an account that does not exist yet; `nil` where accounts are made by other means. It may be refused for an account that
    /// exists already; whether the password is right is then decided by the login.
    public var register: Dialect.Request?
    /// With slots `{username}` and `{password}`.
    public var request: Dialect.Request
    /// Where the token stands in the login's answer.
    public var token: TokenPlace
    /// Where the login's answer says how many seconds the token lasts; `nil` where it does not.
    public var expiresIn: FieldPath?
    /// How long a token lasts where neither the answer nor the token itself (a JWT's `exp`) says so; `nil`: until it is refused.
    public var lifetime: Duration?
    /// How a token is renewed; `nil`: by logging in again.
    public var refresh: Refresh?

    public init(
      register: Dialect.Request? = nil, _ request: Dialect.Request, token: TokenPlace, expiresIn: FieldPath? = nil,
      lifetime: Duration? = nil, refresh: Refresh? = nil
    ) {
      self.register = register
      self.request = request
      self.token = token
      self.expiresIn = expiresIn
      self.lifetime = lifetime
      self.refresh = refresh
    }
  }

  /// Where a login's answer holds what identifies an account from then on, and, as a consequence, how it is sent back.
  public enum TokenPlace: Sendable, Hashable {
    /// A token in its JSON document: sent as `Authorization: Bearer`.
    case body(FieldPath)
    /// A token in a header of this name: sent as `Authorization: Bearer`.
    case header(String)
    /// All cookies that the answer sets: sent as `Cookie`.
    case cookies

    /// The name of the answer's header that holds it; `nil` where it is in the document.
    public var header: String? {
      switch self {
      case .body: nil
      case .header(let name): name
      case .cookies: "Set-Cookie"
      }
    }
  }

  /// How a token is renewed with the help of another one that lasts longer.
  public struct Refresh: Sendable, Hashable {
    /// Where the refresh token stands in the login's answer.
    public var token: FieldPath
    /// With a slot `{refresh_token}`. Its answer is read like the login's; a refresh token in it replaces the one before.
    public var request: Dialect.Request

    /// - Parameter token: where the refresh token is in the login's answer.
    public init(token: FieldPath, _ request: Dialect.Request) {
      self.token = token
      self.request = request
    }
  }
}
