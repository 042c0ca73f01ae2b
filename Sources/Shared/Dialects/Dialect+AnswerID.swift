extension Dialect.Create {
  /// Where an answer about an order most likely names it: where the answer to its create has the id, or under the key with which its create
  /// sends it. `nil` where the id stands alone nowhere.
  public var answerIDField: FieldPath? {
    guard id.cut == nil, id.letterCase == nil else { return nil }
    switch id.place {
    case .body(let field): return field.description.isEmpty ? nil : field
    case .header, .untold: return nil
    case .own: return request.body?.key(of: .id).map { FieldPath($0) }
    }
  }
}

extension Template {
  /// The key in a JSON document whose value begins with the slot, as `order_id` in `{"order_id":"{id}"}`; `nil` if there is none.
  fileprivate func key(of slot: Slot) -> String? {
    guard let place = parts.firstIndex(of: .slot(slot)), place > 0, case .literal(let text) = parts[place - 1] else { return nil }
    let (quote, colon) = (UInt8(ascii: "\""), UInt8(ascii: ":"))
    var rest = text.utf8[...]
    func skipBlanks() { while let last = rest.last, [0x20, 0x09, 0x0A, 0x0D].contains(last) { rest.removeLast() } }
    if rest.last == quote { rest.removeLast() }
    skipBlanks()
    guard rest.popLast() == colon else { return nil }
    skipBlanks()
    guard rest.popLast() == quote, let begin = rest.lastIndex(of: quote) else { return nil }
    let key = rest[rest.index(after: begin)...]
    return key.isEmpty ? nil : String(decoding: key, as: UTF8.self)
  }
}
