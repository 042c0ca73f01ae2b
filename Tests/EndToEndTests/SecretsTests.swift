import Foundation
import Testing

extension EndToEnd.Targets {
  @Suite("Secrets that a target repeats")
  struct SecretsTests {
    private static let key = #"k3y/"+<& ?é'9"#

    @Test("They stand in no report and on no screen, in whatever encoding, also where a text is cut within them")
    func echoed() async throws {
      try await withTemporaryFolder { folder in
        try await PeerOrders.with(["--echo"]) { url in
          let accounts = folder.appendingPathComponent("accounts")
          try Data("ann:pass word-1\n".utf8).write(to: accounts)
          let done = try await Programs.loadgen(
            "run", url, "-n", "40", "-c", "1", "--poll", "20ms", "-H", "X-Api-Key: \(Self.key)", "-H", "Cookie: sid=c00kie-value",
            "--user-file", accounts.path, "-o", "\(folder.path)/run")
          #expect(done.code == 99, "\(done.output)\(done.errors)")
          let run = try RunFolder(folder.appendingPathComponent("run"))
          #expect(run.orders("accepted") == 20 && run.orders("rejected") == 20)
          var texts = ["the screen": done.output + done.errors]
          for file in try FileManager.default.contentsOfDirectory(atPath: run.url.path) { texts[file] = try run.text(file) }
          let basic = Data("ann:pass word-1".utf8).base64EncodedString()
          for (name, text) in texts {
            for secret in ["k3y", "azN5", "c00kie", "pass word", "pass%20word", String(basic.prefix(8))] {
              #expect(!text.contains(secret), "\(secret) stands in \(name)")
            }
          }
          #expect(texts["summary.json"]?.contains("***") == true)
        }
      }
    }

    @Test("A served program's are left out of its command, wherever that is told")
    func served() async throws {
      try await withTemporaryFolder { folder in
        let command =
          "ORDER_SERVER_ACCOUNTS='u:first-one' DB_PASSWORD=\"second one\" URL=postgres://u:third-one@h/db "
          + "sh -c 'exec \"$0\" --port {port} --store memory' '\(Programs.orderServer)' --token fourth-one"
        let ready = command.replacing(" --token fourth-one", with: "") + " # --token fourth-one"
        let done = try await Programs.loadgen("run", "--serve", ready, "-n", "5", "-o", "\(folder.path)/run")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        let run = try RunFolder(folder.appendingPathComponent("run"))
        let failed = try await Programs.loadgen("run", "--serve", command.replacing("--store memory", with: "--bogus"), "-n", "5")
        #expect(failed.code == 104)
        var texts = [done.output, done.errors, failed.errors]
        for file in try FileManager.default.contentsOfDirectory(atPath: run.url.path) { texts.append(try run.text(file)) }
        for secret in ["first-one", "second one", "third-one", "fourth-one"] {
          for text in texts { #expect(!text.contains(secret), "\(secret) stands in \(text.prefix(2_000))") }
        }
        #expect(try run.text("summary.json").contains("ORDER_SERVER_ACCOUNTS=*** DB_PASSWORD=*** URL=postgres://***@h/db"))
      }
    }
  }
}
