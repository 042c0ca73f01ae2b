import Foundation
import Testing

/// A real nginx with the configuration that we ship, but for ports and paths, in a folder of its own.
struct Nginx: Sendable {
  /// Where it answers HTTP, and HTTPS.
  let http: API
  let https: String
  /// Where it looks for what it stands before.
  let upstream: Int
  let folder: URL

  /// `nil` where it is not installed.
  static let program = ["/usr/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx", "/usr/local/bin/nginx"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// In CI a missing one fails.
  static let isWanted = program != nil || ProcessInfo.processInfo.environment["CI"] != nil

  static let shipped = Programs.fixtures.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("deploy/nginx")

  static func run(_ body: (Nginx) async throws -> Void) async throws {
    let program = try #require(program, "nginx is missing; scripts/setup test --yes installs it")
    try await withTemporaryFolder { folder in
      let certificate = folder.appendingPathComponent("certificate").path
      let made = try await Programs.run(shipped.appendingPathComponent("make-certificate").path, [certificate])
      try #require(made.code == 0, "\(made.errors)")
      let ports = try freePorts(3)
      let site = try site(http: ports[0], https: ports[1], upstream: ports[2], certificate: certificate)
      try Data(site.utf8).write(to: folder.appendingPathComponent("orders.conf"))
      try Data(main(folder.path).utf8).write(to: folder.appendingPathComponent("nginx.conf"))
      let arguments = ["-p", folder.path, "-c", "\(folder.path)/nginx.conf", "-e", "\(folder.path)/error.log"]
      let checked = try await Programs.run(program, arguments + ["-t"])
      try #require(checked.code == 0, "\(checked.errors)")
      let nginx = Nginx(
        http: API(url: "http://127.0.0.1:\(ports[0])"), https: "https://127.0.0.1:\(ports[1])", upstream: ports[2], folder: folder)
      let running = try await RunningProgram.start(program, arguments)
      do {
        try await until { try await nginx.http.get("/ping").status > 0 }
        try await body(nginx)
      } catch {
        await running.stop()
        throw error
      }
      #expect(await running.stop() == 0)
    }
  }

  /// The file that we ship, with every place that is marked for it changed.
  private static func site(http: Int, https: Int, upstream: Int, certificate: String) throws -> String {
    var text = try String(contentsOf: shipped.appendingPathComponent("orders.conf"), encoding: .utf8)
    for (shipped, here) in [
      ("server 127.0.0.1:8000;", "server 127.0.0.1:\(upstream);"), ("listen 80;", "listen 127.0.0.1:\(http);"),
      ("listen 443 ssl;", "listen 127.0.0.1:\(https) ssl;"),
      ("/etc/nginx/orders/certificate.pem", "\(certificate)/certificate.pem"), ("/etc/nginx/orders/key.pem", "\(certificate)/key.pem"),
    ] {
      let parts = text.components(separatedBy: shipped)
      try #require(parts.count == 2, "\(shipped) must be there once")
      text = parts.joined(separator: here)
    }
    return text
  }

  private static func main(_ folder: String) -> String {
    """
    daemon off;
    worker_processes 2;
    pid \(folder)/nginx.pid;
    events { worker_connections 512; }
    http { access_log off; \(temporaryPaths(folder)) include \(folder)/orders.conf; }
    """
  }

  /// Where it may write while it works: not to the places that it was built with.
  static func temporaryPaths(_ folder: String) -> String {
    ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
  }

  /// Ports that nobody listens on at the moment.
  static func freePorts(_ count: Int) throws -> [Int] {
    #if os(Linux)
      let sockets = (0..<count).map { _ in socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
    #else
      let sockets = (0..<count).map { _ in socket(AF_INET, SOCK_STREAM, 0) }
    #endif
    defer { for descriptor in sockets { close(descriptor) } }
    return try sockets.map { descriptor in
      var address = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      let found = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0 }
      }
      try #require(found)
      return Int(UInt16(bigEndian: address.sin_port))
    }
  }
}
