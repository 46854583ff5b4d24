// Smaller and converted versions of images.

import Drawing
import Geometry

/// Halved images by the identity of the larger one. The larger one is kept too, so that its identity stays its own.
struct MipmapCache {
  private struct Entry {
    let original: Pixmap
    let derived: Pixmap
  }

  private static let byteLimit = 128 << 20
  private var halves: [ObjectIdentifier: Entry] = [:]
  private var conversions: [ObjectIdentifier: Entry] = [:]
  private var byteCount = 0

  /// Forgets everything when it has become too much.
  mutating func trim() {
    guard byteCount > MipmapCache.byteLimit else { return }
    halves.removeAll()
    conversions.removeAll()
    byteCount = 0
  }

  /// The image at half its size (odd sizes rounded down, at least 1). A pixel is the mean of the two by two that it replaces;
  /// along an odd side of the three that lie around it, weighed 1, 2, 1.
  mutating func half(of image: Pixmap) -> Pixmap? {
    if let known = halves[ObjectIdentifier(image)] { return known.derived }
    guard let half = Pixmap(width: max(1, image.width / 2), height: max(1, image.height / 2), colorSpace: image.colorSpace)
    else { return nil }
    let rowIsOdd = image.width > 1 && image.width % 2 == 1, columnIsOdd = image.height > 1 && image.height % 2 == 1
    for y in 0..<half.height {
      image.withRow(min(2 * y, image.height - 1)) { upper in
        image.withRow(min(2 * y + 1, image.height - 1)) { lower in
          image.withRow(min(2 * y + 2, image.height - 1)) { lowest in
            half.withRow(y) { out in
              for x in 0..<half.width {
                let left = min(2 * x, upper.count - 1), right = min(2 * x + 1, upper.count - 1)
                if !rowIsOdd && !columnIsOdd {
                  out[x] = mean(upper[left], upper[right], lower[left], lower[right])
                  continue
                }
                let outer = rowIsOdd ? min(2 * x + 2, upper.count - 1) : right, middle = rowIsOdd ? right : left
                // Weights 1, 2, 1 are two means one after the other.
                let rows = columnIsOdd ? (upper, lower, lowest) : (upper, upper, lower)
                let first = mean(rows.0[left], rows.0[middle], rows.0[right], rows.0[outer])
                let last = mean(rows.2[left], rows.2[middle], rows.2[right], rows.2[outer])
                let between = columnIsOdd ? mean(rows.1[left], rows.1[middle], rows.1[right], rows.1[outer]) : first
                out[x] = mean(first, between, columnIsOdd ? between : last, last)
              }
            }
          }
        }
      }
    }
    halves[ObjectIdentifier(image)] = Entry(original: image, derived: half)
    byteCount += image.byteCount + half.byteCount
    return half
  }

  /// The image as bytes in `colorSpace`.
  mutating func converted(_ image: Pixmap, to colorSpace: ColorSpace) -> Pixmap? {
    if let known = conversions[ObjectIdentifier(image)], known.derived.colorSpace == colorSpace { return known.derived }
    guard let result = Pixmap(width: image.width, height: image.height, colorSpace: colorSpace) else { return nil }
    for y in 0..<image.height {
      result.withRow(y) { out in
        if image.format == .rgbaFloat {
          image.withFloatRow(y) { row in
            for x in 0..<out.count {
              out[x] = convert(
                FloatPixel(row[4 * x], row[4 * x + 1], row[4 * x + 2], row[4 * x + 3]), from: image.colorSpace, to: colorSpace)
            }
          }
        } else {
          image.withRow(y) { row in
            var lastIn: UInt32 = 0, lastOut: UInt32 = 0
            for x in 0..<out.count {
              if row[x] != lastIn {
                lastIn = row[x]
                lastOut = convert(floatPixel(lastIn), from: image.colorSpace, to: colorSpace)
              }
              out[x] = lastOut
            }
          }
        }
      }
    }
    conversions[ObjectIdentifier(image)] = Entry(original: image, derived: result)
    byteCount += image.byteCount + result.byteCount
    return result
  }

  private func convert(_ p: FloatPixel, from: ColorSpace, to: ColorSpace) -> UInt32 {
    guard p.w > 0 else { return 0 }
    if from == to { return packed(p) }
    let alpha = min(1, p.w)
    let color = Color(red: p.x / p.w, green: p.y / p.w, blue: p.z / p.w, alpha: 1, space: from).converted(to: to)
    func clamped(_ value: Float) -> Float { max(0, min(1, value)) }
    return packed(FloatPixel(clamped(color.red) * alpha, clamped(color.green) * alpha, clamped(color.blue) * alpha, alpha))
  }

  private func mean(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> UInt32 {
    let low = (a & 0x00FF_00FF) &+ (b & 0x00FF_00FF) &+ (c & 0x00FF_00FF) &+ (d & 0x00FF_00FF) &+ 0x0002_0002
    let high =
      ((a &>> 8) & 0x00FF_00FF) &+ ((b &>> 8) & 0x00FF_00FF) &+ ((c &>> 8) & 0x00FF_00FF) &+ ((d &>> 8) & 0x00FF_00FF)
      &+ 0x0002_0002
    return ((low &>> 2) & 0x00FF_00FF) | (((high &>> 2) & 0x00FF_00FF) &<< 8)
  }
}
