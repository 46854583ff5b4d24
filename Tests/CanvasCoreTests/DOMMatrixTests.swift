import CanvasCore
import Geometry
import Testing

@Suite struct DOMMatrixTests {
  private func close(_ a: DOMMatrix, _ b: [Double]) -> Bool {
    zip(a.values, b).allSatisfy { abs($0 - $1) < 1e-9 }
  }

  @Test func identityReadsAsMatrix() throws {
    #expect(try DOMMatrix().serialized() == "matrix(1, 0, 0, 1, 0, 0)")
    #expect(DOMMatrix().isIdentity && DOMMatrix().is2D)
  }

  @Test(arguments: [
    ("", "matrix(1, 0, 0, 1, 0, 0)"), ("none", "matrix(1, 0, 0, 1, 0, 0)"),
    ("translate(10px, 5px) scale(2)", "matrix(2, 0, 0, 2, 10, 5)"), ("matrix(1, 2, 3, 4, 5, 6)", "matrix(1, 2, 3, 4, 5, 6)"),
    ("scale(0.1)", "matrix(0.1, 0, 0, 0.1, 0, 0)"), ("translateX(1in)", "matrix(1, 0, 0, 1, 96, 0)"),
    ("translate3d(1px, 2px, 3px)", "matrix3d(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 2, 3, 1)"),
    ("translateZ(0)", "matrix3d(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1)"),
    ("scale(1e-7, 1e21)", "matrix(1e-7, 0, 0, 1e+21, 0, 0)"),
  ])
  func transformLists(_ text: String, _ expected: String) throws {
    #expect(try DOMMatrix(parsing: text).serialized() == expected)
  }

  @Test(arguments: ["bogus", "translate(1em)", "translate(10%)", "rotate(5)", "matrix(1,2,3)", "scale(1) foo", "initial", "scale(1,2,3)"])
  func mistakesAreSyntaxErrors(_ text: String) {
    #expect { try DOMMatrix(parsing: text) } throws: { ($0 as? CanvasError)?.name == "SyntaxError" }
  }

  @Test func productsApplyTheRightHandSideFirst() {
    var matrix = DOMMatrix()
    matrix.translateSelf(10, 20)
    matrix.scaleSelf(2, 3)
    #expect(matrix.transformPoint(DOMPoint(x: 1, y: 1)) == DOMPoint(x: 12, y: 23))
    #expect(matrix.is2D)
  }

  @Test func rotationsAreInDegrees() {
    var matrix = DOMMatrix()
    matrix.rotateSelf(90)
    #expect(close(matrix, [0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]))
    var spatial = DOMMatrix()
    spatial.rotateSelf(0, 90, 0)
    #expect(close(spatial, [0, 0, -1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]))
    #expect(!spatial.is2D)
    var vector = DOMMatrix()
    vector.rotateFromVectorSelf(0, 5)
    #expect(close(vector, matrix.values))
    var axis = DOMMatrix()
    axis.rotateAxisAngleSelf(0, 0, 2, 90)
    #expect(close(axis, matrix.values) && axis.is2D)
  }

  @Test func scaleKeepsItsOrigin() {
    var matrix = DOMMatrix()
    matrix.scaleSelf(2, nil, 1, 10, 10)
    #expect(matrix.transformPoint(DOMPoint(x: 10, y: 10)) == DOMPoint(x: 10, y: 10))
    var spatial = DOMMatrix()
    spatial.scale3dSelf(3, 0, 0, 1)
    #expect(spatial.m33 == 3 && spatial.m43 == -2 && !spatial.is2D)
  }

  @Test func skewsLeanOneAxis() {
    var matrix = DOMMatrix()
    matrix.skewXSelf(45)
    #expect(abs(matrix.m21 - 1) < 1e-12 && matrix.m12 == 0)
    matrix = DOMMatrix()
    matrix.skewYSelf(45)
    #expect(abs(matrix.m12 - 1) < 1e-12 && matrix.m21 == 0)
  }

  @Test func inversesUndo() throws {
    var flat = try DOMMatrix([2, 1, 3, 4, 5, 6])
    let product = flat
    flat.invertSelf()
    #expect(close(product.multiplied(by: flat), DOMMatrix().values) && flat.is2D)
    var spatial = try DOMMatrix(parsing: "perspective(100px) rotate3d(1, 2, 3, 40deg) translate3d(1px, 2px, 3px)")
    let original = spatial
    spatial.invertSelf()
    #expect(close(original.multiplied(by: spatial), DOMMatrix().values) && !spatial.is2D)
  }

  @Test func aSingularMatrixInvertsToNaN() throws {
    for text in ["scale(0)", "scale3d(1, 0, 1)"] {
      var matrix = try DOMMatrix(parsing: text)
      matrix.invertSelf()
      #expect(matrix.values.allSatisfy(\.isNaN) && !matrix.is2D)
      #expect { try matrix.serialized() } throws: { ($0 as? CanvasError)?.name == "InvalidStateError" }
    }
  }

  @Test func dictionariesAreFixedUp() throws {
    var flat = DOMMatrix2DInit()
    flat.a = 2
    flat.m42 = 5
    #expect(try flat.fixedUp() == AffineTransform(a: 2, b: 0, c: 0, d: 1, e: 0, f: 5))
    flat.m11 = 3
    #expect { try flat.fixedUp() } throws: { ($0 as? CanvasError)?.name == "TypeError" }
    flat.a = .nan
    flat.m11 = .nan
    #expect(try flat.fixedUp().a.isNaN)
    var spatial = DOMMatrixInit()
    spatial.m33 = 2
    #expect(try !spatial.matrix().is2D)
    spatial.is2D = true
    #expect(throws: CanvasError.self) { try spatial.matrix() }
  }

  @Test func flipsTurnAnAxis() {
    #expect(DOMMatrix().flippedX().a == -1)
    #expect(DOMMatrix().flippedY().d == -1)
  }

  @Test func quadsHaveBounds() {
    let quad = DOMQuad(DOMRect(x: 10, y: 10, width: -5, height: 3))
    #expect(quad.bounds == DOMRect(x: 5, y: 10, width: 5, height: 3))
    #expect(DOMRect(x: 1, y: 1, width: -4, height: 2).left == -3)
  }
}
