/// All settings of one program: an enum with a case for each. The raw value is the setting's name; everything else about it is in its
/// declaration.
public protocol DeclaredSetting: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The type whose fields are set.
  associatedtype Root

  /// What every variable's name begins with, as in `LOADGEN_`.
  static var prefix: String { get }
  /// The values that hold where nothing is said.
  static var defaults: Root { get }
  var declaration: SettingDeclaration<Root> { get }
  /// Whether a value of an earlier layer stays beside those of a later one; otherwise these replace it.
  func stays(_ earlier: String, beside later: [String]) -> Bool
}

extension DeclaredSetting {
  public func stays(_ earlier: String, beside later: [String]) -> Bool { false }

  /// As in `--order-timeout`.
  public var flag: String { "--\(rawValue)" }

  /// The environment variable's name: that of `order-timeout` is `LOADGEN_ORDER_TIMEOUT`.
  public var variable: String { Self.prefix + rawValue.uppercased().map { $0 == "-" ? "_" : String($0) }.joined() }

  /// How the setting is spelled and explained. Its default is the declaration's `fallback`, else what is shown of `defaults`; a switch's
  /// default is not shown, and neither is an empty one.
  public var form: SettingForm {
    let declaration = declaration
    let fallback = declaration.fallback ?? (declaration.kind == .onOff ? nil : declaration.show(Self.defaults))
    return SettingForm(
      name: rawValue, short: declaration.short, heading: declaration.heading, kind: declaration.kind, help: declaration.help,
      fallback: fallback == "" ? nil : fallback)
  }

  /// The settings that the help shows under this heading, in the order of their declaration.
  public static func forms(under heading: SettingHeading) -> [SettingForm] {
    allCases.map(\.form).filter { $0.heading == heading }
  }
}

/// What a setting is: where it appears in the help, how its text is read and stored, and how its value is shown again.
public struct SettingDeclaration<Root> {
  public var heading: SettingHeading
  public var short: Character?
  public var kind: SettingForm.Kind
  /// What the setting does, as a sentence without its full stop.
  public var help: String
  /// The default in words, where it is not what `show` gives for `defaults`.
  public var fallback: String?
  /// Reads what was said and stores it; does nothing for a setting that can only be read together with others.
  public var take: (SaidSetting, inout Root) throws(ConfigurationError) -> Void
  /// The value in the form in which it could be read again; `nil` where there is none.
  public var show: (Root) -> String?
  /// Whether a report mentions the setting.
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

  /// One value, in an optional field that is `nil` where nothing is said.
  public static func value<Value>(
    _ field: WritableKeyPath<Root, Value?>, _ format: SettingFormat<Value>, _ kind: SettingForm.Kind = .one, under heading: SettingHeading,
    short: Character? = nil, default fallback: String? = nil, told isTold: @escaping (Root) -> Bool = { _ in true }, _ help: String
  ) -> Self {
    Self(
      heading: heading, short: short, kind: kind, help: help, fallback: fallback,
      take: { said, root throws(ConfigurationError) in root[keyPath: field] = try said.value(format.read) },
      show: { $0[keyPath: field].map(format.show) }, isTold: isTold)
  }

  /// A switch: `format` decides whether saying it makes the field true or false.
  public static func onOff(
    _ field: WritableKeyPath<Root, Bool>, _ format: SettingFormat<Bool> = .isOn, under heading: SettingHeading, short: Character? = nil,
    told isTold: @escaping (Root) -> Bool = { _ in true }, _ help: String
  ) -> Self {
    value(field, format, .onOff, under: heading, short: short, told: isTold, help)
  }

  /// A setting that can only be read together with others: whoever makes the root reads it.
  public static func together(
    _ kind: SettingForm.Kind = .one, under heading: SettingHeading, short: Character? = nil, default fallback: String? = nil,
    told isTold: @escaping (Root) -> Bool = { _ in true }, shows show: @escaping (Root) -> String? = { _ in nil }, _ help: String
  ) -> Self {
    Self(heading: heading, short: short, kind: kind, help: help, fallback: fallback, take: { _, _ in }, show: show, isTold: isTold)
  }

  /// Several values, in a field of its own.
  public static func list<Value>(
    _ field: WritableKeyPath<Root, [Value]>, _ kind: SettingForm.Kind = .list, under heading: SettingHeading, short: Character? = nil,
    reads read: @escaping (String) throws -> Value, shows show: @escaping (Root) -> String? = { _ in nil }, _ help: String
  ) -> Self {
    Self(
      heading: heading, short: short, kind: kind, help: help, fallback: nil,
      take: { said, root throws(ConfigurationError) in root[keyPath: field] = try said.list(read) }, show: show, isTold: { _ in true })
  }
}
