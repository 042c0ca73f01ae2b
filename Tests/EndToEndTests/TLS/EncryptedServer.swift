import Foundation

/// Runs order-server with a certificate until the body is over. The URL has `localhost` for its host.
func encrypted<Result>(
  _ pair: Authority.Pair, _ arguments: String..., body: (_ url: String) async throws -> Result
) async throws -> Result {
  let flags = ["--store", "memory", "--workers", "unlimited", "--service-time", "5ms"]
  return try await RunningProgram.server(flags + ["--tls-certificate", pair.certificate, "--tls-key", pair.key] + arguments) { url in
    try await body(url.replacing("127.0.0.1", with: "localhost"))
  }
}

/// Runs a plain order-server, and OpenSSL's TLS before it.
func fronted<Result>(
  _ pair: Authority.Pair, _ arguments: String..., body: (_ url: String) async throws -> Result
) async throws -> Result {
  let script = Programs.fixtures.appendingPathComponent("tls_front.py").path
  return try await RunningProgram.server(["--store", "memory", "--workers", "unlimited", "--service-time", "5ms"]) { plain in
    let front = ["python3", script, "--certificate", pair.certificate, "--key", pair.key, "--to", plain] + arguments
    return try await RunningProgram.with("/usr/bin/env", front) { try await body($1) }
  }
}

/// Runs loadgen against a URL that it is to refuse before the first order.
func refused(_ url: String, _ flags: [String]) async throws -> (code: Int32, words: String) {
  let done = try await Programs.run(Programs.loadgen, ["run", url, "-n", "5", "--no-report"] + flags)
  return (done.code, done.output + done.errors)
}
