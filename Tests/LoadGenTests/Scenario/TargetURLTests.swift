import Testing

@testable import LoadGen
@testable import LoadRun
import Shared

@Suite("Targets")
struct TargetURLTests {
  @Test("A URL says host, port and path, and is written as it would be read again")
  func urls() throws {
    let cases: [(text: String, host: String, authority: String, shown: String)] = [
      ("http://127.0.0.1:8000", "127.0.0.1", "127.0.0.1:8000", "http://127.0.0.1:8000"),
      ("orders.example.com/api/", "orders.example.com", "orders.example.com", "http://orders.example.com:80/api"),
      ("https://[::1]:8443/x", "::1", "[::1]:8443", "https://[::1]:8443/x"),
      ("http://[fe80::1%25lo]:8000", "fe80::1%lo", "[fe80::1]:8000", "http://[fe80::1%25lo]:8000"),
      ("http://[fe80::1%eth0]", "fe80::1%eth0", "[fe80::1]", "http://[fe80::1%25eth0]:80"),
      ("[fe80::1%25en0]:81", "fe80::1%en0", "[fe80::1]:81", "http://[fe80::1%25en0]:81"),
    ]
    for (text, host, authority, shown) in cases {
      let url = try TargetURL(text: text)
      #expect(url.host == host && url.authority == authority && url.description == shown, "\(text): \(url)")
      #expect(try TargetURL(text: url.description) == url)
      #expect(url.socketPath == nil && url.appending("/ping").description == "\(shown)/ping")
    }
  }

  @Test("A socket of this machine is a target in every spelling that others have, and its host is localhost")
  func sockets() throws {
    let cases: [(text: String, path: String, shown: String)] = [
      ("unix:/run/o.sock", "/run/o.sock", "unix:/run/o.sock"), ("unix:///run/o.sock", "/run/o.sock", "unix:/run/o.sock"),
      ("unix:o.sock", "o.sock", "unix:o.sock"), ("UNIX:/a b:c%20", "/a b:c%20", "unix:/a b:c%20"),
      ("http+unix://%2Frun%2Fo.sock", "/run/o.sock", "unix:/run/o.sock"),
      ("http+unix://%2Frun%2Fo%20x.sock/api/v1/", "/run/o x.sock", "http+unix://%2Frun%2Fo%20x%2Esock/api/v1"),
    ]
    for (text, path, shown) in cases {
      let url = try TargetURL(text: text)
      #expect(url.socketPath == path && url.description == shown, "\(text): \(url)")
      #expect(url.authority == "localhost" && !url.isEncrypted)
      #expect(try TargetURL(text: url.description) == url)
      #expect(url.appending("/ping").socketPath == path && url.appending("/ping").basePath.hasSuffix("/ping"))
    }
  }

  @Test(
    "What is no target is refused with what would be right",
    arguments: [
      ("ftp://h", "the scheme 'ftp' is neither http nor https nor unix"), ("https+unix://%2Fa", "is neither http nor https nor unix"),
      ("unix:", "write the socket's path"), ("http+unix://", "write"), ("http://[fe80::1%25]:1", "is no interface"),
      ("http://[fe80::1%25a%2Fb]:1", "is no interface"), ("http://h:0", "the port 0 is none"), ("http://h/?a", "it has a query"),
      ("http://u:p@h", "credentials do not belong"),
    ])
  func refuses(text: String, words: String) {
    let error = #expect(throws: ConfigurationError.self) { try TargetURL(text: text) }
    #expect(error.map { "\($0)".contains(words) && "\($0)".contains("' is not a target: ") } == true, "\(error as Any)")
  }

  @Test(
    "What is refused is shown without what may be secret in it",
    arguments: [
      ("http://user:SECRET@h:1/a", "'http://***@h:1/a'"), ("http://h/?token=SECRET", "'http://h/?***'"),
      ("user:SECRET@h?x=SECRET", "'***@h?***'"),
      ("ftp://h/a", "'ftp://h/a'"),
    ])
  func withoutSecrets(text: String, shown: String) {
    let error = #expect(throws: ConfigurationError.self) { try TargetURL(text: text) }
    #expect(error.map { "\($0)".hasPrefix(shown) && !"\($0)".contains("SECRET") } == true, "\(error as Any)")
  }

  @Test("A socket's path that the system cannot hold is refused")
  func longSocket() {
    #expect(throws: ConfigurationError.self) { try TargetURL(text: "unix:/\(String(repeating: "x", count: 103))") }
    #expect(throws: Never.self) { try TargetURL(text: "unix:/\(String(repeating: "x", count: 102))") }
  }

  @Test("A proxy in the environment is said not to be used, unless no_proxy covers the target; its value is not shown")
  func proxies() throws {
    let http = try TargetURL(text: "http://api.example.com:8000")
    let https = try TargetURL(text: "https://api.example.com")
    let secret = "http://ann:hunter2@proxy:3128"
    for name in ["http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"] {
      let note = try #require(ProxyNote.text(http, [name: secret]))
      #expect(note.hasPrefix("\(name) is set and not used") && !note.contains("hunter2"))
    }
    for name in ["https_proxy", "HTTPS_PROXY", "ALL_PROXY"] { #expect(ProxyNote.text(https, [name: secret]) != nil) }
    #expect(ProxyNote.text(https, ["http_proxy": secret]) == nil && ProxyNote.text(http, ["https_proxy": secret]) == nil)
    #expect(ProxyNote.text(http, ["http_proxy": ""]) == nil && ProxyNote.text(http, [:]) == nil)
    #expect(ProxyNote.text(try TargetURL(text: "unix:/a"), ["ALL_PROXY": secret]) == nil)
    for (covering, name) in [
      ("*", true), ("example.com", true), (".example.com", true), ("*.example.com", true), ("API.example.com:8000", true),
      ("a,api.example.com", true),
      ("b api.example.com", true), ("api.example.com:80", false), ("ple.com", false), ("other.com", false), ("", false),
      ("10.0.0.0/8", false),
    ] {
      #expect((ProxyNote.text(http, ["http_proxy": secret, "no_proxy": covering]) == nil) == name, "\(covering)")
    }
    let address = try TargetURL(text: "http://10.1.2.3:80")
    for (covering, name) in [
      ("10.0.0.0/8", true), ("10.1.2.3", true), ("11.0.0.0/8", false), ("10.1.2.2/31", true), ("10.1.2.4/31", false), ("::/0", false),
    ] {
      #expect((ProxyNote.text(address, ["http_proxy": secret, "NO_PROXY": covering]) == nil) == name, "\(covering)")
    }
    let six = try TargetURL(text: "http://[fd00::1]:80")
    for covering in ["fd00::/8", "[fd00::1]", "[fd00::1]:80", "fd00::1"] {
      #expect(ProxyNote.text(six, ["http_proxy": secret, "no_proxy": covering]) == nil, "\(covering)")
    }
  }
}
