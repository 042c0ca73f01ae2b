import HTTPTypes
import Hummingbird
import Shared

/// An answer, as a profile spells it.
struct Answer: Sendable, Equatable {
  var status: HTTPResponse.Status
  var json: JSON
  var type = "application/json"
  var headers: HTTPFields = [:]

  init(_ status: HTTPResponse.Status, _ json: JSON, type: String = "application/json", headers: HTTPFields = [:]) {
    self.status = status
    self.json = json
    self.type = type
    self.headers = headers
  }
}

extension Response {
  init(_ answer: Answer) {
    self.init(answer.status, answer.json, type: answer.type, headers: answer.headers)
  }
}
