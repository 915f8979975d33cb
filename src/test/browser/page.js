// Opens the explorer's page in Chromium and watches over what it must never do.
import {chromium} from 'playwright-core';

/** The server answers only so many requests in a second, and one page takes most of them to load. */
const BETWEEN_PAGES_MS = 1200;

const address = process.env.HGN_EXPLORER;

let lastOpened = 0;

export function launch() {
  return chromium.launch({
    executablePath: process.env.HGN_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

/**
 * Opens a view and waits for its film.
 *
 * @return the page; its `faults` are lines about errors on the console, failed requests and requests to other hosts
 */
export async function open(browser, hash = '', options = {}) {
  if (!address) {
    throw new Error('set HGN_EXPLORER to the address that hgn4j explore prints');
  }
  await delay(lastOpened + BETWEEN_PAGES_MS - Date.now());
  lastOpened = Date.now();
  const page = await browser.newPage({
    viewport: {width: 1280, height: 900}, reducedMotion: 'reduce', colorScheme: 'light', ...options,
  });
  watch(page, address);
  await page.goto(address + hash);
  await filmShown(page);
  return page;
}

/** Notes from now on what goes wrong on a page, in its `faults`. */
export function watch(page, address) {
  const own = new URL(address).host;
  page.faults = [];
  page.on('console', message => {
    // The tests themselves read canvases over and over, of which Chromium warns.
    if (['error', 'warning'].includes(message.type()) && !message.text().includes('willReadFrequently')) {
      page.faults.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', error => page.faults.push(`error: ${error.stack}`));
  page.on('request', request => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.host !== own) {
      page.faults.push(`asked another host: ${request.url()}`);
    }
  });
  page.on('requestfailed', request => {
    // The page itself gives up a question when a newer one waits.
    const givenUp = request.url().includes('/api/') && request.failure().errorText === 'net::ERR_ABORTED';
    if (!givenUp) {
      page.faults.push(`failed: ${request.url()} ${request.failure().errorText}`);
    }
  });
  page.on('response', response => {
    if (response.status() >= 400 && response.status() !== 503) {
      page.faults.push(`answered ${response.status()}: ${response.url()}`);
    }
  });
}

export function delay(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, Math.max(0, milliseconds)));
}

/** Waits until a predicted frame is on its canvas. */
export async function filmShown(page) {
  await page.waitForFunction(() => {
    const canvas = document.getElementById('prediction');
    return canvas.width > 1 && canvas.getContext('2d').getImageData(0, 0, 1, 1).data[3] === 255;
  }, null, {timeout: 60_000});
}

/** The JSON of a call, asked from within the page. */
export function api(page, call) {
  return page.evaluate(async path => {
    for (;;) {
      const response = await fetch('api/' + path);
      if (response.ok) {
        return response.json();
      }
      if (response.status !== 503 && response.status !== 429) {
        throw new Error(`${path}: ${response.status} ${await response.text()}`);
      }
      await new Promise(resolve => setTimeout(resolve, 300));
    }
  }, call);
}

/** The RGB bytes of a canvas, or null where it is empty. */
export function pixels(page, id) {
  return page.evaluate(canvasId => {
    const canvas = document.getElementById(canvasId);
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data[3] === 0 ? null : [...data].filter((_, i) => i % 4 !== 3);
  }, id);
}

/** The RGB bytes of one time of an answer of api/film or api/truth. */
export function frameOf(film, time) {
  const length = film.size * film.size * 3;
  const index = film.times.indexOf(time);
  return [...Buffer.from(film.frames, 'base64').subarray(index * length, (index + 1) * length)];
}

/** Waits until a canvas shows exactly these bytes; says how far it is from them if it never does. */
export async function shows(page, id, expected, milliseconds = 10_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const seen = await pixels(page, id);
    const wrong = seen === null ? expected.length : expected.filter((value, i) => value !== seen[i]).length;
    if (wrong === 0) {
      return;
    }
    if (Date.now() > end) {
      throw new Error(`#${id} differs from the server's frame in ${wrong} of ${expected.length} bytes`);
    }
    await delay(20);
  }
}

/** Moves a slider as a hand does: sets its value and tells the page. */
export function slide(page, selector, value) {
  return page.locator(selector).evaluate((slider, to) => {
    slider.value = to;
    slider.dispatchEvent(new Event('input', {bubbles: true}));
  }, String(value));
}

/** The view as the address has it, once it has been written. */
export async function view(page, condition = () => true) {
  for (let attempt = 0; ; attempt++) {
    const values = Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.slice(1)));
    if (condition(values)) {
      return values;
    }
    if (attempt === 100) {
      throw new Error(`the address never became as expected: ${page.url()}`);
    }
    await delay(50);
  }
}

export function text(page, id) {
  return page.locator('#' + id).innerText();
}

/** A number as the page writes it, with a true minus sign. */
export function number(written) {
  return Number(written.replace('\u2212', '-'));
}
