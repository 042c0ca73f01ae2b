import Foundation
import Testing

extension EndToEnd.OrderServer {
  /// What a browser could be used for against whoever sits before it.
  @Suite("Pages of other sites", .timeLimit(.minutes(5)))
  struct BrowserTests {
    @Test("A form of another site's page does not order, whatever credentials the browser keeps; JSON does", arguments: Shape.all)
    func foreignForms(shape: Shape) async throws {
      try await shape.serve("--service-time", "1h") { api in
        let api = try await shape.admitted(to: api)
        let own = api.url
        func answer(_ number: Int, origin: String?, type: String) async throws -> Int {
          let order = shape.order(number)
          var fields = api.headers.map { "\($0): \($1)\r\n" }.joined() + "Content-Type: \(type)\r\nContent-Length: \(order.utf8.count)\r\n"
          if let origin { fields += "Origin: \(origin)\r\n" }
          let request = "POST /orders HTTP/1.1\r\nHost: \(own.dropFirst(7))\r\nConnection: close\r\n\(fields)\r\n\(order)"
          return try await onThread {
            let connection = try RawConnection(to: api)
            connection.send(request)
            return try connection.lastAnswer().status
          }
        }
        for origin in ["http://evil.example", "null", own + "1", "http://evil.example/\(own.dropFirst(7))"] {
          for type in ["text/plain", "application/x-www-form-urlencoded", "text/plain; application/json"] {
            let code = try await answer(1, origin: origin, type: type)
            #expect(code == 415, "\(origin) \(type)")
          }
        }
        let codes = [
          try await answer(2, origin: nil, type: "text/plain"), try await answer(3, origin: own, type: "text/plain"),
          try await answer(4, origin: "http://other.example", type: "Application/JSON; charset=utf-8"),
        ]
        #expect(codes == [201, 201, 201])
        if let figures = try await shape.figures(at: api) { #expect(figures.total == 3) }
      }
    }

    @Test("No answer is taken for another kind of document, and what belongs to somebody is not stored", arguments: Shape.all)
    func headers(shape: Shape) async throws {
      try await shape.serve("--service-time", "1h") { api in
        let api = try await shape.admitted(to: api)
        let id = try await shape.send(1...1, to: api)[0]
        for path in ["/orders/\(id)\(shape.statusSuffix)", "/metrics", "/orders/nobody", "/nowhere", "/ping", "/docs", "/openapi.json"] {
          let answer = try await api.get(path)
          #expect(answer.header("X-Content-Type-Options") == "nosniff", "\(path)")
          let isForEveryone = ["/ping", "/docs", "/openapi.json"].contains(path)
          #expect((answer.header("Cache-Control") == "no-store") == !isForEveryone, "\(path)")
        }
      }
    }

    @Test("Codings that are not known, lengths that cannot be counted, and targets that are no ASCII are refused at once")
    func framing() async throws {
      try await served("parallel") { api in
        for (head, code) in [
          ("Transfer-Encoding: gzip, chunked", 501), ("Transfer-Encoding: identity, chunked", 501),
          ("Content-Length: 9223372036854775808", 400), ("Content-Length: 18446744073709551615", 400),
          ("Content-Length: 99999999999999999999999", 400), ("Transfer-Encoding: gzip", 501),
        ] {
          let answer = try await onThread {
            let connection = try RawConnection(to: api)
            connection.send("POST /orders HTTP/1.1\r\nHost: a\r\n\(head)\r\n\r\n")
            return try connection.lastAnswer()
          }
          #expect(answer.status == code, "\(head): \(answer)")
        }
        let target = try await onThread {
          let connection = try RawConnection(to: api)
          connection.send("GET /orders/\u{e9} HTTP/1.1\r\nHost: a\r\n\r\n")
          return try connection.lastAnswer()
        }
        #expect(target.status == 400)
        // Of HTTP/1.0 nobody knows where such a body ends.
        let old = try await onThread {
          let connection = try RawConnection(to: api)
          let head = "GET /ping HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
          connection.send(head + "0\r\n\r\nGET /ping HTTP/1.0\r\n\r\n")
          return String(decoding: connection.rest(), as: UTF8.self)
        }
        #expect(old.components(separatedBy: "HTTP/1.1 ").count == 2, "\(old)")
      }
    }

    @Test("An order cannot have the id under which its times would be hidden", arguments: ["standard", "sequential"])
    func reservedID(profile: String) async throws {
      try await served(profile) { api in
        let order = #"{"order_id":"prometheus","user_id":"u","item_ids":["i"],"total_amount":1}"#
        let answer = try await api.post("/orders", order)
        #expect((400..<500).contains(answer.status) && answer.text.contains("prometheus"), "\(answer)")
        try await #expect(api.post("/orders", order.replacing("prometheus", with: "prometheus2")).status == 201)
      }
    }

    @Test("The answer to a list of wrong elements is short, and tells first that there are too many", arguments: Shape.all)
    func wrongElements(shape: Shape) async throws {
      try await shape.serve { api in
        let api = try await shape.admitted(to: api)
        for count in [900, 80_000] {
          let list = "[" + Array(repeating: "[]", count: count).joined(separator: ",") + "]"
          let body = #"{"order_id":"1","user_id":"u","total_amount":1,"item_ids":\#(list),"product_name":\#(list),"amount":\#(list)}"#
          let answer = try await api.post("/orders", body)
          #expect((400..<500).contains(answer.status))
          #expect(answer.text.utf8.count < 32_768, "\(answer.text.utf8.count) bytes")
          if count > 1_000, shape.name != "marketplace" { #expect(answer.text.contains("1000 items"), "\(answer.text.prefix(300))") }
        }
      }
    }
  }
}
