// swift-tools-version: 6.2
// Targets and the arrows between them. The map with the reasons is Sources/README.md; the two change together.

import PackageDescription

/// Every unsafe construct must be spelled `unsafe`. Left off where pointers are the material itself: pixel rows, the script heap, C libraries.
let checked: [SwiftSetting] = [.strictMemorySafety()]

/// The interpreter of one run lives on one thread, so its reference counts need no locked instructions and its exclusivity is
/// structural. Counts stay locked in debug builds: there the tests run several interpreters at once in one process.
/// Only executables depend on these targets, so the `Canvas2D` library stays usable as a versioned dependency.
let singleThreaded: [SwiftSetting] = [
  .unsafeFlags(["-enforce-exclusivity=unchecked"]),
  // Where the interpreter takes the address of a frame the compiler would guard the stack against overruns that it cannot have.
  .unsafeFlags(
    ["-Xfrontend", "-assume-single-threaded", "-Xfrontend", "-disable-stack-protector"], .when(configuration: .release)),
]

/// What the script's thread allocates passes by the pool in `CRuntimeShims/cell_pool.c`.
let pooledAllocation: [LinkerSetting] = [
  .unsafeFlags(["swift_slowAlloc", "swift_slowDealloc", "malloc_usable_size"].flatMap { ["-Xlinker", "--wrap=\($0)"] })
]

/// Without the address of every symbol: what it takes to draw one rectangle is mostly what it takes to start.
let quickStart: [LinkerSetting] = [
  .unsafeFlags(["-Xlinker", "--no-export-dynamic"], .when(platforms: [.linux], configuration: .release))
]

func systemLibrary(_ name: String, pkgConfig: String, debianPackage: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debianPackage])])
}

let package = Package(
  name: "canvasrun",
  products: [
    .executable(name: "canvasrun", targets: ["canvasrun"]),
    .library(name: "Canvas2D", targets: ["Canvas2D"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // Layer 0
    .target(name: "Geometry", swiftSettings: checked),
    systemLibrary("CHarfBuzz", pkgConfig: "harfbuzz", debianPackage: "libharfbuzz-dev"),
    systemLibrary("CFreeType", pkgConfig: "freetype2", debianPackage: "libfreetype-dev"),
    systemLibrary("CFontconfig", pkgConfig: "fontconfig", debianPackage: "libfontconfig-dev"),
    systemLibrary("CFriBidi", pkgConfig: "fribidi", debianPackage: "libfribidi-dev"),
    systemLibrary("CPNG", pkgConfig: "libpng", debianPackage: "libpng-dev"),
    systemLibrary("CJPEG", pkgConfig: "libjpeg", debianPackage: "libjpeg62-turbo-dev"),
    systemLibrary("CWebP", pkgConfig: "libwebp", debianPackage: "libwebp-dev"),
    systemLibrary("CExpat", pkgConfig: "expat", debianPackage: "libexpat1-dev"),

    // Layer 1
    .target(name: "Drawing", dependencies: ["Geometry"], swiftSettings: checked),
    .target(name: "CImageShims", dependencies: ["CPNG", "CJPEG"]),
    .target(name: "CRuntimeShims", linkerSettings: pooledAllocation),
    .target(name: "CPixelKernels"),

    // Layer 2
    .target(name: "ScriptSyntax", swiftSettings: checked),
    .target(
      name: "Typography",
      dependencies: ["Geometry", "Drawing", "CHarfBuzz", "CFreeType", "CFontconfig", "CFriBidi"]),
    .target(name: "CSSValues", dependencies: ["Drawing"], swiftSettings: checked),
    .target(name: "ImageCodecs", dependencies: ["Drawing", "CImageShims", "CWebP"]),

    // Layer 3
    .target(name: "ScriptRuntime", dependencies: ["ScriptSyntax", "CRuntimeShims"], swiftSettings: singleThreaded),
    .target(
      name: "CanvasCore", dependencies: ["Geometry", "Drawing", "Typography", "CSSValues"], swiftSettings: checked),
    .target(name: "Raster", dependencies: ["Drawing", "Geometry", "CPixelKernels"]),
    .target(name: "SVGFilters", dependencies: ["Drawing", "Geometry", "CSSValues", "CExpat"], swiftSettings: checked),

    // Layer 4
    .target(
      name: "CanvasBindings",
      dependencies: ["ScriptSyntax", "ScriptRuntime", "CanvasCore", "SVGFilters", "Geometry", "Drawing", "CSSValues"],
      swiftSettings: singleThreaded),
    .target(
      name: "Canvas2D", dependencies: ["CanvasCore", "Raster", "ImageCodecs", "Drawing", "Geometry", "Typography"],
      swiftSettings: checked),

    // Layer 5
    .target(
      name: "CanvasHost",
      dependencies: [
        "CanvasBindings", "ScriptRuntime", "ScriptSyntax", "Canvas2D", "CanvasCore", "Raster", "ImageCodecs", "Drawing",
        "Geometry", "Typography", "CSSValues",
      ],
      swiftSettings: singleThreaded),

    // Layer 6
    .executableTarget(
      name: "canvasrun",
      dependencies: ["CanvasHost", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      linkerSettings: quickStart),

    // Hidden from users: mutated inputs for what reads scripts, patterns, data and fonts. See Tests/README.md.
    .executableTarget(
      name: "fuzz", dependencies: ["ScriptSyntax", "ScriptRuntime", "Typography", "Raster", "Drawing", "Geometry"],
      path: "Tests/Fuzz", exclude: ["Corpus"], swiftSettings: singleThreaded),

    // Tests, one target per module, and those that look at the whole from outside.
    .testTarget(name: "GeometryTests", dependencies: ["Geometry"]),
    .testTarget(name: "DrawingTests", dependencies: ["Drawing"]),
    .testTarget(name: "RasterTests", dependencies: ["Raster", "CPixelKernels"]),
    .testTarget(name: "ScriptSyntaxTests", dependencies: ["ScriptSyntax"]),
    .testTarget(name: "ScriptRuntimeTests", dependencies: ["ScriptRuntime"]),
    .testTarget(name: "TypographyTests", dependencies: ["Typography"]),
    .testTarget(name: "CSSValuesTests", dependencies: ["CSSValues"]),
    .testTarget(name: "ImageCodecsTests", dependencies: ["ImageCodecs"]),
    .testTarget(name: "CanvasCoreTests", dependencies: ["CanvasCore"]),
    .testTarget(name: "SVGFiltersTests", dependencies: ["SVGFilters", "Drawing", "Geometry", "Raster"]),
    .testTarget(name: "CanvasBindingsTests", dependencies: ["CanvasBindings"]),
    .testTarget(name: "CanvasHostTests", dependencies: ["CanvasHost", "Canvas2D"]),
    .testTarget(name: "CommandLineTests", dependencies: ["ImageCodecs", "Drawing"]),
  ],
  swiftLanguageModes: [.v6]
)
