// What the page shows must be what the server says, whatever is moved. HGN_EXPLORER is the address to test.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {api, delay, frameOf, launch, number, open, pixels, shows, slide, text, view} from './page.js';

let browser;
let page;
let run;

before(async () => {
  browser = await launch();
  page = await open(browser, '#run=0&clip=0&t=0');
  run = await api(page, 'run?run=0');
});

after(() => browser?.close());

/** Goes back to a known view without loading the page again. */
async function start(hash) {
  await page.evaluate(to => {
    location.hash = to;
  }, hash);
  await delay(50);
}

async function film(query) {
  return api(page, `film?run=0&${query}`);
}

test('truth, prediction and difference are the frames of the server', async () => {
  const predicted = await film('from=clip&clip=0&speed=1');
  const truth = await api(page, 'truth?run=0&clip=0&speed=1');
  for (const time of [0, 1, -1, Math.max(truth.times[0], -7), truth.times.at(-1)]) {
    await slide(page, '#time', time);
    const model = frameOf(predicted, time);
    const real = frameOf(truth, time);
    await shows(page, 'prediction', model);
    await shows(page, 'truth', real);
    await shows(page, 'difference', model.map((value, i) => Math.round((255 + value - real[i]) / 2)));
    const error = model.reduce((sum, value, i) => sum + ((value - real[i]) / 255) ** 2, 0) / model.length;
    assert.equal(await text(page, 'frame-error'), (error * 1e4).toFixed(2) + 'e-4');
  }
});

test('time goes backward through zero, by keys, button and slider', async () => {
  await start('#run=0&clip=0&t=1');
  const predicted = await film('from=clip&clip=0&speed=1');
  await shows(page, 'prediction', frameOf(predicted, 1));
  await page.evaluate(() => document.activeElement?.blur());
  for (const time of [0, -1, -2]) {
    await page.keyboard.press('ArrowLeft');
    await shows(page, 'prediction', frameOf(predicted, time));
  }
  assert.match(await text(page, 'time-text'), /frame \u22122, \u2212\d/);
  assert.equal(await page.inputValue('#time'), '-2');
  await page.click('#backward');
  await page.waitForFunction(() => Number(document.getElementById('time').value) < -6);
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('Space');
  const rested = Number(await page.inputValue('#time'));
  await delay(400);
  assert.equal(Number(await page.inputValue('#time')), rested);
  await shows(page, 'prediction', frameOf(predicted, rested));
  await slide(page, '#time', -run.back);
  await shows(page, 'prediction', frameOf(predicted, -run.back));
  await page.click('#previous');
  await shows(page, 'prediction', frameOf(predicted, run.ahead));
  await page.click('#zero');
  await shows(page, 'prediction', frameOf(predicted, 0));
  assert.notDeepEqual(frameOf(predicted, 0), frameOf(predicted, -5), 'the film stands still');
});

test('each latent moves the film, and a reset brings it back', async t => {
  await start('#run=0&clip=1&t=-3');
  const {latents} = await api(page, 'latents?run=0&from=clip&clip=1');
  const whole = await film('from=clip&clip=1&speed=1');
  const still = frameOf(whole, -3);
  await shows(page, 'prediction', still);
  await page.waitForFunction(count => document.querySelectorAll('.latent').length === count, latents.length);
  assert.ok(latents.length > 0, 'this run uses no latent: train it for longer');
  let changed = 0;
  for (const {index, value} of latents) {
    const shown = await page.locator(`.latent:has(#latent-${index}) output`).innerText();
    assert.ok(Math.abs(number(shown) - value) <= 0.0051, `z${index} shows ${shown}, not ${value}`);
    const to = value > 0 ? -2 : 2;
    await slide(page, `#latent-${index}`, to);
    // Read back, since a slider has steps.
    const set = (await view(page, ({z}) => z?.startsWith(`${index}:`))).z;
    const moved = await film(`from=clip&clip=1&speed=1&z=${set}`);
    await shows(page, 'prediction', frameOf(moved, -3));
    changed += moved.frames !== whole.frames ? 1 : 0;
    assert.match(await text(page, 'source-text'), /one latent set by hand/);
    assert.equal(await page.inputValue('#time'), '-3', 'the time is kept');
    await page.click('#latents-reset');
    await shows(page, 'prediction', still);
  }
  assert.equal(changed, latents.length, 'latents that the model uses must change the film');
  t.diagnostic(`${latents.length} latents`);
});

