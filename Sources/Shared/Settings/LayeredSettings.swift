/// What was said of each setting, from all sources. A later layer replaces what an earlier one said, but for what `stays` beside it.
public struct LayeredSettings<Setting: DeclaredSetting>: Sendable {
  private var said: [Setting: SaidSetting] = [:]

  public init() {}

  /// Replaces what was said of the setting before.
  /// - Parameters:
  ///   - origin: where it was said, as an error names it.
  ///   - written: of a path relative to a file's folder: how it is written there.
  public mutating func set(_ setting: Setting, _ texts: [String], from origin: String, written: String? = nil) {
    let kept = said[setting].map { earlier in earlier.texts.filter { setting.stays($0, beside: texts) } } ?? []
    let origins = [kept.isEmpty ? nil : said[setting]?.origin, origin].compactMap(\.self)
    said[setting] = SaidSetting(kept + texts, from: origins.joined(separator: " and "), written: written)
  }

  public subscript(setting: Setting) -> SaidSetting? { said[setting] }

  /// What was said, for every setting of which something was, in the order of the cases.
  public var all: [SaidSetting] { Setting.allCases.compactMap { said[$0] } }

  /// Where the setting was said, or else the flag that would set it, for an error's text.
  public func origin(_ setting: Setting) -> String { said[setting]?.origin ?? setting.flag }

  /// Adds every variable that is set. A setting that takes several values has one on each line.
  /// - Parameters:
  ///   - taken: the settings whose variables are read at all.
  ///   - ignoringEmpty: whether an empty variable counts as not set.
  public mutating func add(
    environment: [String: String], taken: [Setting] = Array(Setting.allCases), ignoringEmpty: Bool = true
  ) {
    for setting in taken {
      guard let text = environment[setting.variable], !(ignoringEmpty && text.isEmpty) else { continue }
      let texts = setting.declaration.kind.isList ? text.textLines.filter { !$0.isEmpty } : [text.singleLine]
      if !texts.isEmpty { set(setting, texts, from: setting.variable) }
    }
  }

  /// Adds what was said by flags, by their names without the dashes. Names that are no setting of this kind are ignored.
  public mutating func add(flags: [String: [String]]) {
    for (name, texts) in flags {
      if let setting = Setting(rawValue: name) { set(setting, texts, from: setting.flag) }
    }
  }

  /// Stores every value that needs no other setting to be read.
  /// - Throws: `ConfigurationError` that says where a wrong value came from.
  public func take(into root: inout Setting.Root) throws(ConfigurationError) {
    for setting in Setting.allCases {
      if let said = said[setting] { try setting.declaration.take(said, &root) }
    }
  }

  /// The value of a setting; `nil` where nothing was said.
  /// - Throws: `ConfigurationError` that says where a wrong value came from.
  public func value<Value>(_ setting: Setting, _ read: (String) throws -> Value) throws(ConfigurationError) -> Value? {
    try said[setting]?.value(read)
  }

  public func value<Value>(_ setting: Setting, _ format: SettingFormat<Value>) throws(ConfigurationError) -> Value? {
    try said[setting]?.value(format.read)
  }

  /// Every value of a setting; empty where nothing was said.
  public func list<Value>(_ setting: Setting, _ read: (String) throws -> Value) throws(ConfigurationError) -> [Value] {
    try said[setting]?.list(read) ?? []
  }

  /// Whether a switch is on; off where nothing was said.
  public func isOn(_ setting: Setting) throws(ConfigurationError) -> Bool { try value(setting, .isOn) ?? false }
}
