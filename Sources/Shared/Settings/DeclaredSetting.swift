/// All settings of one kind, an enum with a case for each. The raw value is the setting's name; all else about it stands in its declaration.
public protocol DeclaredSetting: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// What is set.
  associatedtype Root

  /// What any variable begins with, as in `LOADGEN_`.
  static var prefix: String { get }
  /// Where nothing is said.
  static var defaults: Root { get }
  var declaration: SettingDeclaration<Root> { get }
}

extension DeclaredSetting {
  /// `--order-timeout`
  public var flag: String { "--\(rawValue)" }

  /// `order-timeout` is `LOADGEN_ORDER_TIMEOUT`.
  public var variable: String { Self.prefix + rawValue.uppercased().map { $0 == "-" ? "_" : String($0) }.joined() }

  public var form: SettingForm {
    let declaration = declaration
    let fallback = declaration.fallback ?? (declaration.kind == .onOff ? nil : declaration.show(Self.defaults))
    return SettingForm(
      name: rawValue, short: declaration.short, heading: declaration.heading, kind: declaration.kind, help: declaration.help,
      fallback: fallback == "" ? nil : fallback)
  }

  /// Those that the help has under a heading.
  public static func forms(under heading: SettingHeading) -> [SettingForm] {
    allCases.map(\.form).filter { $0.heading == heading }
  }
}

/// What a setting is: where it stands in the help, how its text is read and where to, and how its value is told again.
public struct SettingDeclaration<Root> {
  public var heading: SettingHeading
  public var short: Character?
  public var kind: SettingForm.Kind
  public var help: String
  /// In words, where the default is not what `show` says of `defaults`.
  public var fallback: String?
  /// Puts what was said in its place; does nothing where that takes other settings, too.
  public var take: (SaidSetting, inout Root) throws(ConfigurationError) -> Void
  /// The value as it would be read; `nil` where there is none.
  public var show: (Root) -> String?
  /// Whether a report tells it.
  public var isTold: (Root) -> Bool
}

extension SettingDeclaration {
  /// One value, in a field of its own.
  public static func value<Value>(
    _ field: WritableKeyPath<Root, Value>, _ format: SettingFormat<Value>, _ kind: SettingForm.Kind = .one, under heading: SettingHeading,
    short: Character? = nil, default fallback: String? = nil, told isTold: @escaping (Root) -> Bool = { _ in true }, _ help: String
  ) -> Self {
    Self(
      heading: heading, short: short, kind: kind, help: help, fallback: fallback,
      take: { said, root throws(ConfigurationError) in root[keyPath: field] = try said.value(format.read) },
      show: { format.show($0[keyPath: field]) }, isTold: isTold)
  }

  /// One value, in a field that has none where nothing is said.
  public static func value<Value>(
    _ field: WritableKeyPath<Root, Value?>, _ format: SettingFormat<Value>, _ kind: SettingForm.Kind = .one, under heading: SettingHeading,
    short: Character? = nil, default fallback: String? = nil, told isTold: @escaping (Root) -> Bool = { _ in true }, _ help: String
  ) -> Self {
    Self(
      heading: heading, short: short, kind: kind, help: help, fallback: fallback,
      take: { said, root throws(ConfigurationError) in root[keyPath: field] = try said.value(format.read) },
      show: { $0[keyPath: field].map(format.show) }, isTold: isTold)
  }

  /// A switch: `format` says which way it turns its field.
  public static func onOff(
    _ field: WritableKeyPath<Root, Bool>, _ format: SettingFormat<Bool> = .isOn, under heading: SettingHeading, short: Character? = nil,
    told isTold: @escaping (Root) -> Bool = { _ in true }, _ help: String
  ) -> Self {
    value(field, format, .onOff, under: heading, short: short, told: isTold, help)
  }

  /// What takes other settings, too: whoever makes the root reads it.
  public static func together(
    _ kind: SettingForm.Kind = .one, under heading: SettingHeading, short: Character? = nil, default fallback: String? = nil,
    told isTold: @escaping (Root) -> Bool = { _ in true }, shows show: @escaping (Root) -> String? = { _ in nil }, _ help: String
  ) -> Self {
    Self(heading: heading, short: short, kind: kind, help: help, fallback: fallback, take: { _, _ in }, show: show, isTold: isTold)
  }

  /// Several values.
  public static func list<Value>(
    _ field: WritableKeyPath<Root, [Value]>, _ kind: SettingForm.Kind = .list, under heading: SettingHeading, short: Character? = nil,
    reads read: @escaping (String) throws -> Value, shows show: @escaping (Root) -> String? = { _ in nil }, _ help: String
  ) -> Self {
    Self(
      heading: heading, short: short, kind: kind, help: help, fallback: nil,
      take: { said, root throws(ConfigurationError) in root[keyPath: field] = try said.list(read) }, show: show, isTold: { _ in true })
  }
}
