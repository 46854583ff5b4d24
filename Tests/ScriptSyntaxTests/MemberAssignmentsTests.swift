import ScriptSyntax
import Testing

@Suite struct MemberAssignmentsTests {
  private func found(_ text: String) -> [String] {
    SourceText(name: "test.js", text: text).memberAssignments().assignments.map { "\($0.object).\($0.member)@\($0.range.start)" }
  }

  @Test(arguments: [
    ("ctx.a = 1", ["ctx.a@4"]), ("ctx . a=1; b.c = d.e = 2", ["ctx.a@6", "b.c@13", "d.e@19"]), ("a.b.c = 1", []),
    ("a.b == 1; a.b => 1; a.b === 1; a.b += 1", []), ("a().b = 1", []), ("// x.a = 1\n/* x.b = 1 */ x.c = 1", ["x.c@27"]),
    ("'x.a = 1'; \"x.b = 1\"; `x.c = 1`; x.d = 1", ["x.d@35"]), ("'it\\'s x.a = 1'", []), ("'open\nx.a = 1", ["x.a@8"]),
    ("x.", []),
    ("x.é = 1", ["x.é@2"]), ("", []),
  ])
  func assignmentsToMembersOfNames(text: String, expected: [String]) {
    #expect(found(text) == expected)
  }

  @Test func contextsAreWhatGetContextIsAssignedTo() {
    let text = """
      const a = canvas.getContext('2d'), b = document.createElement("canvas").getContext("2d", { alpha: false });
      let c = 1; canvas.getContext('2d'); d = canvas.getContext('webgl');
      """
    #expect(SourceText(name: "test.js", text: text).memberAssignments().contexts == ["a", "b"])
  }
}
