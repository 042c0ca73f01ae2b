import Foundation
import NIOCore
import Shared
import Testing

@testable import LoadRun

@Suite("Requests, spelled by a dialect")
struct RequestEncoderTests {
  private func encoder(
    _ dialect: Dialect, accounts: [Credentials] = [], basePath: String = "", nonce: UInt64 = 7, given: [(name: String, value: String)] = []
  ) -> RequestEncoder {
    var ownID: Template?
    if case .own(let template) = dialect.create.id.place { ownID = template }
    return RequestEncoder(
      dialect, values: SlotValues(random: SeededRandom(seed: 1), nonce: nonce, accounts: accounts, ownID: ownID), host: "shop:8000",
      basePath: basePath, given: given)
  }

  /// A request as a server reads it: its first line, its headers and its body.
  private struct Read {
    var line: Substring
    var headers: [String: String] = [:]
    /// Those that stand in it more than once.
    var repeated: Set<String> = []
    var body: Substring

    init(_ encoder: RequestEncoder, _ what: RequestKind, _ context: RequestContext) throws {
      var buffer = ByteBuffer()
      encoder.write(what, context, into: &buffer)
      let text = String(buffer: buffer)
      let end = try #require(text.firstRange(of: "\r\n\r\n"))
      body = text[end.upperBound...]
      let lines = text[..<end.lowerBound].split(separator: "\r\n")
      line = try #require(lines.first)
      for line in lines.dropFirst() {
        let colon = try #require(line.firstRange(of: ": "))
        let name = line[..<colon.lowerBound].lowercased()
        if headers.updateValue(String(line[colon.upperBound...]), forKey: name) != nil { repeated.insert(name) }
      }
    }

