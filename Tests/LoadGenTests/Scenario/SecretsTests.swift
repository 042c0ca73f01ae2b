import Foundation
import Testing

@testable import LoadRun

@Suite("Secrets in texts of others")
struct SecretTests {
  private func hidden(_ text: String, _ secrets: String...) -> String {
    var all = Secrets()
    for secret in secrets { all.add(secret) }
    return all.hidden(text)
  }

  @Test("A secret is blanked out as it is, and in every encoding")
  func encodings() {
    #expect(hidden("say s3cret-1 now, s3cret-1", "s3cret-1") == "say *** now, ***")
    #expect(hidden(#"{"a":"x\"y\/z"}"#, #"x"y/z"#) == #"{"a":"***"}"#)
    #expect(hidden("?a=p%2Fq%3fr+s", "p/q?r s") == "?a=p%2Fq%3fr+s", "of mixed case nobody writes")
    #expect(hidden("?a=p%2Fq%3Fr+s&b=p%2fq%3fr%20s", "p/q?r s") == "?a=***&b=***")
    #expect(hidden(#"caf\u00e9-au"#, "café-au") == "***")
    #expect(hidden("a&amp;b&#39;c", "a&b'c") == "***")
    #expect(hidden("Basic YTpi, YTpi", "a:b") == "Basic ***, ***")
    #expect(hidden("b", "b") == "b")
    #expect(hidden("", "secret") == "")
  }

  @Test("Of a long one a beginning is enough, as where a text was cut")
  func cut() {
    #expect(hidden("it was 'abcdefghij…'", "abcdefghijklmnop") == "it was '***…'")
    #expect(hidden("it was abcde", "abcdefghijklmnop") == "it was ***")
    #expect(hidden("it was abc", "abcdefghijklmnop") == "it was abc")
    #expect(hidden("it was abcd, no", "abcdefghijklmnop") == "it was abcd, no")
    #expect(hidden("abcdefgh12345678", "abcdefgh1234", "1234567890") == "***")
  }

  @Test("Commands are told without what is called a secret in them")
  func commands() {
    #expect(ShownCommand.text("A_TOKEN=x B=y run --api-key=z --port 1") == "A_TOKEN=*** B=y run --api-key=*** --port 1")
    #expect(ShownCommand.text("run --password 'a b' --store mysql://me:pw@h:3306/db") == "run --password *** --store mysql://***@h:3306/db")
    #expect(ShownCommand.text("run --accounts \"a:b c\" --insecure") == "run --accounts *** --insecure")
    #expect(ShownCommand.text("python -u server.py --port 80") == "python -u server.py --port 80")
  }
}
