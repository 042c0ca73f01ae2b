import Foundation
import Testing

extension EndToEnd.Targets {
  @Suite("Headers that are seldom seen")
  struct OddAnswersTests {
    private func run(_ server: [String], _ flags: [String], environment: [String: String] = [:]) async throws -> (
      done: Programs.Finished, run: RunFolder, seen: [String: Any]
    ) {
      try await PeerOrders.with(server) { url in
        try await withTemporaryFolder { folder in
          let done = try await Programs.run(
            Programs.loadgen, ["run", url, "--poll", "20ms", "-o", "\(folder.path)/run"] + flags, environment: environment)
          return (done, try RunFolder(folder.appendingPathComponent("run")), try await PeerOrders.seen(url))
        }
      }
    }

    @Test("A header that is given on the command line goes out once, in place of ours")
    func given() async throws {
      let (done, _, seen) = try await run(
        [], ["-n", "5", "-H", "User-Agent: mine/1", "-H", "content-type: application/vnd.acme.order+json", "-H", "X-A: b"])
      #expect(done.code == 0, "\(done.output)\(done.errors)")
      let lines = try #require(seen["headers"] as? [String])
      func values(_ name: String) -> [String] { lines.filter { $0.lowercased().hasPrefix("\(name): ") } }
      #expect(values("user-agent") == ["User-Agent: mine/1"] && values("content-type") == ["content-type: application/vnd.acme.order+json"])
      #expect(values("accept-encoding") == ["Accept-Encoding: identity"] && values("x-a") == ["X-A: b"] && values("host").count == 1)
    }

    @Test("Headers that go on in a second line are read as one")
    func folded() async throws {
      let (done, run, _) = try await run(["--fold"], ["-n", "40", "--exclusive"])
      #expect(done.code == 0, "\(done.output)\(done.errors)")
      #expect(run.orders("completed") == 40 && (run.summary["errors"] as? [Any])?.isEmpty == true)
      #expect(run.auditVerdict == "consistent", "\(run.findings)")
    }

    @Test("An answer that is encoded though identity was asked for is named as such")
    func encoded() async throws {
      let (done, run, _) = try await run(["--gzip"], ["-n", "5"])
      #expect(run.orders("untracked") == 5 && run.errors(phase: "create", kind: "bad_response") == 5, "\(done.output)")
      #expect(done.output.contains("the answer is encoded as gzip, though"), "\(done.output)")
    }

    @Test(
      "A date in Retry-After is waited for, by the target's clock where it tells the time",
      arguments: [[], ["--date", "-86400"], ["--date", "7200"]])
    func retryDate(clock: [String]) async throws {
      let (done, run, seen) = try await run(["--retry", "date"] + clock, ["-n", "4"])
      #expect(run.orders("completed") == 4, "\(done.output)\(done.errors)")
      let gaps = try #require(seen["gaps"] as? [Double])
      // The date is 3 s ahead, cut down to a whole second.
      #expect(gaps.count == 4 && gaps.allSatisfy { $0 >= 1.9 }, "\(gaps)")
    }

    private func dialect(_ text: String, _ body: (_ path: String) async throws -> Void) async throws {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("odd.yaml")
        try Data(("like: standard\ncancel: none\nlist: none\norder_metrics: none\n" + text).utf8).write(to: file)
        try await body(file.path)
      }
    }

    @Test("Keys with dots in them, as Spring's metrics have them, are named as they stand")
    func dots() async throws {
      let text = """
        status: {path: '/orders/{id}/status', field: order.status, words: {pending: pending, completed: completed}}
        metrics: {path: /metrics, figures: {total: orders.total, pending: orders.by.status.pending, completed: orders.by.status.completed}}

        """
      try await dialect(text) { file in
        let (done, run, _) = try await run(["--dots"], ["-n", "20", "--dialect", file, "--exclusive"])
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(run.orders("completed") == 20 && run.auditVerdict == "consistent", "\(run.findings)")
        #expect(done.output.contains("✓  orders.by.status.completed "), "\(done.output)")
      }
    }

