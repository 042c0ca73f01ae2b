@testable import LoadRun

/// Descriptions as frameworks and people write them.
enum Descriptions {
  /// As FastAPI writes it of pydantic models.
  static let teaShop = #"""
    {"openapi": "3.1.0", "info": {"title": "Tea shop", "version": "0.1.0"}, "paths": {
      "/api/v1/orders": {
        "get": {"summary": "List Orders", "operationId": "list_orders_api_v1_orders_get", "parameters": [
          {"name": "skip", "in": "query", "required": false, "schema": {"type": "integer", "default": 0, "title": "Skip"}},
          {"name": "limit", "in": "query", "required": false, "schema": {"type": "integer", "maximum": 50, "default": 50}}],
          "responses": {"200": {"content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}}}}}}},
        "post": {"summary": "Create Order", "operationId": "create_order_api_v1_orders_post",
          "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewOrder"}}}, "required": true},
          "responses": {"201": {"description": "Successful Response", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}},
            "422": {"description": "Validation Error"}}}},
      "/api/v1/orders/{order_id}": {
        "get": {"operationId": "get_order", "parameters": [{"name": "order_id", "in": "path", "required": true, "schema": {"type": "integer"}}],
          "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}}},
        "delete": {"operationId": "cancel_order", "parameters": [{"name": "order_id", "in": "path", "required": true, "schema": {"type": "integer"}}],
          "responses": {"204": {"description": "Successful Response"}, "409": {"description": "Too late"}}}},
      "/api/v1/metrics": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Stats"}}}}}}},
      "/api/v1/items": {"post": {"operationId": "create_item", "responses": {"201": {}}}},
      "/health": {"get": {"responses": {"200": {}}}}},
     "components": {"schemas": {
      "Status": {"type": "string", "enum": ["QUEUED", "IN_PROGRESS", "DONE", "CANCELED", "ERROR", "ON_HOLD"], "title": "Status"},
      "Item": {"type": "object", "required": ["sku", "quantity", "unit_price"], "properties": {
        "sku": {"type": "string", "minLength": 3, "maxLength": 12}, "quantity": {"type": "integer", "exclusiveMinimum": 0},
        "unit_price": {"type": "number", "minimum": 0.01}}},
      "NewOrder": {"type": "object", "required": ["customer_id", "items", "due", "channel"], "properties": {
        "customer_id": {"type": "string", "format": "uuid"}, "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
        "note": {"anyOf": [{"type": "string"}, {"type": "null"}]}, "due": {"type": "string", "format": "date-time"},
        "channel": {"type": "string", "enum": ["web", "shop"]}}},
      "Order": {"type": "object", "required": ["id", "status"], "properties": {
        "id": {"type": "integer"}, "status": {"$ref": "#/components/schemas/Status"}, "customer_id": {"type": "string"}}},
      "Stats": {"type": "object", "required": ["total", "queued", "in_progress", "done", "avg_processing_time_ms"], "properties": {
        "total": {"type": "integer"}, "queued": {"type": "integer"}, "in_progress": {"type": "integer"}, "done": {"type": "integer"},
        "avg_processing_time_ms": {"anyOf": [{"type": "number"}, {"type": "null"}]}}}}}}
    """#

  /// As FastAPI writes it of OAuth 2 by a form, with accounts that are made by JSON.
  static let withLogin = #"""
    {"openapi": "3.1.0", "info": {"title": "B"}, "paths": {
      "/register": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object",
        "required": ["email", "password", "full_name"], "properties": {"email": {"type": "string", "format": "email"},
        "password": {"type": "string", "minLength": 8}, "full_name": {"type": "string"}}}}}}, "responses": {"200": {}}}},
      "/token": {"post": {"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {
        "$ref": "#/components/schemas/Body_login_token_post"}}}}, "responses": {"200": {"content": {"application/json": {"schema": {"type": "object",
        "properties": {"access_token": {"type": "string"}, "token_type": {"type": "string"}, "expires_in": {"type": "integer"}}}}}}}}},
      "/orders/": {"post": {"security": [{"OAuth2PasswordBearer": []}], "requestBody": {"content": {"application/json": {"schema": {"type": "object",
        "required": ["item"], "properties": {"item": {"type": "string", "examples": ["green tea"]}}}}}},
        "responses": {"202": {"headers": {"Location": {"schema": {"type": "string"}}}}}}},
      "/orders/{order_id}/status": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"type": "object",
        "properties": {"state": {"const": "x"}, "data": {"type": "object", "properties": {"order_status": {"enum": ["Waiting", "Cooking", "Served"]}}}}}}}}}}}},
     "components": {"schemas": {"Body_login_token_post": {"type": "object", "required": ["username", "password"], "properties": {
        "grant_type": {"anyOf": [{"type": "string", "pattern": "^password$"}, {"type": "null"}]}, "username": {"type": "string"},
        "password": {"type": "string", "format": "password"}, "scope": {"type": "string", "default": ""}}}},
      "securitySchemes": {"OAuth2PasswordBearer": {"type": "oauth2", "flows": {"password": {"scopes": {}, "tokenUrl": "token"}}}}}}
    """#

  /// Written by hand, in 3.0: references to answers and bodies, composed schemas, a server with a path, an id that the client chooses.
  static let byHand = #"""
    {"openapi": "3.0.3", "info": {"title": "Purchases"}, "servers": [{"url": "https://shop.example/v2/"}], "security": [{"key": []}], "paths": {
      "/purchases": {"post": {"operationId": "placePurchase", "requestBody": {"$ref": "#/components/requestBodies/New"},
        "responses": {"201": {"$ref": "#/components/responses/One"}, "409": {"description": "There is one"}}}},
      "/purchases/{purchaseId}": {"get": {"operationId": "showPurchase", "responses": {"200": {"$ref": "#/components/responses/One"}}}}},
     "components": {
      "requestBodies": {"New": {"content": {"application/vnd.shop+json; charset=utf-8": {"schema": {"allOf": [{"$ref": "#/components/schemas/Base"},
        {"type": "object", "required": ["amount"], "properties": {"amount": {"type": "number", "minimum": 0, "maximum": 5, "exclusiveMinimum": true}}}]}}}}},
      "responses": {"One": {"description": "It", "content": {"application/json": {"schema": {"type": "object", "properties": {
        "data": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": {"state": {"type": "string"}}}]}}}}}}},
      "schemas": {"Base": {"type": "object", "required": ["purchaseId"], "properties": {"purchaseId": {"type": "integer"}}}},
      "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}}}}
    """#

  static let all = [teaShop, withLogin, byHand]

  /// What a target says that has this description.
  static func evidence(_ text: String, base: String = "") throws -> TargetEvidence {
    var evidence = TargetEvidence()
    evidence.description = try OpenAPIDescription(try JSONTree(Array(text.utf8)), base: base)
    evidence.descriptionPath = "\(base)/openapi.json"
    return evidence
  }
}
