/// What stands in a JSON document where something else was expected, in words.
enum JSONKind: String, Decodable, CustomStringConvertible {
  case null
  case boolean = "a boolean"
  case string = "a string"
  case number = "a number"
  case list = "a list"
  case object = "an object"

  init(from decoder: any Decoder) throws {
    if (try? decoder.container(keyedBy: AnyKey.self)) != nil {
      self = .object
    } else if (try? decoder.unkeyedContainer()) != nil {
      self = .list
    } else {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .null
      } else if (try? value.decode(Bool.self)) != nil {
        self = .boolean
      } else if (try? value.decode(String.self)) != nil {
        self = .string
      } else {
        self = .number
      }
    }
  }

  var description: String { rawValue }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
