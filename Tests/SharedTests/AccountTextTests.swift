import Shared
import Testing

@Suite("A text of accounts")
struct AccountTextTests {
  @Test("The same accounts are read whichever way lines end, with passwords to the last blank")
  func lineEnds() throws {
    let lines = ["# ours", "", "ann: s:3 ", "  \t", " bob:\u{301}x", "\t# also ours", "cy:"]
    for end in ["\n", "\r\n"] {
      for mark in ["", "\u{FEFF}"] {
        for last in ["", end] {
          let accounts = try AccountText.accounts(in: Array((mark + lines.joined(separator: end) + last).utf8))
          #expect(accounts.map(\.name) == ["ann", "bob", "cy"])
          #expect(accounts.map { Array($0.password.utf8) } == [" s:3 ", "\u{301}x", ""].map { Array($0.utf8) })
          #expect(accounts.map(\.line) == [3, 5, 7])
        }
      }
    }
  }

  @Test(
    "What is no account is refused with its line, and nothing of it is said",
    arguments: [
      ("a:1\nhunter2\n", 2, "colon"), (":hunter2", 1, "no name"), ("a:1\r\nb:hunter2\u{0B}x", 2, "control"),
      ("a:1\rb:hunter2\n", 1, "control"), ("# hunter2", nil, "has no line"), ("", nil, "has no line"), ("a:hunter2\0", nil, "UTF-16"),
    ] as [(String, Int?, String)])
  func refuses(text: String, line: Int?, reason: String) {
    let fault = #expect(throws: AccountText.Fault.self) { try AccountText.accounts(in: Array(text.utf8)) }
    #expect(fault?.line == line && fault?.reason.contains(reason) == true && fault?.reason.contains("hunter2") == false, "\(fault as Any)")
  }

  @Test("Bytes that are no UTF-8 are refused")
  func noText() {
    #expect(throws: AccountText.Fault.self) { try AccountText.accounts(in: [0x61, 0x3A, 0xFF]) }
  }
}
