/// The text format in which accounts are listed: one `name:password` per line; empty lines and lines that begin with `#` are ignored.
///
/// A name has no colon; blanks before it are ignored. The password is everything after the colon, including blanks at its end.
public enum AccountText {
  /// One line of the text.
  public struct Account: Sendable, Equatable {
    /// The line's number, counted from 1.
    public let line: Int
    public let name: String
    /// May be empty.
    public let password: String
  }

  /// What is wrong with the text. It quotes nothing of it, as it may hold passwords.
  public struct Fault: Error, Equatable {
    /// The line's number, counted from 1; `nil`: the fault is that of the whole text.
    public let line: Int?
    /// The rest of a sentence that begins with the line or the text.
    public let reason: String
  }

  /// Reads all accounts, in their order; at least one.
  /// - Throws: `Fault` for the first line that is not an account, empty or a comment, and for a text without an account.
  public static func accounts(in bytes: some BidirectionalCollection<UInt8>) throws(Fault) -> [Account] {
    guard !bytes.contains(0) else { throw Fault(line: nil, reason: "has NUL bytes, as UTF-16 has: save it as UTF-8") }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Fault(line: nil, reason: "is not UTF-8 text") }
    var accounts: [Account] = []
    var number = 0
    for line in TextLines(bytes) {
      number += 1
      let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      guard let first = text.first, first != UInt8(ascii: "#") else { continue }
      do {
        let (name, password) = try pair(text)
        accounts.append(Account(line: number, name: name, password: password))
      } catch {
        throw Fault(line: number, reason: error.reason)
      }
    }
    guard !accounts.isEmpty else { throw Fault(line: nil, reason: "has no line 'name:password'") }
    return accounts
  }

  /// Reads a single `name:password`; blanks before the name are part of it.
  /// - Throws: `Fault` without a line.
  public static func pair(_ text: some Collection<UInt8>) throws(Fault) -> (name: String, password: String) {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { throw Fault(line: nil, reason: "has no colon: write name:password") }
    guard colon != text.startIndex else { throw Fault(line: nil, reason: "has no name before the colon: write name:password") }
    guard text.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw Fault(line: nil, reason: "has control characters: write name:password, without them")
    }
    guard let name = String(validating: text[..<colon], as: UTF8.self),
      let password = String(validating: text[text.index(after: colon)...], as: UTF8.self)
    else { throw Fault(line: nil, reason: "is not UTF-8 text") }
    return (name, password)
  }
}