test('a slider changes the film quickly', async t => {
  await start('#run=0&clip=1&t=0');
  const {latents} = await api(page, 'latents?run=0&from=clip&clip=1');
  const still = frameOf(await film('from=clip&clip=1&speed=1'), 0);
  await shows(page, 'prediction', still);
  const times = [];
  for (const value of [-2, 2, -1.5, 1.5, -2.5]) {
    times.push(await page.evaluate(async ({index, to}) => {
      const canvas = document.getElementById('prediction');
      const seen = () => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.join();
      const old = seen();
      const slider = document.getElementById(`latent-${index}`);
      const began = performance.now();
      slider.value = to;
      slider.dispatchEvent(new Event('input', {bubbles: true}));
      while (seen() === old && performance.now() - began < 5000) {
        await new Promise(requestAnimationFrame);
      }
      return performance.now() - began;
    }, {index: latents[0].index, to: value}));
    await delay(500);
  }
  const median = times.sort((a, b) => a - b)[2];
  t.diagnostic(`from slider to pixels: median ${median.toFixed(0)} ms`);
  assert.ok(median < 2000, `a slider takes ${median} ms`);
});

test('level lines lie where the energy has their value', async () => {
  const {circles, saddle, nice} = await page.evaluate(async () => {
    const {contours, levels} = await import('./js/contours.js');
    const size = 41;
    const grid = energy => ({
      columns: size, rows: size,
      values: Array.from({length: size * size}, (_, i) => energy(i % size - 20, Math.floor(i / size) - 20)),
    });
    return {
      circles: contours(grid((x, y) => x * x + y * y), 150),
      saddle: contours(grid((x, y) => x * y + 0.3), 0.1),
      nice: levels([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 8),
    };
  });
  assert.equal(circles.length, 1, 'one line around the middle');
  assert.deepEqual(circles[0][0], circles[0].at(-1), 'which is closed');
  for (const [x, y] of circles[0]) {
    assert.ok(Math.abs(Math.hypot(x - 20, y - 20) - Math.sqrt(150)) < 0.03, `(${x}, ${y})`);
  }
  assert.equal(saddle.length, 2, 'both branches of a hyperbola');
  for (const [x, y] of saddle.flat()) {
    assert.ok(Math.abs((x - 20) * (y - 20) + 0.2) < 0.15, `(${x}, ${y})`);
  }
  assert.deepEqual(nice, {step: 2, values: [2, 4, 6, 8]});
});

test('a click into the portrait starts a film there', async () => {
  await start('#run=0&clip=0&t=5');
  const {bounds} = await api(page, 'portrait?run=0');
  await page.waitForFunction(() => document.getElementById('portrait-legend').children.length > 3);
  const canvas = page.locator('#portrait');
  const box = await canvas.boundingBox();
  const before = await pixels(page, 'portrait');
  await canvas.click({position: {x: Math.round(box.width * 0.7), y: Math.round(box.height * 0.4)}});
  const {x, y} = await view(page, values => values.from === 'point');
  assert.ok(Number(x) > (bounds[0] + bounds[1]) / 2 && Number(x) < bounds[1], `x = ${x}`);
  assert.ok(Number(y) > (bounds[2] + bounds[3]) / 2 && Number(y) < bounds[3], `y = ${y}`);
  await page.waitForFunction(() => Number(document.getElementById('time').value) > 1);
  await page.click('#zero');
  const found = await film(`from=point&x=${x}&y=${y}&speed=1`);
  await shows(page, 'prediction', frameOf(found, 0));
  const start0 = found.path[found.times.indexOf(0)];
  assert.ok(Math.abs(start0[0] - Number(x)) < 1e-3 * (bounds[1] - bounds[0]), `the film starts at ${start0}`);
  assert.ok(Math.abs(start0[1] - Number(y)) < 1e-3 * (bounds[3] - bounds[2]), `the film starts at ${start0}`);
  assert.notDeepEqual(await pixels(page, 'portrait'), before);
  assert.equal(await pixels(page, 'truth'), null, 'nobody knows a truth of this');
});

test('the keyboard sets a start in the portrait too', async () => {
  await start('#run=0&clip=0&t=0');
  await delay(500);
  await page.focus('#portrait');
  await page.keyboard.press('ArrowRight');
  assert.match(await text(page, 'portrait-status'), /^Cursor at/);
  const time = await page.inputValue('#time');
  await page.keyboard.press('Shift+ArrowUp');
  assert.equal(await page.inputValue('#time'), time, 'arrows move the cursor and not the time');
  await page.keyboard.press('Enter');
  const {x, y} = await view(page, values => values.from === 'point');
  await page.click('#zero');
  await shows(page, 'prediction', frameOf(await film(`from=point&x=${x}&y=${y}&speed=1`), 0));
});

test('samples from the prior differ', async t => {
  if (!run.hasPrior) {
    t.skip('this run has no prior');
    return;
  }
  await start('#run=0&clip=0&t=4');
  await page.click('#sample');
  const first = (await view(page, values => values.from === 'sample')).seed;
  const a = frameOf(await film(`from=sample&seed=${first}&speed=1`), 4);
  await shows(page, 'prediction', a);
  await page.click('#sample');
  const second = (await view(page, values => values.seed !== first)).seed;
  const b = frameOf(await film(`from=sample&seed=${second}&speed=1`), 4);
  await shows(page, 'prediction', b);
  assert.notDeepEqual(a, b);
  assert.match(await text(page, 'truth-none'), /made this film up/);
  assert.equal(await page.inputValue('#time'), '4', 'the time is kept');
});

test('an interpolation goes from one clip to the other', async () => {
  await start('#run=0&clip=2&other=5&t=0');
  await page.click('#mix');
  for (const share of [0, 0.5, 1]) {
    await slide(page, '#share', share);
    await view(page, values => Number(values.share) === share);
    await shows(page, 'prediction', frameOf(await film(`from=mix&clip=2&other=5&share=${share}&speed=1`), 0));
    if (share !== 0.5) {
      const end = frameOf(await film(`from=clip&clip=${share === 0 ? 2 : 5}&speed=1`), 0);
      const seen = await pixels(page, 'prediction');
      assert.ok(seen.every((value, i) => Math.abs(value - end[i]) <= 1), `share ${share} is not that clip`);
    }
  }
  await page.click('#mix');
  await view(page, values => values.from === 'clip');
});

test('the clip can be chosen, and stays within the clips that there are', async () => {
  await start('#run=0&clip=0&t=0');
  await page.click('#clip-next');
  await shows(page, 'prediction', frameOf(await film('from=clip&clip=1&speed=1'), 0));
  await shows(page, 'truth', frameOf(await api(page, 'truth?run=0&clip=1&speed=1'), 0));
  await page.fill('#clip', '99999999');
  await page.press('#clip', 'Enter');
  const last = run.clips - 1;
  await view(page, values => Number(values.clip) === last);
  assert.equal(await page.inputValue('#clip'), String(last));
  await shows(page, 'prediction', frameOf(await film(`from=clip&clip=${last}&speed=1`), 0));
});

test('each speed films the same moment at its own pace', async () => {
  for (const speed of run.speeds) {
    await start('#run=0&clip=0&t=8&speed=1');
    await page.click(`#speeds [data-speed="${speed}"]`);
    const time = Math.min(run.ahead, Math.round(8 / speed));
    await page.waitForFunction(expected => Number(document.getElementById('time').value) === expected, time);
    await shows(page, 'prediction', frameOf(await film(`from=clip&clip=0&speed=${speed}`), time));
  }
});

test('the energies in the legend are those of the server, for each integrator', async t => {
  if (!run.hasEnergy) {
    t.skip('this run has no energy');
    return;
  }
  await start('#run=0&clip=0&t=6&speed=1');
  for (const name of run.integrators) {
    await page.check(`#energy-${name}`);
  }
  const {times, series} = await api(
      page, `energies?run=0&from=clip&clip=0&speed=1&integrators=${run.integrators.join(',')}`);
  for (const time of [6, -9]) {
    await slide(page, '#time', time);
    for (const {integrator, values} of series) {
      const entry = page.locator(`li:has(#energy-${integrator}) output`);
      const expected = values?.[times.indexOf(time)] ?? null;
      if (expected === null) {
        continue;
      }
      await entry.filter({hasText: /\d/}).waitFor();
      const shown = number(await entry.innerText());
      assert.ok(Math.abs(shown - expected) <= 1e-3 * Math.abs(expected), `${integrator}: ${shown}, not ${expected}`);
    }
  }
  const own = page.locator(`#energy-${run.integrator}`);
  await own.uncheck();
  await page.locator(`li:has(#energy-${run.integrator}) output`).filter({hasNotText: /\d/})
      .waitFor({state: 'attached'});
  await own.check();
});

test('another integrator makes another film', async t => {
  const other = run.integrators.find(name => name === 'euler' && name !== run.integrator);
  if (!other) {
    t.skip('there is no integrator to choose');
    return;
  }
  await start('#run=0&clip=0&t=0&speed=1');
  await slide(page, '#time', run.ahead);
  const own = frameOf(await film('from=clip&clip=0&speed=1'), run.ahead);
  await shows(page, 'prediction', own);
  await page.selectOption('#integrator', other);
  const euler = frameOf(await film(`from=clip&clip=0&speed=1&integrator=${other}`), run.ahead);
  await shows(page, 'prediction', euler);
  assert.notDeepEqual(own, euler);
  await page.selectOption('#integrator', run.integrator);
  await shows(page, 'prediction', own);
});

test('errors by frame and curves of training are the numbers of the server', async () => {
  await start('#run=0&clip=0&t=3&speed=1');
  const errors = await api(page, 'errors?run=0');
  const entry = page.locator('#errors-key li', {hasText: /^model/}).locator('output');
  await entry.waitFor({timeout: 60_000});
  const expected = errors.model[errors.times.indexOf(3)];
  assert.equal(await entry.innerText(), (expected * 1e4).toFixed(2) + 'e-4');
  const curves = await api(page, 'curves?run=0');
  const figures = page.locator('#curves-charts figure');
  assert.equal(await figures.count(), Object.keys(curves.series).length);
  const mse = await page.locator('#curves-charts figure', {hasText: 'MSE'}).locator('output').innerText();
  assert.ok(mse.startsWith((curves.series.mse.at(-1) * 1e4).toFixed(2) + 'e-4'), mse);
  if (curves.validation.values.length) {
    assert.ok(mse.includes('validation ' + (curves.validation.values.at(-1) * 1e4).toFixed(2) + 'e-4'), mse);
  }
  for (const chart of await page.locator('.chart:visible').all()) {
    assert.ok(await chart.locator('canvas').count() > 0, 'a chart is empty');
  }
});

test('films and charts can be saved', async () => {
  await start('#run=0&clip=0&t=0');
  const heads = {gif: 'GIF8', png: '\u0089PNG', npz: 'PK'};
  for (const format of ['gif', 'png', 'csv', 'npz']) {
    const [download] = await Promise.all([
      page.waitForEvent('download'), page.click(`[data-format=${format}]`)]);
    assert.ok(download.suggestedFilename().endsWith('.' + format), download.suggestedFilename());
    const bytes = await contents(download);
    assert.ok(bytes.length > 100, `${format} has ${bytes.length} bytes`);
    if (heads[format]) {
      assert.equal(bytes.toString('latin1', 0, heads[format].length), heads[format]);
    }
  }
  for (const name of ['portrait', 'energy chart', 'error chart', 'curves of training']) {
    const button = page.getByRole('button', {name: `Save ${name} as PNG`, exact: true});
    if (await button.isVisible()) {
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
      assert.equal((await contents(download)).toString('latin1', 1, 4), 'PNG');
    }
  }
});

test('charts can be saved as shapes, with a line for each that is shown', async () => {
  // a page of its own: Chromium lets one save only so many files
  const own = await open(browser, '#run=0&clip=0&t=0');
  await own.waitForFunction(() => document.querySelectorAll('.uplot').length >= 7);
  for (const [name, lines] of [['energy chart', 2], ['error chart', 4], ['curves of training', 5]]) {
    const button = own.getByRole('button', {name: `Save ${name} as SVG`, exact: true});
    const [download] = await Promise.all([own.waitForEvent('download'), button.click()]);
    const drawn = (await contents(download)).toString('utf8');
    const counts = await own.evaluate(text => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      const paths = [...parsed.querySelectorAll('path')].map(path => path.getAttribute('d'));
      return {
        errors: parsed.querySelectorAll('parsererror').length,
        drawn: paths.filter(d => /^M[\d.]+ [\d.]+L/.test(d)).length,
        broken: paths.filter(d => d.includes('NaN')).length,
        words: parsed.querySelectorAll('text').length,
      };
    }, drawn);
    assert.equal(counts.errors, 0, name);
    assert.equal(counts.broken, 0, name);
    assert.ok(counts.drawn >= lines, `${name}: ${counts.drawn} lines`);
    assert.ok(counts.words > 5, `${name}: ${counts.words} words`);
  }
  assert.deepEqual(own.faults, []);
  await own.close();
});

test('a logarithmic chart may begin just below a power of ten', async () => {
  const drawn = await page.evaluate(async () => {
    const {Chart} = await import(new URL('js/chart.js', location.href));
    const host = document.createElement('div');
    host.style.width = '300px';
    document.body.append(host);
    const chart = new Chart(host, {label: 'norm', log: true, series: [{label: 'norm', look: 0}]});
    let canvas = null;
    for (const low of [1.274, 0.0129, 1.2991e-5, 13.001, 9.999, 1]) {
      chart.setData([[1, 2], [low, 14 * low]]);
      await new Promise(done => setTimeout(done, 50));
      canvas = host.querySelector('canvas');
    }
    host.remove();
    return canvas !== null;
  });
  assert.ok(drawn);
});

test('nothing of all this left an error behind', () => {
  assert.deepEqual(page.faults, []);
});

async function contents(download) {
  const chunks = [];
  for await (const chunk of await download.createReadStream()) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

