#!/usr/bin/env python3
"""Writes the Unicode tables that Swift's standard library keeps to itself.

    pip install unicodedata2==17.0.1 fonttools==4.61.0 regex==2025.11.3 emoji==2.15.0
    python3 Tools/unicode/generate_tables.py

All numbers are unsigned, written least significant five bits first in the base-64 digits A-Z a-z 0-9 + -, where
a digit of 32 and above says that another follows. Signed differences are doubled, with the sign in the lowest bit.
"""
import os
import unicodedata
import regex
import unicodedata2
from fontTools.unicodedata import Scripts, ScriptExtensions
from regex import _regex

PICTOGRAPHIC = regex.compile(r"\p{Extended_Pictographic}")
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Sources", "ScriptRuntime")
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"
HEADER = "// Written by Tools/unicode/generate_tables.py from Unicode 17.0; change the generator, not this file.\n"


def pack(numbers):
    out = []
    for number in numbers:
        while True:
            digit, number = number & 31, number >> 5
            out.append(DIGITS[digit | 32 if number else digit])
            if not number:
                break
    return "".join(out)


def signed(number):
    return -number * 2 - 1 if number < 0 else number * 2


def literal(text, indentation):
    lines = [text[i:i + 110] for i in range(0, len(text), 110)] or [""]
    pad = " " * indentation
    return '"""\n' + "".join(pad + line + "\n" for line in lines) + pad + '"""'


def pack_set(points):
    """Ranges as (gap since the last end, length - 1)."""
    numbers, position, points = [], 0, sorted(points)
    index = 0
    while index < len(points):
        end = index
        while end + 1 < len(points) and points[end + 1] == points[end] + 1:
            end += 1
        numbers += [points[index] - position, points[end] - points[index]]
        position = points[end] + 1
        index = end + 1
    return pack(numbers)


def scripts():
    def expand(module):
        ranges = list(module.RANGES) + [0x110000]
        for start, end, value in zip(ranges, ranges[1:], module.VALUES):
            for point in range(start, end):
                yield point, value

    script, extensions = {}, {}
    by_script, by_extension = {}, {}
    for point, value in expand(Scripts):
        script[point] = value
        by_script.setdefault(value, set()).add(point)
    for point, value in expand(ScriptExtensions):
        extensions[point] = value
    for point in range(0x110000):
        for value in extensions.get(point) or {script[point]}:
            by_extension.setdefault(value, set()).add(point)
    out = HEADER + "\n/// Ranges of Script and, where they differ, Script_Extensions, under the short and the long name of each script.\n"
    out += "enum ScriptPropertyTables {\n  static let rows: [(short: StaticString, long: StaticString, script: StaticString, extensions: StaticString?)] = [\n"
    aliases = {"Copt": "Qaac", "Zinh": "Qaai"}
    for short, long in sorted(Scripts.NAMES.items()):
        if short in ("Zzzz", "Hrkt"):
            continue
        own, extended = by_script.get(short, set()), by_extension.get(short, set())
        for name in [short] + ([aliases[short]] if short in aliases else []):
            second = "nil" if own == extended else literal(pack_set(extended), 6)
            out += f'    (\n      "{name}", "{long}",\n      {literal(pack_set(own), 6)},\n      {second}\n    ),\n'
    out += "  ]\n}\n"
    write("RegularExpressions/ScriptPropertyTables.swift", out)


def simple_fold(point):
    if point == 0x49:  # the module leaves it to the locale, for the sake of Turkic
        return 0x69
    text = _regex.fold_case(0x22, chr(point))
    return ord(text) if len(text) == 1 else point


def simple_upper(point):
    """The one-unit result of toUppercase, or the point itself."""
    text = chr(point).upper()
    if len(text) != 1:
        return point
    if ord(text) == point:
        # What Python's older database does not know: capitals added since.
        for other in _regex.get_all_cases(0x22, point):
            if unicodedata.category(chr(other)) == "Cn" and simple_fold(other) == point:
                return other
            if unicodedata.category(chr(point)) == "Cn" and other != point and simple_fold(other) == point:
                return other
    return ord(text)


