/// An account that may place orders. Nothing in it is secret.
struct Account: Sendable, Hashable, Identifiable {
  typealias ID = Int64

  /// Chosen by the store, from 1 on.
  var id: ID
  var name: String
  /// As it was written at registration. No two accounts have emails that differ in case alone.
  var email: String
}

/// What a login or a refresh returns. Both tokens are secrets of the caller.
struct TokenPair: Sendable, Equatable {
  /// Sent with every request; valid for `AccountSettings.accessTokenLifetime`.
  var accessToken: String
  /// Can be exchanged for the next pair, once.
  var refreshToken: String
}

/// Why an account was not made, or is not accepted. No case reveals more than the caller may know.
enum AccountError: Error, Equatable {
  /// The registration breaks these rules.
  case invalid([Violation])
  /// Another account has this email.
  case emailTaken
  /// There is no such account, or its password is a different one; the caller is not told which.
  case wrongCredentials
  /// No token, or one that is not valid: malformed, signed by somebody else, expired, or used before.
  case invalidToken
  /// Too many wrong logins from this address. The next one is looked at after this time.
  case tooManyLogins(retryAfter: Duration)
  /// Too many registrations from this address.
  case tooManyRegistrations(retryAfter: Duration)
  /// The queue of passwords to be hashed is full. There may be room later.
  case busy(retryAfter: Duration)
}
