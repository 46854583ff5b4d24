// Run after texts.js by canvasrun: prints what Chromium's page answers, too.
console.log(JSON.stringify({ texts, fonts, sizes, members, baselines, metrics: measureMembers(ctx), widths: (ctx.textBaseline = 'alphabetic', measureAll(ctx)), set: measureSettings(ctx) }));
