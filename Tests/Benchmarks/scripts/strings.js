// Text: building, splitting, searching, patterns.
const words = [];
for (let i = 0; i < 60000; i++) words.push(`word${i % 977}`);
let text = '';
for (const word of words) text += word + ' ';
let found = 0;
for (const part of text.split(' ')) {
  if (part.startsWith('word9')) found++;
  if (part.indexOf('77') > 0) found++;
}
const digits = text.match(/\d+/g).length;
const renamed = text.replace(/word(\d)(\d*)/g, '$2-$1');
if (digits !== 60000 || renamed.length < found) throw new Error('wrong');