    @Test(
      "A login by cookies, or by a token in a header, is kept for its account alone, and renewed before it ends",
      arguments: [("cookies", "Set-Cookie"), ("header", "X-Auth-Token")], [false, true])
    func session(kind: (place: String, header: String), expires: Bool) async throws {
      let lifetime = expires && kind.place == "header" ? ", lifetime: 2s" : ""
      let text = """
        authentication:
          login: {path: /login, body: '{"u":"{username}","p":"{password}"}', token: {header: \(kind.header)}\(lifetime)}

        """
      try await dialect(text) { file in
        let users = file + ".users"
        try Data("ann:first-secret\nbob:second-secret\n".utf8).write(to: URL(fileURLWithPath: users))
        let load = expires ? ["--rate", "20/s", "-d", "4s"] : ["-n", "40"]
        let (done, run, seen) = try await run(
          ["--session", kind.place] + (expires ? ["--lasts", "2"] : []),
          load + ["--dialect", file, "--user-file", users, "--exclusive", "--no-threshold", "errors"])
        #expect(run.orders("completed") == run.orders("scheduled") && run.orders("lost") == 0, "\(done.output)\(done.errors)")
        #expect(run.auditVerdict == "consistent", "\(run.findings)")
        #expect(!done.output.contains("set a cookie"), "\(done.output)")
        let logins = try #require(seen["logins"] as? [Double])
        #expect(expires ? logins.count >= 4 : logins.count == 2 && seen["refused"] as? Int == 0, "\(seen)")
        let all = done.output + done.errors + "\(run.summary)"
        for secret in ["session=s", "c-s0", "first-secret", "second-secret"] { #expect(!all.contains(secret), "\(secret)") }
      }
    }

    @Test("A login that fails in the middle is told as such, and not tried again before its time")
    func brokenLogin() async throws {
      let text = """
        authentication:
          login: {path: /login, body: '{"u":"{username}","p":"{password}"}', token: {header: X-Auth-Token}}

        """
      try await dialect(text) { file in
        let (done, run, seen) = try await run(
          ["--session", "header", "--lasts", "1", "--logins", "1"],
          ["--rate", "50/s", "-d", "3s", "--dialect", file, "--order-timeout", "1s"], environment: ["LOADGEN_USER": "ann:secret-1"])
        #expect(done.code == 99, "\(done.output)\(done.errors)")
        let errors = try #require(run.summary["errors"] as? [[String: Any]])
        let creates = errors.filter { $0["phase"] as? String == "create" }
        #expect(!creates.isEmpty && creates.allSatisfy { $0["status"] as? Int == 401 }, "\(errors)")
        #expect(errors.contains { $0["phase"] as? String == "login" && $0["status"] as? Int == 500 }, "\(errors)")
        // Half a second of rest after each, however long the run takes.
        let failed = try #require(seen["failed_logins"] as? Int)
        let duration = try #require((run.summary["run"] as? [String: Any])?["duration"] as? Double)
        #expect(failed >= 1 && Double(failed) <= duration / 0.5 + 2, "\(failed) logins failed")
      }
    }

    @Test(
      "Figures beyond what a Double holds are consistent where they are true, and contradicted where they are one too many",
      arguments: [["9007199254740989"], ["12345678901234567890"], ["9007199254740989", "--float"], ["123456789012345678901234567890"]],
      [false, true])
    func largeFigures(before: [String], lies: Bool) async throws {
      let (done, run, _) = try await run(["--before"] + before + (lies ? ["--lie"] : []), ["-n", "20", "--exclusive"])
      // A float that is rounded to even numbers hides one order.
      let isSeen = lies && !before.contains("--float")
      #expect(done.code == (isSeen ? 120 : 0), "\(done.output)\(done.errors)")
      #expect(run.auditVerdict == (isSeen ? "contradicted" : "consistent"), "\(run.findings)")
      if isSeen {
        let right = try #require(Int128(before[0])) + 20
        #expect(done.output.contains("total_orders was \(right + 1) at"), "\(done.output)")
        #expect(done.output.contains(" must have been \(right)"), "\(done.output)")
      }
    }

    @Test("Lost orders of a target that sets a cookie come with a hint at it")
    func sticky() async throws {
      let (done, run, _) = try await run(["--sticky"], ["-n", "10"])
      #expect(run.orders("lost") > 0, "\(done.output)")
      #expect(done.output.contains("10 answers set a cookie (Set-Cookie: AWSALB)"), "\(done.output)")
      #expect((run.summary["cookies"] as? [String: Any])?["answers"] as? Int == 10)
    }

    @Test(
      "A token that says only when it expires is renewed before, though the target's clock is another one",
      arguments: ["0", "-86400", "86400"])
    func expiry(clock: String) async throws {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("shop.yaml")
        let login = #"{path: /login, body: '{"u":"{username}","p":"{password}"}', token: access_token}"#
        try Data("like: standard\ncancel: none\nlist: none\norder_metrics: none\nauthentication:\n  login: \(login)\n".utf8).write(to: file)
        // Where the machine stands still for the last fifth of a token's life, it is used too late.
        let made = try await again(while: { $0.seen["refused"] as? Int ?? 0 > 0 }) {
          try await run(
            ["--jwt", "10", "--date", clock], ["--dialect", file.path, "--rate", "5/s", "-d", "9s"], environment: ["LOADGEN_USER": "ann:s3"]
          )
        }
        #expect(made.run.orders("completed") == 45, "\(made.done.output)\(made.done.errors)")
        #expect((made.seen["logins"] as? [Double])?.count ?? 0 >= 2, "it is renewed after four fifths of its time: \(made.seen)")
        #expect(made.seen["refused"] as? Int == 0)
      }
    }

