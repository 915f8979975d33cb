// Watches a training that goes on. HGN_LIVE is the address that hgn4j train --watch prints; without it this is
// skipped.
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {after, before, test} from 'node:test';
import {delay, launch, pixels, text, watch} from './page.js';

const axe = createRequire(import.meta.url)('axe-core');
const address = process.env.HGN_LIVE;
const MINUTES = 60_000;

let browser;
let page;

before(async () => {
  browser = address ? await launch() : null;
});

after(() => browser?.close());

test('a training can be watched until its end', {skip: !address && 'HGN_LIVE is not set'}, async t => {
  page = await browser.newPage({viewport: {width: 1280, height: 900}, reducedMotion: 'reduce'});
  watch(page, address);
  await page.goto(address);

  await page.waitForFunction(() => /^Step [1-9]/.test(document.getElementById('live-step').textContent), null,
      {timeout: 2 * MINUTES});
  const early = await step();
  await page.waitForFunction(
      before => Number(/Step ([\d,]+)/.exec(document.getElementById('live-step').textContent)[1].replace(',', '')) > before,
      early, {timeout: MINUTES});
  assert.match(await text(page, 'live-step'), /left/);
  for (const title of ['MSE', 'Loss', 'KL', 'Lambda', 'Gradient norm', 'Learning rate']) {
    const figure = page.locator('#live-charts figure', {hasText: title}).first();
    await figure.locator('canvas').waitFor();
    assert.match(await figure.locator('output').innerText(), /\d/);
  }

  await page.locator('#live-screens canvas').first().waitFor({timeout: 2 * MINUTES});
  assert.match(await text(page, 'live-films-title'), /^Evaluation at step [\d,]+: validation error [\d.]+e-4/);
  const titles = await page.locator('#live-screens figcaption').allInnerTexts();
  assert.deepEqual(titles.slice(0, 2), ['Truth', 'Prediction']);
  assert.ok(titles.includes('Sample 1'));
  await filmsPlayWhenAsked();

  await page.evaluate(axe.source);
  const {violations} = await page.evaluate(() => window.axe.run());
  const grave = violations.filter(({impact}) => ['serious', 'critical'].includes(impact));
  assert.deepEqual(grave.map(({id, nodes}) => `${id}: ${nodes.map(node => node.html).join(' ')}`), []);
  if (process.env.HGN_SCREENSHOTS) {
    await page.screenshot({path: `${process.env.HGN_SCREENSHOTS}/live.png`, fullPage: true});
  }

  const faults = [...page.faults];
  await page.waitForFunction(() => document.getElementById('live-title').textContent === 'Training has ended', null,
      {timeout: 5 * MINUTES});
  assert.match(await text(page, 'live-status'), /Look at the run with: hgn4j explore \S+/);
  assert.doesNotMatch(await text(page, 'live-status'), /RUN|null/);
  assert.deepEqual(faults, []);
  t.diagnostic(await text(page, 'live-status'));
});

async function step() {
  return Number(/Step ([\d,]+)/.exec(await text(page, 'live-step'))[1].replace(',', ''));
}

async function filmsPlayWhenAsked() {
  await page.evaluate(() => {
    document.querySelector('#live-screens canvas').id = 'first-film';
  });
  assert.ok(!await moves(), 'little motion was asked for');
  await page.getByRole('button', {name: 'Play these films'}).click();
  assert.ok(await moves(), 'the films stand still');
}

/** Whether the first film moves. Between two looks an evaluation may bring other films: then it is looked at again. */
async function moves() {
  for (let attempt = 0; attempt < 20; attempt++) {
    const before = [await text(page, 'live-films-title'), String(await pixels(page, 'first-film'))];
    await delay(300);
    const after = [String(await pixels(page, 'first-film')), await text(page, 'live-films-title')];
    if (before[0] === after[1]) {
      return before[1] !== after[0];
    }
  }
  throw new Error('the films were never the same for 300 ms');
}
