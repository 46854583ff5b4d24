"""Make colour-test.ttf: a glyph for each kind of paint of COLR version 1. Needs fontTools."""
import math
import os
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables import otTables as ot
from fontTools.colorLib.builder import buildCOLR, buildCPAL
def box(x0,y0,x1,y1):
    p=TTGlyphPen(None);p.moveTo((x0,y0));p.lineTo((x0,y1));p.lineTo((x1,y1));p.lineTo((x1,y0));p.closePath();return p.glyph()
def circ(cx,cy,r):
    p=TTGlyphPen(None);k=r*.41421356
    pts=[];n=8
    for i in range(n):
        a0=2*math.pi*i/n;a1=2*math.pi*(i+1)/n;am=(a0+a1)/2;rr=r/math.cos(math.pi/n)
        if i==0:p.moveTo((int(cx+r),cy))
        p.qCurveTo((round(cx+rr*math.cos(am)),round(cy+rr*math.sin(am))),(round(cx+r*math.cos(a1)),round(cy+r*math.sin(a1))))
    p.closePath();return p.glyph()
letters='ABCDEFGHIJKLMNOPQR'
order=['.notdef','box','circ','half']+list(letters)
g={'.notdef':box(0,0,500,700),'box':box(0,0,1000,800),'circ':circ(500,400,380),'half':box(0,0,500,800)}
for l in letters: g[l]=box(0,0,1000,800)
fb=FontBuilder(1000,isTTF=True);fb.setupGlyphOrder(order);fb.setupCharacterMap({ord(l):l for l in letters});fb.setupGlyf(g)
fb.setupHorizontalMetrics({n:(1000,0) for n in order});fb.setupHorizontalHeader(ascent=800,descent=-200)
fb.setupNameTable(dict(familyName='Colour Test',styleName='Regular'));fb.setupOS2(sTypoAscender=800,sTypoDescender=-200);fb.setupPost()
P=ot.PaintFormat
stops=[(0,0),(0.5,1),(1,2)]
def cl(ext='pad',st=stops): return {'Extend':ext,'ColorStop':[{'StopOffset':o,'PaletteIndex':i,'Alpha':1.0} for o,i in st]}
def solid(i,a=1.0): return {'Format':P.PaintSolid,'PaletteIndex':i,'Alpha':a}
def glyph(n,p): return {'Format':P.PaintGlyph,'Glyph':n,'Paint':p}
def lin(ext='pad',x1=800,y1=0,x2=0,y2=800,x0=200,st=stops): return {'Format':P.PaintLinearGradient,'ColorLine':cl(ext,st),'x0':x0,'y0':0,'x1':x1,'y1':y1,'x2':x2,'y2':y2}
v1={
'A':glyph('circ',lin()),
'B':glyph('circ',lin('repeat',x1=400)),
'C':glyph('circ',lin('reflect',x1=400,y1=200)),
'D':glyph('circ',{'Format':P.PaintRadialGradient,'ColorLine':cl(),'x0':400,'y0':500,'r0':50,'x1':500,'y1':400,'r1':380}),
'E':glyph('circ',{'Format':P.PaintRadialGradient,'ColorLine':cl('repeat'),'x0':500,'y0':400,'r0':0,'x1':500,'y1':400,'r1':120}),
'F':glyph('circ',{'Format':P.PaintSweepGradient,'ColorLine':cl(),'centerX':500,'centerY':400,'startAngle':0,'endAngle':360}),
'G':glyph('circ',{'Format':P.PaintSweepGradient,'ColorLine':cl('reflect'),'centerX':500,'centerY':400,'startAngle':30,'endAngle':120}),
'H':{'Format':P.PaintColrLayers,'Layers':[glyph('box',solid(3)),glyph('circ',solid(0xFFFF,0.6)),{'Format':P.PaintTranslate,'dx':200,'dy':100,'Paint':glyph('half',solid(1,0.5))}]},
'I':{'Format':P.PaintRotateAroundCenter,'angle':30,'centerX':500,'centerY':400,'Paint':{'Format':P.PaintScaleAroundCenter,'scaleX':0.5,'scaleY':0.8,'centerX':500,'centerY':400,'Paint':glyph('box',lin())}},
'J':{'Format':P.PaintSkewAroundCenter,'xSkewAngle':20,'ySkewAngle':0,'centerX':500,'centerY':0,'Paint':{'Format':P.PaintScaleUniform,'scale':0.7,'Paint':glyph('box',lin())}},
'K':{'Format':P.PaintTransform,'Transform':(0.6,0.2,-0.2,0.6,250,80),'Paint':glyph('box',lin())},
'L':{'Format':P.PaintComposite,'CompositeMode':'src_in','SourcePaint':glyph('half',solid(0)),'BackdropPaint':glyph('circ',solid(2))},
'M':{'Format':P.PaintComposite,'CompositeMode':'xor','SourcePaint':glyph('half',solid(0)),'BackdropPaint':glyph('circ',solid(2))},
'N':{'Format':P.PaintComposite,'CompositeMode':'multiply','SourcePaint':glyph('half',solid(0)),'BackdropPaint':glyph('circ',solid(3))},
'O':glyph('circ',glyph('half',solid(1))),
'P':{'Format':P.PaintRotate,'angle':-15,'Paint':{'Format':P.PaintColrGlyph,'Glyph':'A'}},
'Q':glyph('circ',{'Format':P.PaintRotateAroundCenter,'angle':45,'centerX':500,'centerY':400,'Paint':lin()}),
'R':glyph('circ',lin(x1=800,y1=0,x2=400,y2=400)),
}
fb.font['COLR']=buildCOLR(v1,version=1,glyphMap=fb.font.getReverseGlyphMap(),clipBoxes={'A':(120,20,880,780),'B':(300,100,700,700)})
fb.font['CPAL']=buildCPAL([[(0.9,0.1,0.1,1),(0.1,0.8,0.2,1),(0.1,0.2,0.9,1),(1,0.85,0.2,1)]])
fb.save(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'colour-test.ttf'))
