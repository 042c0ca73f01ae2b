import HTTPTypes
import Hummingbird
import Shared

/// Registering, logging in, and renewing tokens. Only profiles with accounts have these paths.
struct AccountRoutes: Sendable {
  let accounts: AccountService
  let maxBodySize: ByteCount

  func add(to routes: inout Routes) {
    routes.post("/auth/register", registerOperation) { request, context in try await register(request, context) }
    routes.post("/auth/login", loginOperation) { request, context in try await login(request, context) }
    routes.post("/auth/refresh", refreshOperation) { request, context in try await refresh(request, context) }
  }

  private func register(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
    let (name, email, password) = try BodyFields.read(
      try await context.wholeBody(of: request, upTo: maxBodySize), expected: "an object with name, email and password"
    ) { fields in
      let name = fields.string("name")
      let email = fields.string("email")
      let password = fields.string("password")
      guard let name, let email, let password else { return nil as (String, String, String)? }
      return (name, email, password)
    }
    let account = try await accounts.register(name: name, email: email, password: password, caller: context.caller)
    return Response(.created, ["id": .integer(account.id), "name": .string(account.name), "email": .string(account.email)])
  }

  private func login(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
    let (email, password) = try BodyFields.read(
      try await context.wholeBody(of: request, upTo: maxBodySize), expected: "an object with email and password"
    ) { fields in
      let email = fields.string("email")
      let password = fields.string("password")
      guard let email, let password else { return nil as (String, String)? }
      return (email, password)
    }
    return tokens(try await accounts.login(email: email, password: password, caller: context.caller))
  }

  private func refresh(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
    let token = try BodyFields.read(try await context.wholeBody(of: request, upTo: maxBodySize), expected: "an object with refresh_token") {
      $0.string("refresh_token")
    }
    return tokens(try await accounts.refresh(token))
  }

  private func tokens(_ pair: TokenPair) -> Response {
    Response(
      .ok,
      ["access_token": .string(pair.accessToken), "token_type": "bearer", "refresh_token": .string(pair.refreshToken)],
      headers: [.cacheControl: "no-store"])
  }
}
