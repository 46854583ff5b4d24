// Names with fixed ids: the reserved words first, in the order of their token kinds, then names the grammar asks for.

extension NameID {
  /// Texts of the fixed ids, in order.
  static let fixedNames = TokenKind.reservedWords + wellKnownTexts

  private static let wellKnownTexts = [
    "arguments", "async", "await", "eval", "get", "implements", "interface", "let", "of", "package", "private", "protected",
    "public", "set", "static", "target", "yield", "as", "constructor", "prototype", "__proto__", "undefined", "#constructor",
    "anonymous", "length", "name", "meta",
  ]

  @inline(__always)
  private static func wellKnown(_ position: UInt32) -> NameID {
    NameID(index: TokenKind.reservedWordCount + position)
  }

  public static var arguments: NameID { wellKnown(0) }
  public static var async: NameID { wellKnown(1) }
  public static var await: NameID { wellKnown(2) }
  public static var eval: NameID { wellKnown(3) }
  public static var get: NameID { wellKnown(4) }
  public static var implements: NameID { wellKnown(5) }
  public static var interface: NameID { wellKnown(6) }
  public static var `let`: NameID { wellKnown(7) }
  public static var of: NameID { wellKnown(8) }
  public static var package: NameID { wellKnown(9) }
  public static var `private`: NameID { wellKnown(10) }
  public static var protected: NameID { wellKnown(11) }
  public static var `public`: NameID { wellKnown(12) }
  public static var set: NameID { wellKnown(13) }
  public static var `static`: NameID { wellKnown(14) }
  public static var target: NameID { wellKnown(15) }
  public static var yield: NameID { wellKnown(16) }
  public static var `as`: NameID { wellKnown(17) }
  public static var constructor: NameID { wellKnown(18) }
  public static var prototype: NameID { wellKnown(19) }
  public static var proto: NameID { wellKnown(20) }
  public static var undefined: NameID { wellKnown(21) }
  public static var privateConstructor: NameID { wellKnown(22) }
  public static var anonymous: NameID { wellKnown(23) }
  public static var length: NameID { wellKnown(24) }
  public static var name: NameID { wellKnown(25) }
  public static var meta: NameID { wellKnown(26) }
}
