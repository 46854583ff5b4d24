// What `import Canvas2D` means: the canvas, its vocabulary, and the formats that pictures are written in.

@_exported import CanvasCore
@_exported import Drawing
@_exported import Geometry
@_exported import ImageCodecs
@_exported import Raster
