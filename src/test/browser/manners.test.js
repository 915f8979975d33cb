// How the page behaves for those who use it otherwise: keyboard, little motion, narrow windows, dark, a lost server.
import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {after, before, test} from 'node:test';
import {delay, launch, open, shows, text, view, frameOf, api} from './page.js';

const axe = createRequire(import.meta.url)('axe-core');
const pictures = process.env.HGN_SCREENSHOTS;
const SIZES = [
  {name: 'wide', viewport: {width: 1280, height: 900}},
  {name: 'narrow', viewport: {width: 390, height: 844}},
];

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

/** Waits for what comes last: the errors, which are measured after the first film. */
async function settled(page) {
  await page.locator('#errors-key li').first().waitFor({timeout: 120_000});
  await delay(500);
}

for (const colorScheme of ['light', 'dark']) {
  for (const {name, viewport} of SIZES) {
    test(`a ${name} ${colorScheme} page is accessible and does not scroll sideways`, async () => {
      const page = await open(browser, '#run=0&clip=0&t=0', {colorScheme, viewport});
      await settled(page);
      if (pictures) {
        mkdirSync(pictures, {recursive: true});
        await page.screenshot({path: `${pictures}/${name}-${colorScheme}.png`});
        await page.screenshot({path: `${pictures}/${name}-${colorScheme}-all.png`, fullPage: true});
      }
      await page.evaluate(axe.source);
      const {violations} = await page.evaluate(() => window.axe.run());
      const grave = violations.filter(({impact}) => ['serious', 'critical'].includes(impact));
      assert.deepEqual(grave.map(({id, nodes}) => `${id}: ${nodes.map(node => node.html).join(' ')}`), []);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= viewport.width, `${width} pixels wide`);
      assert.deepEqual(page.faults, []);
      await page.close();
    });
  }
}

test('at 360 pixels there is one column and no sideways scrolling, in a mix too', async () => {
  const page = await open(browser, '#run=0&from=mix&clip=0&other=1&t=0', {viewport: {width: 360, height: 640}});
  await settled(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  const left = await page.locator('.panel:visible').evaluateAll(panels => panels.map(panel => panel.offsetLeft));
  assert.equal(new Set(left).size, 1);
  await page.close();
});

test('every control is reached by Tab and shows that it is', async () => {
  const page = await open(browser, '#run=0&clip=0&t=0');
  await settled(page);
  const wanted = await page.evaluate(() => {
    const controls = [...document.querySelectorAll('button, input, select, summary, a[href], [tabindex="0"]')]
        .filter(control => control.checkVisibility() && !control.disabled);
    controls.forEach((control, number) => control.setAttribute('data-number', number));
    return controls.length;
  });
  const reached = new Set();
  for (let press = 0; press < wanted + 5; press++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => ({
      number: document.activeElement.getAttribute('data-number'),
      outline: getComputedStyle(document.activeElement).outlineStyle,
      what: document.activeElement.outerHTML.slice(0, 80),
    }));
    if (focus.number !== null) {
      reached.add(focus.number);
      assert.notEqual(focus.outline, 'none', `no visible focus: ${focus.what}`);
    }
  }
  assert.equal(reached.size, wanted);
  await page.close();
});

test('a film plays at once, but not for those who want little motion', async () => {
  const lively = await open(browser, '#run=0&clip=0', {reducedMotion: 'no-preference'});
  await lively.waitForFunction(() => Number(document.getElementById('time').value) > 2);
  assert.equal(await lively.getAttribute('#forward', 'aria-pressed'), 'true');
  await lively.close();
  const calm = await open(browser, '#run=0&clip=0');
  await delay(600);
  assert.equal(await calm.inputValue('#time'), '0');
  await calm.close();
});

test('an address opens the view that it was taken from', async () => {
  const hash = '#run=0&from=mix&clip=1&other=2&share=0.3&t=-12&speed=0.5&integrator=euler&energies=euler';
  const page = await open(browser, hash);
  const film = await api(page, 'film?run=0&from=mix&clip=1&other=2&share=0.3&speed=0.5&integrator=euler');
  await shows(page, 'prediction', frameOf(film, -12));
  assert.deepEqual(
      await page.locator('#energy-key input:checked').evaluateAll(boxes => boxes.map(box => box.id)), ['energy-euler']);
  await page.click('#next');
  const values = await view(page, ({t}) => t === '-11');
  assert.deepEqual(values, {
    run: '0', from: 'mix', clip: '1', other: '2', share: '0.3', t: '-11', speed: '0.5',
    integrator: 'euler', energies: 'euler',
  });
  await page.close();
});

test('an error of the server is one line where it arose', async () => {
  const page = await open(browser, '#run=0&clip=0&t=0');
  await page.route('**/api/film?*', route => route.fulfill({
    status: 400, contentType: 'application/json', body: JSON.stringify({error: 'no such film'}),
  }));
  await page.click('#clip-next');
  await page.waitForFunction(() => document.getElementById('film-status').textContent === 'no such film');
  assert.equal(await page.getAttribute('#film-status', 'role'), 'status');
  await page.unroute('**/api/film?*');
  await page.click('#clip-next');
  await page.waitForFunction(() => document.getElementById('film-status').textContent === '');
  await page.close();
});

test('a server that has gone is named with the way to start it again', async () => {
  const page = await open(browser, '#run=0&clip=0&t=0');
  await settled(page);
  await page.route('**/api/**', route => route.abort('connectionrefused'));
  await page.click('#clip-next');
  await page.waitForFunction(() => /has ended. Start it again with/.test(
      document.getElementById('film-status').textContent));
  assert.match(await text(page, 'film-status'), /hgn4j explore /);
  await page.close();
});