    func json() throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
    }
  }

  @Test("Every built-in dialect's create is one request with the length of its body, and JSON", arguments: Dialect.builtIn)
  func creates(dialect: Dialect) throws {
    let encoder = encoder(dialect, accounts: [Credentials(username: "ann", password: "s3")])
    for index in [0, 1, 9, 10, 123_456] as [UInt64] {
      let read = try Read(encoder, .create, RequestContext(index: index))
      #expect(read.line == "POST /orders HTTP/1.1")
      #expect(read.headers["host"] == "shop:8000")
      #expect(read.headers["content-length"] == "\(read.body.utf8.count)")
      #expect(try !read.json().isEmpty)
    }
  }

  @Test("A header that was given replaces ours and the dialect's, in any case, in every kind of request; ours stand in each once")
  func givenHeaders() throws {
    let names = ["User-Agent", "Content-Type", "Accept-Encoding", "Authorization", "Prefer", "X-Trace"]
    for round in 0..<CodecDice.rounds(300) {
      var dice = CodecDice(seed: 77, round: round)
      var random = RandomDialect(seed: 78, round: round)
      let dialect = random.draw()
      let given = names.filter { _ in dice.chance(40) }.map { name in
        (name: dice.pick([name, name.lowercased(), name.uppercased()]), value: "given-\(dice.below(9))")
      }
      let encoder = encoder(dialect, accounts: [Credentials(username: "ann", password: "s3")], given: given)
      for what in RequestKind.allCases {
        var buffer = ByteBuffer()
        encoder.write(what, RequestContext(id: OrderID("1"), tokens: Tokens(access: "t", refresh: "r")), into: &buffer)
        guard buffer.readableBytes > 0 else { continue }
        let read = try Read(encoder, what, RequestContext(id: OrderID("1"), tokens: Tokens(access: "t", refresh: "r")))
        #expect(read.repeated.isEmpty, "round \(round), \(what): \(read.repeated)")
        for (name, value) in given { #expect(read.headers[name.lowercased()] == value, "round \(round), \(what): \(name)") }
        #expect(read.headers["host"] == "shop:8000" && read.headers["user-agent"] != nil && read.headers["accept-encoding"] != nil)
        if !read.body.isEmpty { #expect(read.headers["content-type"] != nil, "round \(round), \(what)") }
      }
      #expect(encoder.asksForIdentity == !given.contains { $0.name.lowercased() == "accept-encoding" })
    }
  }

  @Test("A dialect's own type of JSON goes with every body, and with nothing that has none; a request's own wins")
  func contentTypes() throws {
    var dialect = Dialect.standard
    #expect(try Read(encoder(dialect), .create, RequestContext()).headers["content-type"] == "application/json")
    dialect.headers = [Dialect.Header("content-type", "application/vnd.acme+json")]
    #expect(try Read(encoder(dialect), .create, RequestContext()).headers["content-type"] == "application/vnd.acme+json")
    #expect(try Read(encoder(dialect), .poll, RequestContext(id: OrderID("1"))).headers["content-type"] == nil)
    dialect.create.request.headers = [Dialect.Header("Content-Type", "application/vnd.acme.order+json")]
    #expect(try Read(encoder(dialect), .create, RequestContext()).headers["content-type"] == "application/vnd.acme.order+json")
    #expect(try Read(encoder(dialect), .create, RequestContext()).headers["accept-encoding"] == "identity")
  }

  @Test("Figures alone are asked for in an encoding, where the dialect says so, and what was given wins")
  func encodedFigures() throws {
    var dialect = Dialect.standard
    dialect.metrics?.source = .document(Dialect.Request("GET", "/metrics", headers: [Dialect.Header("accept-encoding", "gzip")]))
    let context = RequestContext(id: OrderID("1"))
    #expect(try Read(encoder(dialect), .metrics, context).headers["accept-encoding"] == "gzip")
    #expect(try Read(encoder(.standard), .metrics, context).headers["accept-encoding"] == "identity")
    for what in [RequestKind.create, .poll, .list] {
      #expect(try Read(encoder(dialect), what, context).headers["accept-encoding"] == "identity", "\(what)")
    }
    let given = encoder(dialect, given: [("Accept-Encoding", "deflate")])
    #expect(try Read(given, .metrics, context).headers["accept-encoding"] == "deflate")
  }

  @Test("Several headers of one name that were given all go out")
  func severalGiven() throws {
    let encoder = encoder(.standard, given: [("X-A", "1"), ("x-a", "2")])
    var buffer = ByteBuffer()
    encoder.write(.create, RequestContext(), into: &buffer)
    let text = String(buffer: buffer)
    #expect(text.contains("\r\nX-A: 1\r\n") && text.contains("\r\nx-a: 2\r\n"), "\(text)")
  }

  @Test("The literal bodies of the reference systems are sent as they stand, with the client's own id where there is one")
  func literalBodies() throws {
    let order = try Read(encoder(.basicAuth), .create, RequestContext(index: 3)).json()
    #expect(order["order_id"] as? Int == 11, "the run's first number is 8")
    #expect(order["user_id"] as? Int == 456 && order["item_ids"] as? [Int] == [1, 2, 3] && order["total_amount"] as? Double == 150.75)
    #expect(try Read(encoder(.basicAuth), .poll, RequestContext(index: 3, id: OrderID("11"))).line == "GET /orders/11 HTTP/1.1")
    let other = try Read(encoder(.sequential), .create, RequestContext(index: 3)).json()
    #expect(other["order_id"] as? String == "11" && other["item_ids"] as? String == "item_ids")
    #expect(try Read(encoder(.sequential), .poll, RequestContext(index: 3)).line == "GET /orders/11/status HTTP/1.1")
  }

  @Test("Whatever an account or an id holds, it stays within its place: one request line, its headers, and JSON that says the same")
  func escapes() throws {
    let nasty = ["a\"b\\c", "x\r\nEvil: 1", "ü/../?#% ", "{id}", "\u{1}\u{7F}", "'\"}{"]
    guard case .bearer(let login) = Dialect.marketplace.authentication else { return }
    #expect(login.request.body != nil)
    for text in nasty {
      let encoder = encoder(.marketplace, accounts: [Credentials(username: text, password: text)])
      let read = try Read(encoder, .login, RequestContext())
      #expect(try read.json()["email"] as? String == text && read.json()["password"] as? String == text)
      let poll = try Read(encoder, .poll, RequestContext(id: OrderID(text), tokens: Tokens(access: "t")))
      #expect(poll.line.split(separator: " ").count == 3 && poll.headers["evil"] == nil)
      let path = try #require(poll.line.split(separator: " ").dropFirst().first)
      #expect(path.dropFirst("/orders/".count).removingPercentEncoding == text)
    }
  }

  @Test("Who asks is said by a token or by name and password, and not while logging in")
  func authorises() throws {
    let accounts = [Credentials(username: "ann", password: "a:b"), Credentials(username: "bob", password: "c")]
    let basic = encoder(.basicAuth, accounts: accounts)
    #expect(try Read(basic, .create, RequestContext()).headers["authorization"] == "Basic " + Data("ann:a:b".utf8).base64EncodedString())
    #expect(
      try Read(basic, .create, RequestContext(account: 1)).headers["authorization"] == "Basic " + Data("bob:c".utf8).base64EncodedString())
    let bearer = encoder(.marketplace, accounts: accounts)
    let tokens = Tokens(access: "abc", refresh: "r")
    #expect(try Read(bearer, .create, RequestContext(tokens: tokens)).headers["authorization"] == "Bearer abc")
    let refresh = try Read(bearer, .refresh, RequestContext(tokens: tokens))
    #expect(try refresh.headers["authorization"] == nil && refresh.json()["refresh_token"] as? String == "r")
  }

  @Test("Numbers and UUIDs are other ones in every order and every run, and the same when they are asked for again")
  func uniqueSlots() throws {
    var dialect = Dialect.standard
    dialect.create.request.body = #"{"n":{number},"u":"{uuid}","r":"{run}","d":{random:-3..3},"c":"{choice:a|b}"}"#
    var numbers: Set<Int> = []
    var uuids: Set<String> = []
    var drawn: Set<Int> = []
    for nonce in [1, .max, 0xFFFF_FFFF_0000_0001] as [UInt64] {
      let encoder = encoder(dialect, nonce: nonce)
      for index in 0..<200 as Range<UInt64> {
        let order = try Read(encoder, .create, RequestContext(index: index)).json()
        let number = try #require(order["n"] as? Int)
        let uuid = try #require(order["u"] as? String)
        #expect(number > 0 && number < 1 << 31)
        #expect(UUID(uuidString: uuid)?.uuidString.lowercased() == uuid)
        #expect(uuids.insert(uuid).inserted)
        numbers.insert(number)
        drawn.insert(try #require(order["d"] as? Int))
        #expect(["a", "b"].contains(order["c"] as? String))
        #expect(
          try Read(encoder, .create, RequestContext(index: index)).body == Read(encoder, .duplicate, RequestContext(index: index)).body)
      }
    }
    #expect(numbers.count >= 400, "the first and the third run begin with the same 32 bits")
    #expect(drawn == Set(-3...3))
  }

  @Test("A create that will be sent twice carries its key, and no other does")
  func keys() throws {
    let encoder = encoder(.standard)
    #expect(try Read(encoder, .create, RequestContext()).headers["idempotency-key"] == nil)
    let first = try Read(encoder, .create, RequestContext(index: 4, isKeyed: true)).headers["idempotency-key"]
    let second = try Read(encoder, .duplicate, RequestContext(index: 4, isKeyed: true)).headers["idempotency-key"]
    #expect(first != nil && first == second)
    #expect(try Read(encoder, .create, RequestContext(index: 5, isKeyed: true)).headers["idempotency-key"] != first)
  }

  @Test("Pages after the first are asked for by their cursor, below the target's own path")
  func pages() throws {
    let encoder = encoder(.standard, basePath: "/shop")
    #expect(try Read(encoder, .metrics, RequestContext()).line == "GET /shop/metrics HTTP/1.1")
    #expect(try Read(encoder, .list, RequestContext()).line == "GET /shop/orders?limit=100 HTTP/1.1")
    let market = self.encoder(.marketplace)
    #expect(try Read(market, .metrics, RequestContext(cursor: "a b&c")).line == "GET /orders?limit=100&cursor=a%20b%26c HTTP/1.1")
  }

  @Test("What fills a slot is escaped as the body's type has it, so that no value can end its place")
  func mediaTypes() throws {
    for (type, body, read) in [
      ("application/x-www-form-urlencoded", "a={choice:x&y=1|x&y=1}&b={index}", "a=x%26y%3D1&b=3"),
      ("application/soap+xml; charset=utf-8", "<o a='{choice:<b>'&\"|<b>'&\"}'/>", "<o a='&lt;b&gt;&apos;&amp;&quot;'/>"),
      ("text/csv", "{choice:a,b|a,b}\n", "a,b\n"), ("application/x-amz-json-1.1", #"{"a":"{choice:q"|q"}"}"#, #"{"a":"q\""}"#),
    ] {
      var dialect = Dialect.standard
      dialect.headers = [Dialect.Header("content-type", Template(type))]
      dialect.create.request.body = Template(body)
      let request = try Read(encoder(dialect), .create, RequestContext(index: 3))
      #expect(request.body == read && request.headers["content-type"] == type && request.headers["content-length"] == "\(read.utf8.count)")
      dialect.headers = [Dialect.Header("Content-Type", "application/json")]
      dialect.create.request.headers = [Dialect.Header("CONTENT-TYPE", Template(type))]
      #expect(try Read(encoder(dialect), .create, RequestContext(index: 3)).body == read, "a request's own type goes first")
    }
  }

  @Test("A further page is where the link says it is, without the target's base path, and everything else as on the first page")
  func links() throws {
    var dialect = Dialect.standard
    dialect.list?.pages = .init(.link, path: "")
    var context = RequestContext()
    context.cursor = "/base/orders?page=2&q=%20"
    let request = try Read(encoder(dialect, basePath: "/base"), .listPoll, context)
    #expect(request.line == "GET /base/orders?page=2&q=%20 HTTP/1.1" && request.headers["host"] == "shop:8000")
  }
}
