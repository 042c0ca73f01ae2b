import Shared

/// What the server is told about accounts, for the profiles that have them.
struct AccountSettings: Sendable {
  /// How long an access token is valid.
  var accessTokenLifetime = Duration.seconds(15 * 60)
  /// How long a refresh token can be used after it was issued.
  var refreshTokenLifetime = Duration.seconds(7 * 24 * 60 * 60)
  /// How often wrong credentials may be tried from one address; `nil`: there is no limit.
  var loginRateLimit = Rate(perSecond: 10.0 / 60)
  /// How often accounts may be made from one address; `nil`: there is no limit.
  var registrationRateLimit = Rate(perSecond: 1)
  /// What access tokens are signed with.
  var tokenSecret = TokenSecret.Source.besideStore
  /// Who is let in with Basic authentication.
  var basicAccounts = BasicAccountSource.besideStore
}
