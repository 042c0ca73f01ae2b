#if os(Linux)
  import Foundation
  import Testing

  extension EndToEnd.OrderServer {
    /// Text that takes `String` minutes to compare or hash: marks that combine, in an order that is not the canonical one.
    @Suite("Combining marks", .timeLimit(.minutes(30)))
    struct CombiningMarkTests {
      private static func marks(_ bytes: Int) -> String { String(repeating: "\u{301}\u{316}", count: bytes / 4) }
      private static func plain(_ bytes: Int) -> String { String(repeating: "a", count: bytes) }

      /// Bodies with the text as a name, and in place of each value, in the object and in lists. They are put together as text: a dictionary
      /// would hash the name as a `String`.
      private static func bodies(_ sample: String, _ text: String) throws -> [String] {
        let found = try JSONSerialization.jsonObject(with: Data(sample.utf8))
        let members = try #require(found as? [String: Any]).sorted { $0.key < $1.key }.map { name, value in
          let json = try JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)
          return (name: name, value: String(decoding: json, as: UTF8.self))
        }
        func body(_ members: [(name: String, value: String)]) -> String {
          "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
        }
        let quoted = "\"\(text)\""
        var bodies = [body(members + [(text, "1")])]
        for index in members.indices {
          for value in [quoted, "[\(quoted)]", "{\(quoted):[\(quoted)]}"] {
            var changed = members
            changed[index].value = value
            bodies.append(body(changed))
          }
        }
        // The same name twice is told, and two names that look alike are two.
        bodies.append(#"{"\#(text)":1,"\#(text)":2}"#)
        bodies.append(#"{"\#(text)":1,"\#(text)b":2,"b\#(text)":3}"#)
        return bodies
      }

      private static func send(_ shape: Shape, _ text: (Int) -> String, to api: API) async throws {
        let large = text(200_000)
        var answers: [Answer] = []
        for body in try bodies(shape.order(1), large) { answers.append(try await api.post("/orders", body)) }
        if shape.name == "marketplace" {
          for (path, sample) in [
            ("register", #"{"name":"a","email":"a@example.org","password":"horse"}"#), ("login", #"{"email":"a@b","password":"horse"}"#),
            ("refresh", #"{"refresh_token":"a"}"#),
          ] {
            for body in try bodies(sample, large) { answers.append(try await api.post("/auth/\(path)", body)) }
          }
        }
        let small = text(8_000)
        let escaped = text(2_000).utf8.map { "%" + String($0, radix: 16) }.joined()
        for part in [small, escaped] {
          for path in ["/\(part)", "/orders/\(part)", "/orders/\(part)/status", "/metrics/\(part)"] {
            answers.append(try await api.get(path))
          }
          for query in ["\(part)=\(part)", "status=\(part)", "limit=\(part)", "cursor=\(part)"] {
            answers.append(try await api.get("/orders?\(query)"))
          }
        }
        let names = ["Authorization", "Accept", "Expect", "Origin", "Content-Type", "Idempotency-Key", "Connection", "Cookie"]
        for name in names {
          for value in [small, "Basic \(small)", "Bearer \(small)", "a,\(small);b, \(small)"] {
            answers.append(try await api.with(name, value).get("/metrics"))
            answers.append(try await api.with(name, value).post("/orders", shape.order(1)))
          }
        }
        for answer in answers { #expect(answer.status < 500 || answer.status == 501, "\(answer.status): \(answer.text.prefix(200))") }
      }

      @Test("They cost no more than plain text of the same length, whatever field they stand in", arguments: Shape.all)
      func cost(shape: Shape) async throws {
        let program = try await shape.start(store: "memory", ["--service-time", "1h"])
        do {
          let api = try await shape.admitted(to: API(url: try await program.url()))
          let start = try program.processorTime()
          try await Self.send(shape, Self.plain, to: api)
          let middle = try program.processorTime()
          try await Self.send(shape, Self.marks, to: api)
          let (plain, marks) = (middle - start, try program.processorTime() - middle)
          // A single comparison of 200 KB of them takes some twenty seconds where it is done by characters.
          #expect(marks < 10 * plain + 2, "\(marks) s, beside \(plain) s of plain text")
          await program.stop()
        } catch {
          program.signal(SIGKILL)
          _ = await program.ended()
          throw error
        }
      }
    }
  }
#endif
