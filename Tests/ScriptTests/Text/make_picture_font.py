"""Make picture-test.ttf: glyphs that are pictures in an sbix table of two strikes. Needs fontTools."""
import os
import struct
import zlib
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.DefaultTable import DefaultTable


def png(width, height, left, right):
    """Two colours side by side."""
    row = b'\0' + bytes(left) * (width // 2) + bytes(right) * (width - width // 2)

    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    header = struct.pack('>IIBBBBB', width, height, 8, 6, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'IDAT', zlib.compress(row * height, 9)) + chunk(b'IEND', b'')


def outline(letter):
    pen = TTGlyphPen(None)
    if letter != 'D':
        bottom = -200 if letter == 'C' else 0
        pen.moveTo((0, bottom))
        for point in ((0, 800), (1000, 800), (1000, bottom)):
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


RED, GREEN, BLUE, GLASS = (255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255), (0, 0, 0, 0)
order = ['.notdef'] + list('ABCDEF')


def strike(size, left, right, huge):
    glyphs = {
        'A': struct.pack('>hh4s', 0, 0, b'png ') + png(size, size, left, right),
        # To the right and below the baseline.
        'B': struct.pack('>hh4s', size // 2, -size // 4, b'png ') + png(size, size // 2, left, right),
        # Above the outline's lower edge.
        'C': struct.pack('>hh4s', 0, 0, b'png ') + png(size, size // 2, left, right),
        'D': struct.pack('>hh4sH', 0, 0, b'dupe', order.index('A')),
        'E': struct.pack('>hh4s', 0, 0, b'png ') + png(20, 20, left, right).replace(struct.pack('>II', 20, 20), struct.pack('>II', huge, huge)),
    }
    body, offsets = b'', []
    for name in order:
        offsets.append(4 + 4 * (len(order) + 1) + len(body))
        body += glyphs.get(name, b'')
    offsets.append(4 + 4 * (len(order) + 1) + len(body))
    return struct.pack('>HH', size, 72) + struct.pack('>%dI' % len(offsets), *offsets) + body


font = FontBuilder(1000, isTTF=True)
font.setupGlyphOrder(order)
font.setupCharacterMap({ord(name): name for name in order[1:]})
font.setupGlyf({name: outline(name) for name in order})
font.setupHorizontalMetrics({name: (1000, 0) for name in order})
font.setupHorizontalHeader(ascent=800, descent=-200)
font.setupNameTable({'familyName': 'Picture Test', 'styleName': 'Regular'})
font.setupOS2(sTypoAscender=800, sTypoDescender=-200)
font.setupPost()
font.font.recalcTimestamp = False
font.updateHead(created=0, modified=0)
strikes = [strike(20, RED, GREEN, 30000), strike(80, BLUE, GLASS, 30000)]
table = DefaultTable('sbix')
table.data = struct.pack('>HHIII', 1, 1, 2, 16, 16 + len(strikes[0])) + b''.join(strikes)
font.font['sbix'] = table
font.save(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'picture-test.ttf'))

# Pictures in CBDT and CBLC tables, and no outlines: bitmap-test.ttf.
del font.font['sbix'], font.font['glyf'], font.font['loca']
pictures = [png(40, 32, RED, GREEN), png(60, 32, BLUE, GLASS)]
data, offsets = struct.pack('>HH', 3, 0), []
for number, picture in enumerate(pictures):
    offsets.append(len(data) - 4)
    width = 40 if number == 0 else 60
    # Format 17: height, width, left, top, advance, then a PNG.
    data += struct.pack('>BBbbBI', 32, width, 2, 30, width + 4, len(picture)) + picture
offsets.append(len(data) - 4)
line = struct.pack('>bbBbbbbbbbbb', 30, -2, 64, 0, 0, 0, 0, 0, 30, -2, 0, 0)
index = struct.pack('>HHI', 1, 2, 8) + struct.pack('>HHI', 1, 17, 4) + struct.pack('>3I', *offsets)
size = struct.pack('>IIII', 56, len(index), 1, 0) + line + line + struct.pack('>HHBBBb', 1, 2, 40, 40, 32, 1)
for tag, content in (('CBDT', data), ('CBLC', struct.pack('>HHI', 3, 0, 1) + size + index)):
    font.font[tag] = DefaultTable(tag)
    font.font[tag].data = content
font.font['maxp'].tableVersion = 0x00005000
font.font['name'].setName('Bitmap Test', 1, 3, 1, 0x409)
font.save(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'bitmap-test.ttf'))
