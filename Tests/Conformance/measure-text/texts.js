// 500 texts in many scripts, the same on every run, and the fonts and sizes in which they are measured.

const vocabulary = {
  latin: 'The quick brown fox jumps over lazy dogs AVATAR Ta Te To Wa We Yo fi fl ffi office affluent Hamburgefonstiv LAWYER P. T. "quoted" (round) [square] e.g. 3.14 10,000 #42 a-b x/y one—two “curly” ‘single’ … 50% £9 €10 ½',
  accents: 'Ünïcödé straße Łódź naïve Ångström Øresund façade cœur Ægir ıstanbul İzmir Žižek Đorđe ňandú Tiếng Việt ưới Nguyễn phở e\u0301te\u0301 a\u0308 o\u0302\u0301 n\u0303 c\u0327',
  greek: 'Ελληνικά άνθρωπος φιλοσοφία Ωμέγα ψυχή ἀρχή ὦ ᾧ',
  cyrillic: 'Русский Привет мир Київ Љубав Щёлково ъыьэюя Ґ ђ ћ',
  hebrew: 'שלום עולם עברית בְּרֵאשִׁית אָרֶץ 123 (סוגר)',
  arabic: 'مرحبا بالعالم السلام عليكم لا إله الله كِتَاب ٱلْقُرْآن ۱۲۳ فارسی پاکستان گچ',
  devanagari: 'नमस्ते हिन्दी क्षत्रिय विश्व ज्ञान कार्य श्रृंगार र्क',
  indic: 'বাংলা শ্রী தமிழ் கொண்டு తెలుగు స్త్రీ ಕನ್ನಡ മലയാളം ക്ഷ ગુજરાતી ਪੰਜਾਬੀ ଓଡ଼ିଆ සිංහල',
  asian: 'ภาษาไทย น้ำใจ กำลัง ພາສາລາວ မြန်မာ ភាសាខ្មែរ བོད་ཡིག ქართული Հայերեն አማርኛ',
  han: '日本語 漢字 中文简体 繁體中文 東京 骨 直 今 誤 한국어 안녕하세요 ひらがな カタカナ ｶﾀｶﾅ 「括弧」 、。 ！？ ㍿ Ａｂｃ',
  emoji: '😀 👍🏽 👨‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 🇯🇵 ❤️ ☺ ☺️ ✈︎ 1️⃣ #️⃣ 🤷🏿‍♀️ 🎉🎊 ⌚ ☎ ©️ ™ 🧑‍💻 🫠',
  symbols: '→ ← ↑ ∑∫√∞ ≤≠≥ ±×÷ ∈∉ ⊂⊃ ①②③ ░▒▓ ┌─┐ ♠♣♥♦ ★☆ ✓✗ ♪♫ ⠿⠓ ℃ № ℝℂ 𝒜𝔅 𝟘 ⟨x⟩ ♞ ☂ ⚑',
};
const spaces = [' ', ' ', ' ', ' ', ' ', '  ', '', '\u00A0', '\u2009', '\u3000', '\t', '\u200B', '\u200D', '\n', '\u00AD', '-', ', '];

let seed = 20240229;
function random(bound) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor(seed / 4294967296 * bound);
}

const words = Object.fromEntries(Object.entries(vocabulary).map(([name, text]) => [name, text.split(' ')]));
const kinds = Object.keys(words);
const texts = [];
// Every kind whole, every kind's words alone, then mixtures of one, two and all kinds.
for (const kind of kinds) texts.push(vocabulary[kind]);
for (const kind of kinds) for (let i = 0; i < 12; i++) texts.push(words[kind][i % words[kind].length]);
while (texts.length < 500) {
  const first = kinds[texts.length % kinds.length], second = kinds[random(kinds.length)];
  const mixture = texts.length % 3;
  let text = '';
  for (let count = 1 + random(6); count > 0; count--) {
    const kind = mixture === 0 ? first : mixture === 1 ? (random(2) ? first : second) : kinds[random(kinds.length)];
    text += words[kind][random(words[kind].length)] + spaces[random(spaces.length)];
  }
  texts.push(text);
}

const fonts = [
  'SIZE "DejaVu Sans"', 'bold SIZE "DejaVu Sans"', 'italic SIZE "DejaVu Serif"', 'SIZE "DejaVu Sans Mono"', 'SIZE "Liberation Sans"',
  'italic bold SIZE "Liberation Serif"', 'SIZE "Noto Sans"', '600 SIZE "Noto Serif"', 'SIZE "Noto Sans CJK JP"', 'SIZE sans-serif',
  'small-caps SIZE "DejaVu Sans"', 'SIZE monospace',
];
const sizes = ['9px', '12.5px', '16px', '40px', '100px'];

/** The widths of all texts: for each font, for each size, one number a text. */
function measureAll(context) {
  return fonts.map((font) => sizes.map((size) => {
    context.font = font.replace('SIZE', size);
    return texts.map((text) => context.measureText(text).width);
  }));
}

/** Other measures, of a few texts in every font. */
const members = [
  'fontBoundingBoxAscent', 'fontBoundingBoxDescent', 'emHeightAscent', 'emHeightDescent', 'hangingBaseline', 'alphabeticBaseline',
  'ideographicBaseline', 'actualBoundingBoxLeft', 'actualBoundingBoxRight', 'actualBoundingBoxAscent', 'actualBoundingBoxDescent',
];
const baselines = ['top', 'hanging', 'middle', 'alphabetic', 'ideographic', 'bottom'];

function measureMembers(context) {
  return fonts.map((font) => sizes.map((size) => {
    context.font = font.replace('SIZE', size);
    return baselines.map((baseline) => {
      context.textBaseline = baseline;
      return ['Hxpg', 'Ångström', 'fj'].map((text) => {
        const metrics = context.measureText(text);
        return members.map((member) => metrics[member]);
      });
    });
  }));
}

/** Attributes that change widths, each measured with every eighth text. */
const settings = [
  { letterSpacing: '3px' }, { letterSpacing: '-0.1em', wordSpacing: '5px' }, { wordSpacing: '-2px' }, { fontKerning: 'none' },
  { fontKerning: 'normal' }, { textRendering: 'optimizeSpeed' }, { textRendering: 'optimizeLegibility' },
  { textRendering: 'geometricPrecision' }, { fontVariantCaps: 'all-small-caps' }, { fontVariantCaps: 'petite-caps' },
  { fontVariantCaps: 'unicase' }, { fontVariantCaps: 'titling-caps' }, { fontStretch: 'condensed' }, { direction: 'rtl' },
  { direction: 'rtl', letterSpacing: '2px', wordSpacing: '3px' }, { lang: 'ja' }, { lang: 'zh-TW' }, { lang: 'ko' },
  { lang: 'tr', fontVariantCaps: 'small-caps' },
];

function measureSettings(context) {
  return fonts.map((font) => settings.map((setting) => {
    context.save();
    context.font = font.replace('SIZE', '17.3px');
    Object.assign(context, setting);
    const widths = texts.filter((_, index) => index % 8 === 0).map((text) => context.measureText(text).width);
    context.restore();
    return widths;
  }));
}
