/// What a registration may hold: all limits in one place. A password is never repeated in a violation.
enum AccountRules {
  /// In Unicode scalars.
  static let nameLength = 1...100
  /// In bytes. RFC 5321 allows a path 256, and two of them are its brackets.
  static let emailLength = 3...254
  /// In Unicode scalars, which is how NIST counts characters; the lower limit is NIST's, too (SP 800-63B).
  static let passwordLength = 8...256

  /// The names that `check(name:)` accepts, apart from their length, as a regular expression of JSON Schema.
  static let namePattern =
    #"^[^\u0000-\u001f\u007f-\u009f]*[^\u0000-\u0020\u007f-\u00a0\u1680\u2000\u2001\u2002-\u200a\u2028\u2029\u202f\u205f\u3000]"#
    + #"[^\u0000-\u001f\u007f-\u009f]*$"#
  /// The same for `check(email:)`.
  static let emailPattern = "^[!-?A-~]+@[!-?A-~]+$"

  /// - Returns: one violation for each field that is wrong; none where all is well.
  static func check(name: String, email: String, password: String) -> [Violation] {
    [check(name: name), check(email: email), check(password: password)].compactMap { $0 }
  }

  static func check(name: String) -> Violation? {
    let isPrintable = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    let isBlank = name.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    guard nameLength.contains(name.unicodeScalars.count), isPrintable, !isBlank else {
      return Violation(
        field: "name", found: isBlank ? "blank" : "\(name.unicodeScalars.count) characters",
        expected: "1 to \(nameLength.upperBound) characters without control characters")
    }
    return nil
  }

  /// One `@` between two parts of visible ASCII, so that every store compares emails exactly when it ignores case.
  static func check(email: String) -> Violation? {
    let parts = email.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    let isVisible = email.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    guard emailLength.contains(email.utf8.count), isVisible, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
      return Violation(
        field: "email", found: email.isEmpty ? "empty" : "no email address",
        expected: "NAME@DOMAIN in at most \(emailLength.upperBound) ASCII characters without spaces")
    }
    return nil
  }

  static func check(password: String) -> Violation? {
    guard canBePassword(password) else {
      return Violation(
        field: "password", found: "\(password.unicodeScalars.count) characters",
        expected: "\(passwordLength.lowerBound) to \(passwordLength.upperBound) characters")
    }
    return nil
  }

  /// Whether any account can have this password.
  static func canBePassword(_ text: String) -> Bool { passwordLength.contains(text.unicodeScalars.count) }
}
