import Shared

/// What a JSON document has where, as far as a schema or a sample tells: fields by their places, and what the lists in it hold.
struct AnswerShape: Sendable {
  /// The most fields that are kept, and the deepest place of one.
  static let mostFields = 400
  static let mostDepth = 5
  /// The most words that are kept of a field.
  static let mostWords = 40

  struct Kinds: OptionSet, Sendable {
    let rawValue: Int
    static let text = Kinds(rawValue: 1)
    static let number = Kinds(rawValue: 2)
    static let object = Kinds(rawValue: 4)
    static let list = Kinds(rawValue: 8)
    static let flag = Kinds(rawValue: 16)
    static let null = Kinds(rawValue: 32)

    var isScalar: Bool { isEmpty || !isDisjoint(with: [.text, .number]) }
  }

  struct Field: Sendable {
    /// From the outermost key inwards; empty for the document itself.
    var keys: [String]
    var kinds: Kinds
    /// Every value that a schema allows, where it says that.
    var words: [String] = []
    /// A text that a sample has there.
    var sample: String?
    /// The words by which a schema describes it.
    var said = NameWords("")
    /// Whether a schema says that it may be missing.
    var isOptional = false

    var path: FieldPath { FieldPath(keys.joined(separator: ".")) }
    /// The words of its own key.
    var name: NameWords { NameWords(keys.last ?? "") }
    /// The words of all its keys.
    var wholeName: NameWords { keys.reduce(NameWords("")) { $0 + NameWords($1) } }
  }

  private(set) var fields: [Field] = []
  /// What the elements of its lists look like, by the list's place.
  private(set) var lists: [(keys: [String], element: AnswerShape)] = []
  private var known: Set<ByteText> = []

  /// The field at a place.
  subscript(_ path: FieldPath) -> Field? { fields.first { $0.path.description.hasSameBytes(as: path.description) } }

  /// Adds a field, or to what is known of it.
  private mutating func add(_ field: Field) {
    let key = ByteText(field.keys.joined(separator: "."))
    if known.contains(key) {
      guard let index = fields.firstIndex(where: { $0.keys.count == field.keys.count && ByteText($0.keys.joined(separator: ".")) == key })
      else { return }
      fields[index].kinds.formUnion(field.kinds)
      fields[index].sample = fields[index].sample ?? field.sample
      if fields[index].words.isEmpty { fields[index].words = field.words }
      return
    }
    guard fields.count < Self.mostFields else { return }
    known.insert(key)
    fields.append(field)
  }

  /// Whether a key can be written in a dialect file as a part of a place.
  static func isUsable(_ key: String) -> Bool {
    let bytes = key.utf8
    guard !bytes.isEmpty, bytes.count <= 100, bytes.first != UInt8(ascii: "."), bytes.last != UInt8(ascii: "."),
      bytes.first != UInt8(ascii: "{"), bytes.firstRange(of: "..".utf8) == nil
    else { return false }
    return key.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F || $0.value >= 0xA0 && $0.properties.isAlphabetic }
  }

  // MARK: Of a sample

  mutating func add(sample: JSONTree, at keys: [String] = []) {
    guard keys.count <= Self.mostDepth else { return }
    switch sample {
    case .object(let members):
      add(Field(keys: keys, kinds: .object))
      for member in members.prefix(Self.mostFields) where Self.isUsable(member.key) { add(sample: member.value, at: keys + [member.key]) }
    case .array(let elements):
      add(Field(keys: keys, kinds: .list))
      guard let first = elements.first, lists.count < 20 else { return }
      var element = AnswerShape()
      element.add(sample: first, at: [])
      merge(element, at: keys)
    case .string(let text): add(Field(keys: keys, kinds: .text, sample: text.utf8.count <= 100 ? text : nil))
    case .number(let text): add(Field(keys: keys, kinds: .number, sample: text.utf8.count <= 100 ? text : nil))
    case .bool: add(Field(keys: keys, kinds: .flag))
    case .null: add(Field(keys: keys, kinds: .null))
    }
  }

  // MARK: Of a schema

  mutating func add(schema: JSONTree?, in description: OpenAPIDescription) {
    add(SchemaView(schema, in: description), at: [], isOptional: false)
  }

  private mutating func add(_ view: SchemaView, at keys: [String], isOptional: Bool) {
    guard keys.count <= Self.mostDepth, fields.count < Self.mostFields else { return }
    var field = Field(keys: keys, kinds: view.kinds, isOptional: isOptional)
    field.words = view.words
    field.sample = view.sampleText
    field.said = NameWords(view["description"]?.text ?? "")
    add(field)
    for (key, value) in view.properties where Self.isUsable(key) {
      add(value, at: keys + [key], isOptional: isOptional && value.kinds == .object || !view.required.contains(ByteText(key)))
    }
    guard let items = view.items, lists.count < 20, view.depth < SchemaView.mostDepth else { return }
    var element = AnswerShape()
    element.add(items, at: [], isOptional: false)
    merge(element, at: keys)
  }

  private mutating func merge(_ element: AnswerShape, at keys: [String]) {
    let place = ByteText(keys.joined(separator: "."))
    if let index = lists.firstIndex(where: { ByteText($0.keys.joined(separator: ".")) == place }) {
      for field in element.fields { lists[index].element.add(field) }
    } else {
      lists.append((keys, element))
    }
  }
}
