import Foundation
import Shared
import Testing

@testable import LoadRun

@Suite("Accounts and the mix, as settings")
struct AccountsTests {
  private func scenario(_ settings: [Setting: String]) throws -> Scenario {
    var layers = SettingLayers()
    layers.set(.target, ["http://127.0.0.1:8000"], from: "the target")
    for (setting, text) in settings { layers.set(setting, [text], from: "--\(setting.rawValue)") }
    return try Scenario(layers)
  }

  private func complaint(_ settings: [Setting: String]) -> String {
    do {
      _ = try scenario(settings)
      return "nothing is wrong"
    } catch { return "\(error)" }
  }

  @Test("A password is taken from its place and shown nowhere")
  func hidesPasswords() throws {
    let scenario = try scenario([.dialect: "basic-auth", .user: "ann:s3:cret"])
    #expect(scenario.accounts == [Credentials(username: "ann", password: "s3:cret")])
    #expect(!"\(scenario.resolved)".contains("s3"))
    #expect(!complaint([.user: "s3cret"]).contains("s3cret"), "what has no colon may be a password alone")
  }

  @Test("A file of accounts is a pool, and its errors name the line and no secret")
  func readsFiles() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("accounts-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("# ours\nann:1\n\n bob:2\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try scenario([.dialect: "basic-auth", .userFile: path]).accounts.map(\.username) == ["ann", "bob"])
    try Data("ann:1\nhunter2\n".utf8).write(to: URL(fileURLWithPath: path))
    let text = complaint([.dialect: "basic-auth", .userFile: path])
    #expect(text.contains("line 2") && !text.contains("hunter2"), "\(text)")
    try Data("#\n".utf8).write(to: URL(fileURLWithPath: path))
    #expect(complaint([.userFile: path]).contains("no line"))
    #expect(complaint([.userFile: path + ".none"]).contains("cannot be read"))
  }

  @Test("A file's accounts are the same whichever way its lines end, and keep the blanks of their passwords")
  func lineEnds() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("accounts-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    for end in ["\n", "\r\n"] {
      for (mark, last) in [("", ""), ("\u{FEFF}", end)] {
        try Data((mark + ["# ours", "ann: 1 ", "", "bob:2", "cy:3 "].joined(separator: end) + last).utf8).write(
          to: URL(fileURLWithPath: path))
        let accounts = try scenario([.dialect: "basic-auth", .userFile: path]).accounts
        #expect(accounts.map(\.username) == ["ann", "bob", "cy"] && accounts.map(\.password) == [" 1 ", "2", "3 "])
      }
    }
  }

  @Test("A dialect that needs an account says how to give one; one that lets anybody register makes its own")
  func needsAccounts() throws {
    let text = complaint([.dialect: "basic-auth"])
    #expect(text.contains("--user-file") && text.contains("LOADGEN_USER"), "\(text)")
    let made = try scenario([.dialect: "marketplace", .accounts: "3"])
    #expect(Set(made.accounts.map(\.username)).count == 3 && Set(made.accounts.map(\.password)).count == 3 && made.makesAccounts)
    #expect(try scenario([.dialect: "marketplace", .header: "Authorization: Bearer x"]).accounts.isEmpty)
    #expect(complaint([.accounts: "3"]).contains("has no accounts"))
    #expect(complaint([.dialect: "marketplace", .accounts: "3", .user: "a:b"]).contains("leave one of the two out"))
    #expect(try scenario([.user: "a:b"]).dialect.authentication == .basic)
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("shop-\(UUID().uuidString).yaml").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("like: standard\nauthentication: none\n".utf8).write(to: URL(fileURLWithPath: path))
    let denied = complaint([.dialect: path, .user: "a:secret"])
    #expect(denied.contains("says 'authentication: none'") && denied.contains("basic") && !denied.contains("secret"), "\(denied)")
    #expect(try scenario([.dialect: path]).accounts.isEmpty)
  }

  @Test("Every account has a loop, every loop an account, and an order's account follows from its number", arguments: 1...4, 1...5)
  func sharesAccounts(loops: Int, accounts: Int) throws {
    let scenario = try scenario([.dialect: "marketplace", .accounts: "\(accounts)", .concurrency: "8"])
    let shares = (0..<loops).map { scenario.accountShare(LoopShare(index: $0, count: loops), scrapesMetrics: $0 == 0) }
    #expect(Set(shares.flatMap(\.orders)) == Set(0..<accounts))
    #expect(shares.allSatisfy { !$0.orders.isEmpty && $0.logIn })
    #expect(shares[0].lists == Array(0..<accounts))
    var used: [Int: Int] = [:]
    for index in 0..<UInt64(loops * accounts * 6) {
      let share = shares[Int(index) % loops]
      let account = share.account(of: index, loops: loops)
      #expect(share.orders.contains(account))
      used[account, default: 0] += 1
    }
    #expect(used.count == accounts)
  }

  @Test("A mix is read, printed as it is read, and refused where the dialect does not know it")
  func readsMixes() throws {
    let mix = try scenario([.mix: "cancel=5%,duplicate=1%, invalid=0.5%,list=2%,order-metrics=0.1"]).mix
    #expect(mix.shares == [.cancel: 0.05, .duplicate: 0.01, .invalid: 0.005, .list: 0.02, .orderMetrics: 0.1])
    #expect(try Mix.shares(text: Mix.text(mix.shares)) == mix.shares)
    #expect(complaint([.mix: "cancel"]).contains("cancel=5%"))
    #expect(complaint([.mix: "cancle=5%"]).contains("none of cancel"))
    #expect(complaint([.mix: "cancel=5%,cancel=1%"]).contains("twice"))
    #expect(complaint([.mix: "cancel=500%"]).contains("100%"))
    #expect(complaint([.dialect: "fcfs", .mix: "cancel=5%"]).contains("fcfs has no 'cancel'"))
    #expect(complaint([.mix: "cancel=5%", .noFollow: "true"]).contains("--no-follow"))
  }

  @Test("Each kind of the mix meets with its share of the orders, and the same ones whoever asks")
  func drawsMixes() {
    let mix = Mix(shares: [.cancel: 0.05, .list: 0.5], random: SeededRandom(seed: 9))
    let count = 20_000 as UInt64
    for (kind, share) in [(RequestKind.cancel, 0.05), (.list, 0.5), (.invalid, 0)] {
      let hits = (0..<count).filter { mix.includes(kind, $0) }.count
      // Six standard deviations of a binomial count.
      let deviation = (Double(count) * share * (1 - share)).squareRoot() * 6
      #expect(abs(Double(hits) - Double(count) * share) <= deviation, "\(kind): \(hits)")
    }
    #expect((0..<200).contains { mix.includes(.cancel, $0) != mix.includes(.list, $0) })
  }
}
