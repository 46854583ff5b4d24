"""Make variable-test.ttf: one letter whose width shows where its four axes are. Needs fontTools."""
import os
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.TupleVariation import TupleVariation
def box(x1):
    p=TTGlyphPen(None);p.moveTo((0,0));p.lineTo((0,700));p.lineTo((x1,700));p.lineTo((x1,0));p.closePath();return p.glyph()
fb=FontBuilder(1000,isTTF=True);order=['.notdef','a'];fb.setupGlyphOrder(order);fb.setupCharacterMap({97:'a',32:'.notdef'});fb.setupGlyf({'.notdef':box(500),'a':box(400)})
fb.setupHorizontalMetrics({'.notdef':(500,0),'a':(500,0)});fb.setupHorizontalHeader(ascent=800,descent=-200)
fb.setupNameTable(dict(familyName='Var Test',styleName='Regular'));fb.setupOS2(sTypoAscender=800,sTypoDescender=-200);fb.setupPost()
fb.setupFvar([('wght',100,400,900,'Weight'),('wdth',50,100,200,'Width'),('opsz',8,12,144,'Optical'),('slnt',-20,0,0,'Slant')],[])
def d(ax,dx,adv): return TupleVariation({ax:(0,1,1) if ax!='slnt' else (-1,-1,0)},[(0,0),(0,0),(dx,0),(dx,0),(0,0),(adv,0),(0,0),(0,0)])
fb.setupGvar({'a':[d('wght',100,100),d('wdth',200,200),d('opsz',50,50),d('slnt',10,10)]})
fb.save(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'variable-test.ttf'))
