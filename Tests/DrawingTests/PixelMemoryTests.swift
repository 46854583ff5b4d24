import Testing

@testable import Drawing

struct PixelMemoryTests {
  @Test(arguments: [1, 4096, (2 << 20) - 1, 2 << 20, (2 << 20) + 1, 9_000_000])
  func memoryIsZeroFromEndToEnd(count: Int) throws {
    let memory = try #require(PixelMemory.allocate(count))
    #expect(memory.load(as: UInt8.self) == 0)
    #expect(memory.load(fromByteOffset: count - 1, as: UInt8.self) == 0)
    memory.storeBytes(of: 7, toByteOffset: count - 1, as: UInt8.self)
    PixelMemory.free(memory, count: count)
  }

  @Test func memoryThatCannotBeHadIsNil() {
    #expect(PixelMemory.allocate(1 << 46) == nil)
  }
}
