import HTTPTypes
import NIOHTTP1
import Testing

@testable import OrderServer

@Suite("What a request's head must be")
struct RequestHeadsTests {
  private func head(_ version: HTTPVersion, _ hosts: [String]) -> HTTPRequestHead {
    HTTPRequestHead(version: version, method: .GET, uri: "/ping", headers: HTTPHeaders(hosts.map { ("hOsT", $0) }))
  }

  @Test("HTTP/1.1 has one Host, which is a host; HTTP/1.0 may do without")
  func hosts() {
    #expect(HostRule.violation(in: head(.http1_1, [])) == "it has no Host")
    #expect(HostRule.violation(in: head(.http1_0, [])) == nil)
    for version in [HTTPVersion.http1_0, .http1_1] {
      #expect(HostRule.violation(in: head(version, ["a"])) == nil)
      #expect(HostRule.violation(in: head(version, ["a", "a"])) == "it has 2 Hosts")
      #expect(HostRule.violation(in: head(version, ["a b"])) == "its Host, 'a b', is no host")
    }
  }

  @Test(
    "A host is a name or an address, with or without a port",
    arguments: [
      "", "a", "a.example", "A-1_x~", "a:80", "a:", "127.0.0.1:8000", "[::1]", "[::1]:8000", "[fe80::1%25eth0]:1", "a%20b",
      "sub!$&'()*+,;=",
    ])
  func isHost(text: String) { #expect(HostRule.isHost(text)) }

  @Test(
    "What is none is not taken for one",
    arguments: [
      "a b", "a/b", "http://a", "me@a", "a:b", "a:80:80", "[::1", "::1]", "[]", "[::1]x", "a?b", "a#b", "\\", "é", "a\"b", "a:8\u{661}",
    ])
  func isNoHost(text: String) { #expect(!HostRule.isHost(text)) }

  private func request(_ fields: [(HTTPField.Name, String)]) -> HTTPRequest {
    var headers = HTTPFields()
    for (name, value) in fields { headers.append(HTTPField(name: name, value: value)) }
    return HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/orders", headerFields: headers)
  }

  @Test("A client waits to be asked for its body where it says so and has one, until it comes or is asked for")
  func expectation() {
    for (fields, isWaiting) in [
      ([(.expect, "100-continue"), (.contentLength, "9")], true), ([(.expect, "100-Continue"), (.transferEncoding, "chunked")], true),
      ([(.expect, "100-continue")], false), ([(.expect, "100-continue"), (.contentLength, "0")], false), ([(.contentLength, "9")], false),
      ([(.expect, "something-else"), (.contentLength, "9")], false),
    ] as [([(HTTPField.Name, String)], Bool)] {
      var expectation = Expectation()
      expectation.headCame(request(fields))
      #expect(expectation.isWaiting == isWaiting, "\(fields)")
      expectation.bodyCame()
      #expect(!expectation.isWaiting)
    }
    var expectation = Expectation()
    expectation.headCame(request([(.expect, "100-continue"), (.contentLength, "9")]))
    // The next request's head does away with what the one before expected.
    expectation.headCame(request([]))
    #expect(!expectation.isWaiting)
  }
}
