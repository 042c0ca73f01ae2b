import Shared
import Testing

@testable import LoadRun

@Suite("Guessing from a description")
struct DescribedGuessTests {
  private func guess(_ text: String, base: String = "") throws -> DialectGuess {
    DialectGuesser.guess(try Descriptions.evidence(text, base: base))
  }

  /// The guess as it is read again from its file.
  private func read(_ guess: DialectGuess) throws -> Dialect { try DialectFile.read(GuessedFile(guess).text, path: "x.yaml") }

  @Test("A description as FastAPI writes it is understood in all its parts, but for a word that may mean anything")
  func fastAPI() throws {
    let guess = try guess(Descriptions.teaShop)
    let dialect = try read(guess)
    #expect(dialect == guess.dialect)
    #expect(dialect.name == "tea-shop" && dialect.readyPath == "/health")
    #expect(dialect.create.request.path == "/api/v1/orders" && dialect.create.acceptedCodes == [201])
    #expect(
      dialect.create.request.body
        == #"{"customer_id":"{uuid}","items":[{"sku":"sku-{index}","quantity":1,"unit_price":9.99}],"due":"2026-01-02T03:04:05Z","channel":"web"}"#
    )
    #expect(dialect.create.id == Dialect.IDSource(.body("id")) && dialect.create.invalidBody == "{}")
    #expect(dialect.status.source == .order(Dialect.Request("GET", "/api/v1/orders/{id}"), field: "status"))
    #expect(
      dialect.status.words
        == StatusWords([
          .pending: ["QUEUED"], .processing: ["IN_PROGRESS"], .completed: ["DONE"], .cancelled: ["CANCELED"], .failed: ["ERROR"],
        ]))
    #expect(dialect.cancel?.request == Dialect.Request("DELETE", "/api/v1/orders/{id}"))
    #expect(dialect.cancel?.acceptedCodes == [204] && dialect.cancel?.refusedCodes == [409])
    #expect(
      dialect.list
        == Dialect.List(
          Dialect.Request("GET", "/api/v1/orders?limit=50"), orders: "", id: "id", status: "status",
          pages: Dialect.List.Pages(.offset, path: "/api/v1/orders?limit=50&skip={cursor}")))
    #expect(
      dialect.metrics?.figures == [
        Dialect.Figure(.total, at: "total"), Dialect.Figure(.count(.pending), at: "queued"),
        Dialect.Figure(.count(.processing), at: "in_progress"), Dialect.Figure(.count(.completed), at: "done"),
        Dialect.Figure(.average(.processing), at: "avg_processing_time_ms", unit: .milliseconds(1)),
      ])
    #expect(guess.openKeys.sorted() == ["metrics.figures.average_processing", "status.words"])
    #expect(guess.remarks.contains { $0.isOpen && $0.words.utf8.suffix(7).elementsEqual("ON_HOLD".utf8) })
  }

  @Test("A login by FastAPI's form is understood, and an account is made by JSON")
  func login() throws {
    let dialect = try read(try guess(Descriptions.withLogin))
    guard case .bearer(let login) = dialect.authentication else {
      Issue.record("it has no login")
      return
    }
    #expect(login.request.path == "/token" && login.request.body == "grant_type=password&username={username}&password={password}")
    #expect(login.request.headers == [Dialect.Header("Content-Type", "application/x-www-form-urlencoded")])
    #expect(login.token == .body("access_token") && login.expiresIn == "expires_in" && login.refresh == nil)
    #expect(login.register?.body == #"{"email":"{username}","password":"{password}","full_name":"full-name-{run}"}"#)
    #expect(dialect.create.request.path == "/orders/" && dialect.create.id.place == .header("Location"))
    #expect(dialect.create.request.body == #"{"item":"green tea"}"#)
    #expect(dialect.status.source == .order(Dialect.Request("GET", "/orders/{id}/status"), field: "data.order_status"))
    #expect(dialect.status.words.status(for: "served") == .completed && dialect.status.words.status(for: "COOKING") == .processing)
  }

  @Test("References to answers, composed schemas and a server's path are followed; a key is to be given to the run")
  func byHand() throws {
    let guess = try guess(Descriptions.byHand)
    let dialect = try read(guess)
    #expect(dialect.create.request.path == "/v2/purchases" && dialect.create.duplicates == .refused)
    #expect(dialect.create.id.place == .own("{number}"))
    #expect(dialect.create.request.body == #"{"purchaseId":{id},"amount":5}"#)
    #expect(dialect.create.request.headers == [Dialect.Header("Content-Type", "application/vnd.shop+json")])
    #expect(dialect.status.source == .order(Dialect.Request("GET", "/v2/purchases/{id}"), field: "data.state"))
    #expect(guess.openKeys == ["authentication"] && guess.comments["authentication"]?.first?.contains("--header 'X-Api-Key: …'") == true)
  }

  @Test("Paths are told below the target's own, whether the description knows of that or not")
  func base() throws {
    #expect(try guess(Descriptions.byHand, base: "/v2").dialect.create.request.path == "/purchases")
    #expect(try guess(Descriptions.teaShop, base: "/shop").dialect.create.request.path == "/api/v1/orders")
    let tree = try JSONTree(Array(Descriptions.teaShop.utf8))
    let other = try OpenAPIDescription(tree, base: "/shop", isBelow: false)
    #expect(other.operations.isEmpty && other.leftOut == 5, "what is not below the target's URL cannot be reached by a dialect")
  }

  @Test(
    "A document that is no description is refused in words",
    arguments: [
      ("[]", "it is no JSON object"), ("{}", "it has no 'openapi'"), (#"{"swagger":"2.0"}"#, "it is Swagger 2.0"),
      (#"{"openapi":"4.0"}"#, "its version is '4.0'"),
    ])
  func refused(text: String, words: String) throws {
    let tree = try JSONTree(Array(text.utf8))
    let fault = #expect(throws: OpenAPIDescription.Fault.self) { try OpenAPIDescription(tree) }
    #expect(try #require(fault).description.contains(words))
  }

  @Test("References in a ring, and schemas that contain themselves, end")
  func rings() throws {
    let text = #"""
      {"openapi":"3.1.0","paths":{"/orders":{"post":{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}},
       "responses":{"201":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/B"}}}}}}}},
       "components":{"schemas":{"A":{"type":"object","required":["child","order_id"],"properties":{"child":{"$ref":"#/components/schemas/A"},
       "order_id":{"type":"string"}}},"B":{"$ref":"#/components/schemas/C"},"C":{"$ref":"#/components/schemas/B"}}}}
      """#
    let dialect = try read(try guess(text))
    #expect(dialect.create.request.path == "/orders" && dialect.create.id.place == .own("{number}"))
  }

  @Test("Nothing is taken for an order's create that only sounds like it")
  func others() throws {
    for path in ["/login", "/orders/search", "/orders/{id}/cancel", "/webhooks/orders", "/users"] {
      let text = #"{"openapi":"3.0.0","paths":{"\#(path)":{"post":{"responses":{"201":{}}}}}}"#
      let guess = try guess(text)
      #expect(guess.openKeys.contains("create.path"), "\(path)")
    }
  }
}