    @Test("A proxy in the environment is said not to be used, once, unless no_proxy covers the target")
    func proxies() async throws {
      let proxy = ["http_proxy": "http://ann:hunter2@127.0.0.1:9", "no_proxy": ""]
      let (done, _, _) = try await run([], ["-n", "5", "-q"], environment: proxy)
      #expect(done.code == 0, "\(done.output)\(done.errors)")
      #expect(done.errors.split(separator: "\n").filter { $0.contains("http_proxy is set and not used") }.count == 1, "\(done.errors)")
      #expect(!done.errors.contains("hunter2"))
      let (covered, _, _) = try await run([], ["-n", "5", "-q"], environment: proxy.merging(["no_proxy": "127.0.0.0/8"]) { $1 })
      #expect(!covered.errors.contains("proxy"), "\(covered.errors)")
    }

    @Test("A target that speaks only HTTP/2 is named as such, before the first order and by the dialect's check")
    func http2() async throws {
      try await PeerOrders.with(["--http2"]) { url in
        let done = try await Programs.loadgen("run", url, "-n", "5", "--no-report")
        #expect(done.code == 104)
        #expect(done.errors.contains("speaks only HTTP/2"), "\(done.output)\(done.errors)")
        let check = try await Programs.loadgen("dialects", "check", "standard", "--target", url)
        #expect(check.output.contains("speaks only HTTP/2"), "\(check.output)")
      }
    }

    #if os(Linux)
      @Test("An address with a zone is reached, and its zone is in no Host header")
      func zone() async throws {
        try await PeerOrders.with(["--at", "::1"]) { url in
          let port = try #require(url.split(separator: ":").last)
          let done = try await Programs.loadgen("dialects", "check", "standard", "--target", "http://[::1%25lo]:\(port)")
          #expect(done.output.contains("> Host: [::1]:\(port)\n") && done.output.contains("acknowledges the order"), "\(done.output)")
          let run = try await Programs.loadgen("run", "http://[::1%25lo]:\(port)", "-n", "10", "--no-report")
          #expect(run.code == 0, "\(run.output)\(run.errors)")
          let unknown = try await Programs.loadgen("run", "http://[fe80::1%25nozone9]:\(port)", "-n", "1", "--no-report")
          #expect(unknown.code == 104 && unknown.errors.contains("this machine has no interface 'nozone9'"), "\(unknown.errors)")
        }
      }
    #endif
  }
}
