import Testing

@testable import Drawing

struct PixelMemoryTests {
  @Test(arguments: [1, 4096, (2 << 20) - 1, 2 << 20, (2 << 20) + 1, 9_000_000])
  func memoryIsZeroFromEndToEnd(count: Int) throws {
    // The second time it may be what was given back the first time.
    for _ in 0..<2 {
      let memory = try #require(PixelMemory.allocate(count))
      let bytes = UnsafeRawBufferPointer(start: memory, count: count)
      #expect(bytes.first { $0 != 0 } == nil)
      memory.initializeMemory(as: UInt8.self, repeating: 7, count: count)
      PixelMemory.free(memory, count: count)
    }
  }

  @Test func muchMoreThanIsKeptMayBeInUse() throws {
    let size = 20 << 20
    let blocks = try (0..<6).map { _ in try #require(PixelMemory.allocate(size)) }
    #expect(Set(blocks).count == 6)
    for block in blocks { PixelMemory.free(block, count: size) }
    let again = try #require(PixelMemory.allocate(size))
    #expect(again.load(fromByteOffset: size - 1, as: UInt8.self) == 0)
    PixelMemory.free(again, count: size)
  }

  @Test func memoryThatCannotBeHadIsNil() {
    #expect(PixelMemory.allocate(1 << 46) == nil)
  }
}
