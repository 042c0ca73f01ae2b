import Foundation
import Testing

/// A real nginx that deals requests out to several servers, one after another.
enum LoadBalancer {
  /// - Parameters:
  ///   - ports: the servers'.
  ///   - patience: how long a server may stand still before a request to it is given up, as nginx spells it.
  static func with<Result>(_ ports: [Int], patience: String, _ body: (_ url: String) async throws -> Result) async throws -> Result {
    let program = try #require(Nginx.program, "nginx is missing; scripts/setup test --yes installs it")
    return try await withTemporaryFolder { folder in
      let port = try #require(try Nginx.freePorts(1).first)
      // A request that may have been carried out is never sent to a second server; one that was not even taken is.
      let configuration = """
        daemon off;
        worker_processes 1;
        pid \(folder.path)/nginx.pid;
        events { worker_connections 1024; }
        http {
          access_log off;
          \(Nginx.temporaryPaths(folder.path))
          upstream orders { \(ports.map { "server 127.0.0.1:\($0) max_fails=0;" }.joined(separator: " ")) keepalive 64; }
          server {
            listen 127.0.0.1:\(port);
            location / {
              proxy_pass http://orders;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_connect_timeout \(patience);
              proxy_read_timeout \(patience);
            }
          }
        }
        """
      let file = folder.appendingPathComponent("nginx.conf").path
      try Data(configuration.utf8).write(to: URL(fileURLWithPath: file))
      let running = try await RunningProgram.start(program, ["-p", folder.path, "-c", file, "-e", "\(folder.path)/error.log"])
      let url = "http://127.0.0.1:\(port)"
      do {
        try await until { try await API(url: url).get("/ping").status == 200 }
        let result = try await body(url)
        await running.stop()
        return result
      } catch {
        await running.stop()
        throw error
      }
    }
  }
}
