import Shared

/// What the server is told about accounts, for the profiles that have them.
struct AccountSettings: Sendable {
  /// How long an access token is good for.
  var accessTokenLifetime = Duration.seconds(15 * 60)
  /// How long a refresh token can be used, from when it was given.
  var refreshTokenLifetime = Duration.seconds(7 * 24 * 60 * 60)
  /// How often wrong credentials may be tried from one address; `nil` is as often as one likes.
  var loginRateLimit = Rate(perSecond: 10.0 / 60)
  /// How often accounts may be made from one address; `nil` is as often as one likes.
  var registrationRateLimit = Rate(perSecond: 1)
  /// What access tokens are signed with.
  var tokenSecret = TokenSecret.Source.besideStore
  /// Who may pass with Basic authentication.
  var basicAccounts = BasicAccountSource.besideStore
}
