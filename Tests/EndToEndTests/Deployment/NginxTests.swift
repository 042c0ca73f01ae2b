import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("Behind nginx", .enabled(if: Nginx.isWanted, "nginx is not installed"), .timeLimit(.minutes(15)))
  struct NginxTests {
    private func served(behind nginx: Nginx, _ arguments: String..., body: (API) async throws -> Void) async throws {
      let server = ["--port", "\(nginx.upstream)", "--profile", "basic-auth", "--store", "memory"] + arguments
      try await RunningProgram.with(Programs.orderServer, server, environment: EndToEnd.OrderServer.BasicAuthTests.accounts) { _, _ in
        try await body(nginx.http.with("Authorization", EndToEnd.OrderServer.BasicAuthTests.authorization("alice", "s3cret")))
      }
    }

    private func curl(_ arguments: String...) async throws -> Programs.Finished {
      try await Programs.run("/usr/bin/env", ["curl", "-sS", "--max-time", "60"] + arguments)
    }

    @Test("What order-server answers comes through as it is, its refusals too")
    func passesThrough() async throws {
      try await Nginx.run { nginx in
        try await served(behind: nginx) { api in
          try await nginx.http.get("/ping").expect(200, #"{"message":"Success"}"#)
          let stranger = try await nginx.http.get("/orders/123")
          try stranger.expect(401, #"{"error":"Unauthorized access. Invalid credentials."}"#)
          #expect(stranger.header("WWW-Authenticate") == #"Basic realm="orders""#)
          try await api.get("/orders/123").expect(404, #"{"error":"Order not found"}"#)
          try await api.post("/orders", EndToEnd.OrderServer.BasicAuthTests.order(123)).expect(
            201, #"{"message":"Order received","order_id":123}"#)
          try await api.post("/orders", EndToEnd.OrderServer.BasicAuthTests.order(123))
            .expect(400, #"{"error":"Duplicate order_id. This order already exists."}"#)
          try await api.get("/nowhere").expect(404, #"{"error":"There is nothing at /nowhere."}"#)
          try await api.send("DELETE", "/metrics").expect(405, #"{"error":"/metrics does not take DELETE, but GET, HEAD."}"#)
        }
      }
    }

    @Test("The same is there by HTTPS with a certificate signed by itself, by TLS 1.2 and 1.3")
    func https() async throws {
      try await Nginx.run { nginx in
        try await served(behind: nginx) { _ in
          for version in ["1.2", "1.3"] {
            let metrics = try await curl("-k", "-u", "alice:s3cret", "--tlsv\(version)", "--tls-max", version, "\(nginx.https)/metrics")
            #expect(metrics.output.hasPrefix(#"{"total_orders":0"#), "\(metrics.output)\(metrics.errors)")
          }
          let certificate = nginx.folder.appendingPathComponent("certificate/certificate.pem").path
          let trusted = try await curl("--cacert", certificate, "\(nginx.https)/ping")
          #expect(trusted.output == #"{"message":"Success"}"#, "\(trusted.errors)")
          let untrusted = try await curl("\(nginx.https)/ping")
          #expect(untrusted.code != 0 && untrusted.output.isEmpty)
          let place = nginx.https.dropFirst("https://".count)
          let handshake = try await Programs.run(
            "/bin/sh", ["-c", "openssl s_client -connect \(place) -CAfile '\(certificate)' -verify_return_error -brief </dev/null"])
          #expect(handshake.code == 0 && handshake.errors.contains("Verification: OK"), "\(handshake.output)\(handshake.errors)")
          let plain = try await curl(nginx.https.replacingOccurrences(of: "https", with: "http") + "/ping")
          #expect(plain.output == #"{"error":"This port speaks HTTPS."}"#)
        }
      }
    }

    @Test("A whole run through it is consistent with what order-server says of itself, by HTTP and by HTTPS", arguments: ["http", "https"])
    func run(scheme: String) async throws {
      try await Nginx.run { nginx in
        try await served(behind: nginx, "--time-scale", "0.1") { _ in
          let certificate = nginx.folder.appendingPathComponent("certificate/certificate.pem").path
          let target = scheme == "http" ? [nginx.http.url] : [nginx.https, "--cacert", certificate]
          let folder = nginx.folder.appendingPathComponent("run")
          let done = try await Programs.run(
            Programs.loadgen,
            ["run"] + target + ["--dialect", "basic-auth", "-n", "200", "-c", "10", "--poll", "20ms", "--exclusive", "-o", folder.path],
            environment: ["LOADGEN_USER": "alice:s3cret"])
          let run = try RunFolder(folder)
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          #expect(run.auditVerdict == "consistent", "\(run.findings)")
          #expect(run.orders("completed") == 200 && run.orders("lost") == 0)
          run.expectConservation()
        }
      }
    }

    @Test("While order-server is away, nginx says so in JSON, and when it is back, requests come through again")
    func awayAndBack() async throws {
      try await Nginx.run { nginx in
        for _ in 1...2 {
          let away = try await nginx.http.get("/ping")
          try away.expect(502, #"{"error":"The order server cannot be reached."}"#)
          #expect(away.header("Retry-After") == "1" && away.header("Content-Type") == "application/json")
          try await served(behind: nginx) { _ in
            try await nginx.http.get("/ping").expect(200, #"{"message":"Success"}"#)
          }
        }
      }
    }

    @Test("What nginx refuses itself, it refuses in JSON: too large a body, a head, an address, and what is no HTTP")
    func ownRefusals() async throws {
      try await Nginx.run { nginx in
        try await served(behind: nginx) { api in
          let long = String(repeating: "a", count: 20_000)
          try await api.post("/orders", String(repeating: " ", count: 1 << 20) + EndToEnd.OrderServer.BasicAuthTests.order(1))
            .expect(413, #"{"error":"The body is too large."}"#)
          try await api.with("X", long).get("/ping").expect(431, #"{"error":"The head is too large."}"#)
          try await api.get("/" + long).expect(414, #"{"error":"The address is too long."}"#)
          try await api.send("G@T", "/ping").expect(400, #"{"error":"The request is no HTTP."}"#)
          try await api.get("/-/502").expect(404, #"{"error":"There is nothing there."}"#)
          // The largest body that may be comes through whole.
          let order = EndToEnd.OrderServer.BasicAuthTests.order(2)
          let largest = order + String(repeating: " ", count: (1 << 20) - order.utf8.count)
          try await api.post("/orders", largest).expect(201, #"{"message":"Order received","order_id":2}"#)
        }
      }
    }

    @Test("Behind it one can see who asked, by which scheme and for which host, and connections are kept")
    func forwards() async throws {
      try await Nginx.run { nginx in
        let echo = Programs.fixtures.appendingPathComponent("echo_server.py").path
        try await RunningProgram.with("/usr/bin/env", ["python3", echo, "--port", "\(nginx.upstream)"]) { _, _ in
          let fields = try await nginx.http.with("X-Forwarded-For", "192.0.2.7").get("/").json()
          #expect(fields["x-forwarded-for"]?.text == "192.0.2.7, 127.0.0.1")
          #expect(fields["x-real-ip"]?.text == "127.0.0.1" && fields["x-forwarded-proto"]?.text == "http")
          #expect(fields["host"]?.text == nginx.http.url.replacingOccurrences(of: "http://", with: ""))
          #expect(fields["connection"] == nil)
          let secure = try await curl("-k", "\(nginx.https)/")
          #expect(secure.output.contains(#""x-forwarded-proto": "https""#), "\(secure.output)\(secure.errors)")
        }
      }
    }
  }
}
