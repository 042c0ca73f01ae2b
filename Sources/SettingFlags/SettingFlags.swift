public import ArgumentParser
public import Shared

/// Names the settings that a group of flags consists of.
public protocol FlagGroup {
  /// Read hundreds of times while a command line is parsed: must be a stored property.
  static var flags: DeclaredFlags { get }
}

/// Settings, prepared as flags of ArgumentParser.
public struct DeclaredFlags: Sendable {
  fileprivate let forms: [SettingForm]
  /// The property wrappers through which ArgumentParser learns of them, labelled with the settings' names.
  fileprivate let properties: [(label: String?, value: any Sendable)]

  public init(_ forms: [SettingForm]) {
    self.forms = forms
    properties = forms.map { ($0.name, Self.property($0)) }
  }

  private static func property(_ form: SettingForm) -> any Sendable {
    let names = NameSpecification((form.short.map { [.customShort($0)] } ?? []) + [.customLong(form.name)])
    let help = ArgumentHelp(form.sentence, valueName: form.kind == .path ? "file" : nil)
    return switch form.kind {
    case .onOff: Flag(wrappedValue: false, name: names, help: help)
    case .list, .pairs: Option<[String]>(wrappedValue: [], name: names, help: help)
    case .one, .joined, .path: Option<String?>(name: names, help: help)
    }
  }
}

/// The flags of declared settings, to be included in a command by `@OptionGroup`. What was said by them stays text: it is read in the same
/// place as variables and files.
///
/// ArgumentParser finds a group's flags by reflection, and fills it by decoding. This group's mirror shows a property for each of its
/// settings, as if they were declared in code.
public struct SettingFlags<Group: FlagGroup>: ParsableArguments, CustomReflectable {
  /// By the settings' names; a switch has `true`. Flags that were not given are absent.
  public private(set) var said: [String: [String]] = [:]

  public init() {}

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    for form in Group.flags.forms {
      let name = Name(stringValue: form.name)
      switch form.kind {
      case .onOff: if try container.decode(Flag<Bool>.self, forKey: name).wrappedValue { said[form.name] = ["true"] }
      case .list, .pairs:
        let texts = try container.decode(Option<[String]>.self, forKey: name).wrappedValue
        if !texts.isEmpty { said[form.name] = texts }
      case .one, .joined, .path: said[form.name] = try container.decode(Option<String?>.self, forKey: name).wrappedValue.map { [$0] }
      }
    }
  }

  public var customMirror: Mirror {
    Mirror(self, children: Group.flags.properties.map { ($0.label, $0.value) }, displayStyle: .struct)
  }

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
