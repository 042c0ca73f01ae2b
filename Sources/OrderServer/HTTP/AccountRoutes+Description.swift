import HTTPTypes
import Shared

/// The paths of accounts in the API's description.
extension AccountRoutes {
  var registerOperation: Operation {
    Operation(
      id: "register", topic: .accounts, summary: "Make an account",
      body: Operation.Content(
        schema: .named(
          "Registration",
          .fields([
            "name": Schema.string(AccountRules.nameLength, pattern: AccountRules.namePattern)
              .about("Without control characters, and not blank."),
            "email": Schema.string(AccountRules.emailLength, pattern: AccountRules.emailPattern)
              .about("NAME@DOMAIN in visible ASCII. Two that differ in case alone are the same."),
            "password": .string(AccountRules.passwordLength),
          ])),
        example: ["name": "Ann", "email": "ann@example.org", "password": "correct horse"]),
      outcomes: [
        Operation.Outcome(
          status: .created, detail: "It is made.",
          contents: [
            Operation.Content(
              schema: .named(
                "Account",
                .answer([
                  "id": .integer(from: 1), "name": .string(AccountRules.nameLength, pattern: AccountRules.namePattern),
                  "email": .string(AccountRules.emailLength, pattern: AccountRules.emailPattern),
                ])),
              example: ["id": .integer(1), "name": "Ann", "email": "ann@example.org"])
          ],
          links: [
            Operation.Link(
              operation: "login", detail: "The account's first tokens.",
              body: ["email": .answer("email"), "password": .request("password")])
          ])
      ],
      errors: APIError.ofBodies(upTo: maxBodySize) + [
        .invalid(AccountRules.check(name: "", email: "ann", password: "horse")), .emailTaken, APIError.overLimit, Self.busy,
      ]
        + APIError.ofStores)
  }

  var loginOperation: Operation {
    Operation(
      id: "login", topic: .accounts, summary: "Get tokens",
      body: Operation.Content(
        schema: .named("Login", .fields(["email": Self.text, "password": Self.text])),
        example: ["email": "ann@example.org", "password": "correct horse"]),
      outcomes: [
        Operation.Outcome(
          detail: "A pair of tokens.", contents: [Self.tokens], headers: [Self.notToBeStored],
          links: [
            Operation.Link(
              operation: "refresh", detail: "The next pair, also when the access token has expired.",
              body: ["refresh_token": .answer("refresh_token")])
          ])
      ],
      errors: APIError.ofBodies(upTo: maxBodySize) + [Self.missing("email", "password"), .wrongLogin, APIError.overLimit, Self.busy]
        + APIError.ofStores)
  }

  var refreshOperation: Operation {
    Operation(
      id: "refresh", topic: .accounts, summary: "Renew tokens",
      detail: "The refresh token is used up. One that is used a second time ends all that followed from its login.",
      body: Operation.Content(
        schema: .named("Refresh", .fields(["refresh_token": Self.text])), example: ["refresh_token": .string(Self.sampleRefreshToken)]),
      outcomes: [
        Operation.Outcome(
          detail: "The next pair.", contents: [Self.tokens], headers: [Self.notToBeStored],
          links: [
            Operation.Link(operation: "refresh", detail: "The pair after it.", body: ["refresh_token": .answer("refresh_token")])
          ])
      ],
      errors: APIError.ofBodies(upTo: maxBodySize) + [Self.missing("refresh_token"), .unauthenticated(.bearer)] + APIError.ofStores)
  }

  private static let text = Schema.plain(["type": "string"])

  private static let tokens = Operation.Content(
    schema: .named(
      "Tokens",
      .answer([
        "access_token": Schema.string(pattern: #"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$"#)
          .about("A JWT that goes with every request about orders, as Authorization: Bearer TOKEN."),
        "token_type": .constant("bearer"),
        "refresh_token": Schema.string(pattern: "^[A-Za-z0-9_-]+$").about("Buys the next pair, once."),
      ])),
    example: [
      "access_token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "token_type": "bearer",
      "refresh_token": .string(sampleRefreshToken),
    ])

  /// A token that no server has ever issued.
  private static let sampleRefreshToken = "bm8tc2VydmVyLWhhcy1naXZlbi10aGlzLXRva2Vu"

  private static let notToBeStored = Operation.Header(
    name: .cacheControl, schema: .constant("no-store"), detail: "Tokens are not to be kept on the way.")

  private static let busy = APIError.busy(retryAfter: .seconds(1))

  private static func missing(_ fields: String...) -> APIError {
    .invalid(fields.map { Violation(field: $0, found: "nothing", expected: "a string", rule: .presence) })
  }
}
