/// The text that accounts are written down in: a line `name:password` each, empty lines, and comments behind `#`.
///
/// A name has no colon, and no blanks before it. A password is all that follows the colon: its blanks are its own, at its end too.
public enum AccountText {
  public struct Account: Sendable, Equatable {
    /// Counted from 1.
    public let line: Int
    public let name: String
    /// May be empty.
    public let password: String
  }

  /// What is wrong with the text. It repeats nothing of it.
  public struct Fault: Error, Equatable {
    /// Counted from 1; `nil`: it is the whole text.
    public let line: Int?
    /// As the rest of a sentence about the line, or the text.
    public let reason: String
  }

  /// - Throws: `Fault` for the first line that is none of all these, and for a text without an account.
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

  /// One account, `name:password`, with nothing passed over.
  /// - Throws: `Fault`, without a line.
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