def pack_pairs(pairs):
    numbers, last, last_difference = [], 0, 0
    for source, target in sorted(pairs):
        numbers += [source - last, signed(target - source)]
        last = source
    return pack(numbers)


def casing():
    surrogates = range(0xD800, 0xE000)
    folds = [(c, simple_fold(c)) for c in range(0x20000) if c not in surrogates and simple_fold(c) != c]
    uppers = []
    for point in range(0x10000):
        if point in surrogates:
            continue
        upper = simple_upper(point)
        if upper != point and upper < 0x10000 and not (point >= 128 and upper < 128):
            uppers.append((point, upper))
    out = HEADER + "\n/// The two mappings behind Canonicalize of ECMA-262, as (difference of sources, signed difference to the target).\n"
    out += "enum CaseFoldingTables {\n"
    out += "  /// Simple case folding: the C and S rows of CaseFolding.\n"
    out += f"  static let simpleFolding: StaticString = {literal(pack_pairs(folds), 4)}\n\n"
    out += "  /// Upper case where it is one code unit and does not lead from outside ASCII into it.\n"
    out += f"  static let legacyUppercase: StaticString = {literal(pack_pairs(uppers), 4)}\n}}\n"
    write("RegularExpressions/CaseFoldingTables.swift", out)


def decompositions():
    numbers, last = [], 0
    for point in range(0x110000):
        if 0xAC00 <= point < 0xD7A4 or 0xD800 <= point < 0xE000:
            continue
        mapping = unicodedata2.decomposition(chr(point))
        if not mapping:
            continue
        parts = mapping.split()
        compatibility = parts[0].startswith("<")
        points = [int(part, 16) for part in parts if not part.startswith("<")]
        composes = not compatibility and unicodedata2.normalize("NFC", chr(point)) == chr(point)
        numbers += [point - last, len(points) << 2 | (2 if composes else 0) | (1 if compatibility else 0)]
        last, before = point, point
        for part in points:
            numbers.append(signed(part - before))
            before = part
    out = HEADER + "\n/// Decomposition_Mapping: (difference of code points, length * 4 + composes * 2 + compatibility, signed differences).\n"
    out += f"enum DecompositionTable {{\n  static let mappings: StaticString = {literal(pack(numbers), 4)}\n}}\n"
    write("Unicode/DecompositionTable.swift", out)


def emoji_sequences():
    import emoji
    joined, flags = set(), set()
    for text, data in emoji.EMOJI_DATA.items():
        if data["status"] != 2:  # fully qualified
            continue
        points = [ord(c) for c in text]
        if 0x200D in points:
            joined.add(tuple(points))
        elif len(points) == 2 and all(0x1F1E6 <= p <= 0x1F1FF for p in points):
            flags.add(tuple(points))
    numbers = []
    for points in sorted(joined):
        numbers.append(len(points))
        before = 0x1F468
        for point in points:
            numbers.append(signed(point - before))
            before = point
    out = HEADER + "\n/// Emoji data that no rule can list.\n"
    out += "enum EmojiSequenceTables {\n"
    out += "  /// RGI_Emoji_ZWJ_Sequence: length, then signed differences, the first from U+1F468.\n"
    out += f"  static let joined: StaticString = {literal(pack(numbers), 4)}\n\n"
    out += "  /// RGI_Emoji_Flag_Sequence as pairs of letters.\n"
    pictographic = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000 and PICTOGRAPHIC.match(chr(c))]
    out = out.replace("enum EmojiSequenceTables {\n", "enum EmojiSequenceTables {\n  /// Extended_Pictographic, as (gap, length - 1).\n"
                      f"  static let pictographic: StaticString = {literal(pack_set(pictographic), 4)}\n\n")
    letters = "".join(chr(p - 0x1F1E6 + 65) for pair in sorted(flags) for p in pair)
    out += f"  static let flags: StaticString = {literal(letters, 4)}\n}}\n"
    write("RegularExpressions/EmojiSequenceTables.swift", out)
    print("emoji", len(joined), "joined", len(flags), "flags", emoji.__version__)


def write(path, text):
    path = os.path.join(ROOT, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    print(path, len(text))


scripts()
casing()
decompositions()
emoji_sequences()
