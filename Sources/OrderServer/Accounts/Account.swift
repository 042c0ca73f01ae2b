/// Who may place orders, as others may see it: nothing here is secret.
struct Account: Sendable, Hashable, Identifiable {
  typealias ID = Int64

  /// Chosen by the store, from 1 on.
  var id: ID
  var name: String
  /// As it was written at registration. No two accounts have emails that differ in case alone.
  var email: String
}

/// What a login or a refresh gives: both are secrets of the caller.
struct TokenPair: Sendable, Equatable {
  /// Goes with every request, and is valid for minutes.
  var accessToken: String
  /// Buys the next pair, once.
  var refreshToken: String
}

/// Why an account was not made, or is not accepted. None of them says more than its caller may know.
enum AccountError: Error, Equatable {
  /// The registration breaks these rules.
  case invalid([Violation])
  /// Another account has this email.
  case emailTaken
  /// There is no such account, or its password is another: which of the two is not told.
  case wrongCredentials
  /// No token, or one that is not valid: malformed, of another signer, expired, used before.
  case invalidToken
  /// Too many wrong logins from this address. The next is looked at after so long.
  case tooManyLogins(retryAfter: Duration)
  /// Too many registrations from this address.
  case tooManyRegistrations(retryAfter: Duration)
  /// More passwords wait to be checked than the server holds. Later there may be room.
  case busy(retryAfter: Duration)
}
