/// An account of the target: a name and its password.
///
/// It prints as its name alone, so that a password cannot get into a log or a report by accident.
struct Credentials: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  var username: String
  var password: String

  var description: String { username }
  var customMirror: Mirror { Mirror(self, children: ["username": username]) }
}
