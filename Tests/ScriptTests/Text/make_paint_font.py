"""Make paint-test.ttf: paints with the colour of the text, lines that repeat, and numbers that vary. Needs fontTools."""
import os
from fontTools.colorLib.builder import buildCOLR, buildCPAL
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.otTables import PaintFormat as P
from fontTools.varLib.builder import buildDeltaSetIndexMap, buildVarData, buildVarRegionList, buildVarStore

TEXT_COLOUR, CONSTANT = 0xFFFF, 0xFFFFFFFF


def box(x0, y0, x1, y1):
    pen = TTGlyphPen(None)
    pen.moveTo((x0, y0))
    for point in ((x0, y1), (x1, y1), (x1, y0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def solid(index, alpha=1.0):
    return {'Format': P.PaintSolid, 'PaletteIndex': index, 'Alpha': alpha}


def inside(glyph, paint):
    return {'Format': P.PaintGlyph, 'Glyph': glyph, 'Paint': paint}


def linear(stops, extend='pad', x0=0, x1=1000):
    line = {'Extend': extend, 'ColorStop': [{'StopOffset': o, 'PaletteIndex': i, 'Alpha': a} for o, i, a in stops]}
    return {'Format': P.PaintLinearGradient, 'ColorLine': line, 'x0': x0, 'y0': 0, 'x1': x1, 'y1': 0, 'x2': x0, 'y2': 1000}


rows = []


def deltas(*numbers):
    """The number of the first of some rows of deltas for the heaviest weight."""
    rows.extend([number] for number in numbers)
    return len(rows) - len(numbers)


step = [(0.5, 0, 1), (0.5, 1, 1)]
paints = {
    'A': inside('box', linear([(0, 0, 1), (0.5, TEXT_COLOUR, 1), (1, 2, 1)])),
    'B': inside('box', solid(TEXT_COLOUR, 0.5)),
    'C': inside('box', linear([(0, 0, 1), (1, 1, 1)], 'repeat', 0, 20)),
    'D': inside('box', linear(step)),
    'E': inside('box', linear(step, 'repeat')),
    'F': {'Format': P.PaintComposite, 'CompositeMode': 'src_over', 'SourcePaint': inside('half', solid(1)), 'BackdropPaint': solid(0)},
    'G': inside('box', {'Format': P.PaintVarSolid, 'PaletteIndex': 0, 'Alpha': 1, 'VarIndexBase': deltas(-8192)}),
    'H': {'Format': P.PaintVarTranslate, 'dx': 0, 'dy': 0, 'VarIndexBase': deltas(500, 0), 'Paint': inside('half', solid(2))},
    'I': {'Format': P.PaintVarTransform, 'Transform': {'xx': 1, 'yx': 0, 'xy': 0, 'yy': 1, 'dx': 0, 'dy': 0, 'VarIndexBase': deltas(65536, 0, 0, 0, 0, 0)},
          'Paint': inside('half', solid(1))},
    'J': inside('box', {'Format': P.PaintVarLinearGradient, 'x0': 0, 'y0': 0, 'x1': 1000, 'y1': 0, 'x2': 0, 'y2': 1000, 'VarIndexBase': CONSTANT,
                        'ColorLine': {'Extend': 'pad', 'ColorStop': [
                            {'StopOffset': 0.25, 'PaletteIndex': 0, 'Alpha': 1, 'VarIndexBase': deltas(8192, 0)},
                            {'StopOffset': 0.3, 'PaletteIndex': 2, 'Alpha': 1, 'VarIndexBase': deltas(8192, 0)}]}}),
    'K': inside('box', solid(2)),
}
order = ['.notdef', 'box', 'half'] + list(paints)
font = FontBuilder(1000, isTTF=True)
font.setupGlyphOrder(order)
font.setupCharacterMap({ord(letter): letter for letter in paints})
font.setupGlyf({name: box(0, 0, 500 if name == 'half' else 1000, 800) for name in order})
font.setupHorizontalMetrics({name: (1000, 0) for name in order})
font.setupHorizontalHeader(ascent=800, descent=-200)
font.setupNameTable({'familyName': 'Paint Test', 'styleName': 'Regular'})
font.setupOS2(sTypoAscender=800, sTypoDescender=-200)
font.setupPost()
font.font.recalcTimestamp = False
font.updateHead(created=0, modified=0)
font.setupFvar([('wght', 400, 400, 900, 'Weight')], [])
# The rows are stored backwards, so that the map is needed.
clip = {'K': (0, 0, 500, 800, deltas(0, 0, 500, 0))}
regions = buildVarRegionList([{'wght': (0, 1, 1)}], ['wght'])
font.font['COLR'] = buildCOLR(
    paints, version=1, glyphMap=font.font.getReverseGlyphMap(), clipBoxes=clip,
    varStore=buildVarStore(regions, [buildVarData([0], rows[::-1], optimize=False)]),
    varIndexMap=buildDeltaSetIndexMap([len(rows) - 1 - index for index in range(len(rows))]))
font.font['CPAL'] = buildCPAL([[(1, 0, 0, 1), (0, 1, 0, 1), (0, 0, 1, 1)], [(0, 0, 0, 1)] * 3])
font.save(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'paint-test.ttf'))
