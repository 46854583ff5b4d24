import Drawing
import Geometry
import Testing

@testable import SVGFilters

/// The graph of the first filter in a file, on a canvas of 200 × 100.
private func graph(_ filter: String) throws -> FilterGraph {
  let text = "<svg xmlns=\"http://www.w3.org/2000/svg\">\(filter)</svg>"
  let root = try #require(XMLDocument.parse(Array(text.utf8)))
  let context = FilterContext(
    box: Rect(x: 0, y: 0, width: 200, height: 100), fillColor: .white, strokeColor: .black, loadImage: { _ in nil })
  let element = try #require(root.element(withID: "f"))
  return try #require(FilterBuilder.build(element, context))
}

@Suite struct FilterBuilderTests {
  @Test func regionIsATenthLargerThanTheCanvasUnlessItIsGiven() throws {
    #expect(try graph("<filter id='f'/>").region == Rect(x: -20, y: -10, width: 240, height: 120))
    #expect(
      try graph("<filter id='f' filterUnits='userSpaceOnUse' x='5' y='10%' width='50' height='2em'/>").region
        == Rect(x: 5, y: 10, width: 50, height: 32))
    #expect(try graph("<filter id='f' x='0' y='0' width='.5' height='100%'/>").region == Rect(x: 0, y: 0, width: 100, height: 100))
  }

  @Test func primitivesReadThePreviousResultUnlessTheyNameAnother() throws {
    let graph = try graph(
      """
      <filter id='f'><feOffset result='moved' dx='1'/><feGaussianBlur in='SourceAlpha' stdDeviation='2 3'/>
      <feMerge><feMergeNode in='moved'/><feMergeNode/><feMergeNode in='nowhere'/></feMerge></filter>
      """)
    #expect(graph.primitives.count == 3)
    #expect(graph.primitives[0].inputs == [.sourceGraphic])
    #expect(graph.primitives[1].inputs == [.sourceAlpha])
    #expect(graph.primitives[2].inputs == [.result(0), .result(1), .result(1)])
    guard case .gaussianBlur(let x, let y) = graph.primitives[1].operation else { throw TestFailure() }
    #expect((x, y) == (2, 3))
  }

  @Test func primitiveUnitsOfTheBoundingBoxScaleNumbers() throws {
    let graph = try graph("<filter id='f' primitiveUnits='objectBoundingBox'><feOffset dx='.1' dy='.1' width='.5'/></filter>")
    guard case .offset(let offset) = graph.primitives[0].operation else { throw TestFailure() }
    #expect(offset == Vector(20, 10))
    #expect(graph.primitives[0].subregion.width == 100)
  }

  @Test func interpolationIsLinearUnlessTheFilterOrThePrimitiveSaysOtherwise() throws {
    #expect(try graph("<filter id='f'><feFlood/></filter>").primitives[0].usesLinearRGB)
    #expect(try !graph("<filter id='f' color-interpolation-filters='sRGB'><feFlood/></filter>").primitives[0].usesLinearRGB)
    #expect(
      try !graph("<filter id='f'><feFlood style='color-interpolation-filters: sRGB'/></filter>").primitives[0].usesLinearRGB)
  }

  @Test func subregionIsThatOfTheInputs() throws {
    let graph = try graph(
      "<filter id='f'><feFlood x='10' y='20' width='30' height='40'/><feOffset dx='5'/><feTile/><feFlood flood-color='lime'/></filter>")
    let small = Rect(x: 10, y: 20, width: 30, height: 40)
    #expect(graph.primitives.map(\.subregion) == [small, small, graph.region, graph.region])
  }

  @Test func kernelsWithAWrongCountAreLeftOut() throws {
    #expect(try graph("<filter id='f'><feConvolveMatrix order='3' kernelMatrix='1 2 3'/></filter>").primitives.isEmpty)
    let right = try graph("<filter id='f'><feConvolveMatrix order='2 1' kernelMatrix='1 3'/></filter>")
    guard case .convolution(let kernel) = right.primitives[0].operation else { throw TestFailure() }
    #expect(kernel.divisor == 4)
    #expect((kernel.targetX, kernel.targetY) == (1, 0))
  }

  @Test func filesThatAreNotWellFormedHaveNoFilters() {
    #expect(XMLDocument.parse(Array("<svg><filter></svg>".utf8)) == nil)
    #expect(XMLDocument.parse([]) == nil)
  }

  @Test func deepNestingEndsAtABound() throws {
    let text = String(repeating: "<g>", count: 5000) + String(repeating: "</g>", count: 5000)
    var element = try #require(XMLDocument.parse(Array(text.utf8)))
    var depth = 1
    while let child = element.children.first {
      element = child
      depth += 1
    }
    #expect(depth == 256)
  }
}

private struct TestFailure: Error {}
