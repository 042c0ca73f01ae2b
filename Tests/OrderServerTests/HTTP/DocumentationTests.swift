import Hummingbird
import Shared
import Testing

@testable import OrderServer

@Suite("The API's description")
struct DocumentationTests {
  @Test("What is described is served, and what is served is described", arguments: Profile.all.map(\.name))
  func describesWhatIsServed(name: String) async throws {
    try await TestServer(try Profile(named: name)).test { client in
      let page = try await client.send(.get, "/docs")
      #expect(page.code == 200 && page.text.contains("openapi.json") && !page.text.contains("https://"))
      #expect(page.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
      guard case .object(let paths)? = try await client.send(.get, "/openapi.json").json["paths"] else {
        Issue.record("no paths")
        return
      }
      for path in paths {
        guard case .object(let operations) = path.value else { continue }
        let methods = operations.map { $0.name.uppercased() }.sorted()
        let allowed = try await client.send(.delete, path.name.replacing("{id}", with: "x")).headers[.allow] ?? ""
        #expect(allowed.split(separator: ", ").map(String.init).filter { $0 != "HEAD" }.sorted() == methods, "\(path.name)")
      }
      for path in ["/orders", "/metrics/prometheus", "/ping", "/health", "/openapi.json", "/docs"] {
        #expect(paths.contains { $0.name == path }, "\(path)")
      }
    }
  }

  @Test("A refusal's code, body and headers are described as the profile answers with it", arguments: Profile.all.map(\.name))
  func describesRefusals(name: String) async throws {
    let profile = try Profile(named: name)
    try await TestServer(profile, store: FailingStore(reason: "the disk is full")).test { client in
      let seen = try await client.send(.get, profile.format.order == nil ? "/orders/77/status" : "/orders/77")
      let paths = try await client.send(.get, "/openapi.json").json["paths"]
      let described = paths?[profile.format.order == nil ? "/orders/{id}/status" : "/orders/{id}"]?["get"]?["responses"]?["503"]
      let content = described?["content"]?[seen.headers[.contentType] ?? ""]
      #expect(try content?["examples"]?["unavailable"]?["value"]?.isSame(as: seen.json) == true, "\(seen.text)")
      #expect(described?["headers"]?["Retry-After"]?["required"] == .boolean(true))
    }
  }

  /// Texts of letters that matter to the rules, short and long.
  private static let texts: [String] = {
    var dice = SystemRandomNumberGenerator()
    let letters = Array("a.Z9-_~:@!~ \u{0}\n\u{1f}\u{7f}\u{85}\u{9f}\u{a0}\u{2028}\u{3000}\u{301}é/%🙂".unicodeScalars)
    let random = (0..<20_000).map { _ in
      String(
        String.UnicodeScalarView(
          (0..<Int.random(in: 0...6, using: &dice)).map { _ in letters[Int.random(in: 0..<letters.count, using: &dice)] }))
    }
    return random + (0x0...0x30ff).compactMap { Unicode.Scalar($0) }.flatMap { [String($0), "a\($0)", "\($0).", "\($0)a@b"] }
  }()

  @Test("The patterns that are described are the rules that are checked, but for lengths")
  func patterns() throws {
    func expectAgreement(_ pattern: String, _ length: ClosedRange<Int>, _ check: (String) -> Bool) throws {
      // By scalars, as everyone else reads them.
      let regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
      for text in Self.texts where length.contains(text.unicodeScalars.count) {
        #expect((text.wholeMatch(of: regex) != nil) == check(text), "\(text.debugDescription) by \(pattern)")
      }
    }
    try expectAgreement(OrderRules.idPattern, OrderRules.idLength) { OrderRules.check(id: $0) == nil }
    try expectAgreement(OrderRules.printablePattern, OrderRules.userIDLength) { OrderRules.check(userID: $0) == nil }
    try expectAgreement(OrderRules.printablePattern, OrderRules.itemIDLength) { OrderRules.check(itemIDs: [$0]).isEmpty }
    try expectAgreement(AccountRules.namePattern, AccountRules.nameLength) { AccountRules.check(name: $0) == nil }
    try expectAgreement(AccountRules.emailPattern, AccountRules.emailLength) { AccountRules.check(email: $0) == nil }
    // A header's value has no spaces at its ends.
    try expectAgreement(IdempotencyKey.pattern, IdempotencyKey.length) {
      IdempotencyKey.check($0) == nil && !$0.hasPrefix(" ") && !$0.hasSuffix(" ")
    }
    for number in [0, 1, 2, 1 << 40, Int64.max] {
      #expect(OrderCursor(number: number).description.wholeMatch(of: try Regex(OrderCursor.pattern)) != nil)
    }
  }

  @Test("A whole number that a reader might take for its neighbour is refused, and not changed")
  func exactIntegers() async throws {
    try await TestServer(.basicAuth).test { client in
      for (id, code) in [
        ("9007199254740991", 201), ("9007199254740992", 400), ("9007199254740993", 400), ("-9007199254740991", 201),
        ("-9007199254740993", 400), ("1e400", 400), ("7.0", 201), ("7.5", 400),
      ] {
        let seen = try await client.create(#""order_id":\#(id),"user_id":1,"item_ids":[1],"total_amount":1"#)
        #expect(seen.code == code, "\(id): \(seen.text)")
        if code == 201, let whole = Int64(id) { #expect(try seen.json["order_id"] == .number(Double(whole))) }
      }
      // Whatever can be created can be looked at.
      #expect(try await client.send(.get, "/orders/-9007199254740991").json["order_id"] == .number(-9_007_199_254_740_991))
      for id in ["-", "--7", "7-", "-8"] { #expect(try await client.send(.get, "/orders/\(id)").code == 404, "\(id)") }
    }
  }
}
