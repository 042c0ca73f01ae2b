/// How an API knows its callers.
public enum Authentication: Sendable, Hashable {
  /// It does not.
  case none
  /// A name and a password with every request (RFC 7617).
  case basic
  /// A token with every request (RFC 6750), or cookies (RFC 6265), which are had by logging in.
  case bearer(Login)

  /// The header of a request that says who asks.
  public var requestHeader: String {
    if case .bearer(let login) = self, login.token == .cookies { "Cookie" } else { "Authorization" }
  }

  /// The header of a login's answer that has the token; `nil` where none is had, or the document has it.
  public var tokenHeader: String? {
    if case .bearer(let login) = self { login.token.header } else { nil }
  }

  /// How tokens are had and renewed.
  public struct Login: Sendable, Hashable {
    /// Makes an account that is not there yet; `nil` where accounts are made by other means. An account that is there already may
    /// be refused: whether its password is right, the login says.
    public var register: Dialect.Request?
    /// With slots `{username}` and `{password}`.
    public var request: Dialect.Request
    /// Where the token stands in the login's answer.
    public var token: TokenPlace
    /// Where the login's answer says how many seconds the token lasts; `nil` where it does not.
    public var expiresIn: FieldPath?
    /// How long a token lasts, where neither the answer nor the token itself (a JWT's `exp`) says so; `nil`: until it is refused.
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

  /// Where a login's answer has what makes an account known from then on, and with that how it goes back.
  public enum TokenPlace: Sendable, Hashable {
    /// A token in its JSON document: sent as `Authorization: Bearer`.
    case body(FieldPath)
    /// A token in a header of this name: sent as `Authorization: Bearer`.
    case header(String)
    /// The cookies that it sets, all of them: sent as `Cookie`.
    case cookies

    /// The header that holds it; `nil` where the document does.
    public var header: String? {
      switch self {
      case .body: nil
      case .header(let name): name
      case .cookies: "Set-Cookie"
      }
    }
  }

  /// How a token is renewed by means of another that lasts longer.
  public struct Refresh: Sendable, Hashable {
    /// Where the refresh token stands in the login's answer.
    public var token: FieldPath
    /// With a slot `{refresh_token}`. Its answer is read like the login's; a refresh token in it replaces the earlier one.
    public var request: Dialect.Request

    public init(token: FieldPath, _ request: Dialect.Request) {
      self.token = token
      self.request = request
    }
  }
}
