/// What was said of each setting. Later layers win.
public struct LayeredSettings<Setting: DeclaredSetting>: Sendable {
  private var said: [Setting: SaidSetting] = [:]

  public init() {}

  public mutating func set(_ setting: Setting, _ texts: [String], from origin: String, written: String? = nil) {
    said[setting] = SaidSetting(texts, from: origin, written: written)
  }

  public subscript(setting: Setting) -> SaidSetting? { said[setting] }

  /// Every one of which something was said.
  public var all: [SaidSetting] { Setting.allCases.compactMap { said[$0] } }

  /// Where the setting came from, or the flag that would set it.
  public func origin(_ setting: Setting) -> String { said[setting]?.origin ?? setting.flag }

  /// Takes up every variable that is set. One of several values has one on each line.
  /// - Parameters:
  ///   - taken: those that are taken up at all.
  ///   - ignoringEmpty: whether one without a text is as good as not set.
  public mutating func add(
    environment: [String: String], taken: [Setting] = Array(Setting.allCases), ignoringEmpty: Bool = true
  ) {
    for setting in taken {
      guard let text = environment[setting.variable], !(ignoringEmpty && text.isEmpty) else { continue }
      let texts = setting.declaration.kind.isList ? text.textLines.filter { !$0.isEmpty } : [text.singleLine]
      if !texts.isEmpty { set(setting, texts, from: setting.variable) }
    }
  }

  /// Adds what was said by flags, under their names without the dashes.
  public mutating func add(flags: [String: [String]]) {
    for (name, texts) in flags {
      if let setting = Setting(rawValue: name) { set(setting, texts, from: setting.flag) }
    }
  }

  /// Puts everything in its place that needs no other setting.
  /// - Throws: `ConfigurationError` that names where a wrong value came from.
  public func take(into root: inout Setting.Root) throws(ConfigurationError) {
    for setting in Setting.allCases {
      if let said = said[setting] { try setting.declaration.take(said, &root) }
    }
  }

  /// The one value of a setting, read; `nil` where nothing was said.
  /// - Throws: `ConfigurationError` that names where it came from.
  public func value<Value>(_ setting: Setting, _ read: (String) throws -> Value) throws(ConfigurationError) -> Value? {
    try said[setting]?.value(read)
  }

  public func value<Value>(_ setting: Setting, _ format: SettingFormat<Value>) throws(ConfigurationError) -> Value? {
    try said[setting]?.value(format.read)
  }

  /// Every value of a setting, read.
  public func list<Value>(_ setting: Setting, _ read: (String) throws -> Value) throws(ConfigurationError) -> [Value] {
    try said[setting]?.list(read) ?? []
  }

  public func isOn(_ setting: Setting) throws(ConfigurationError) -> Bool { try value(setting, .isOn) ?? false }
}
