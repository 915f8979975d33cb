// What is looked at: run, start of the film, time, speed, integrators. It lives in the address after #, so that a
// view can be sent to a colleague.

/** How long the time must rest before it is written: a playing film changes it twelve times a second. */
const REST_MS = 300;

const DEFAULTS = Object.freeze({
  run: 0,
  from: 'clip',
  clip: 0,
  other: 1,
  share: 0.5,
  seed: 1,
  x: 0,
  y: 0,
  z: Object.freeze({}),
  t: 0,
  speed: 1,
  integrator: '',
  energies: null,
});

/** Which numbers tell a start of each kind; the latents set by hand (z) come on top, but for points. */
const STARTS = {
  clip: ['clip'],
  sample: ['seed'],
  mix: ['clip', 'other', 'share'],
  point: ['x', 'y'],
};

/** All keys on which the start of a film depends. */
export const SOURCE_KEYS = ['from', 'clip', 'other', 'share', 'seed', 'x', 'y', 'z'];

export class ViewState {
  #values = {...DEFAULTS};
  #listeners = [];
  #timer = 0;
  #timerIsForTime = false;

  constructor() {
    this.#values = parse(location.hash);
    addEventListener('hashchange', () => this.set(parse(location.hash)));
  }

  get(key) {
    return this.#values[key];
  }

  /** Whether the address that the page was opened with named this key. */
  static isGiven(key) {
    return new URLSearchParams(location.hash.slice(1)).has(key);
  }

  /** Calls back after a change of any of these keys, once for all that change together. */
  on(keys, listener) {
    this.#listeners.push({keys, listener});
  }

  /** Changes some values; those that were so already are no change. */
  set(changes) {
    const changed = Object.keys(changes).filter(
        key => JSON.stringify(changes[key]) !== JSON.stringify(this.#values[key]));
    if (changed.length === 0) {
      return;
    }
    this.#values = {...this.#values, ...changes};
    this.#writeSoon(changed.every(key => key === 't'));
    for (const {keys, listener} of this.#listeners) {
      if (keys.some(key => changed.includes(key))) {
        listener();
      }
    }
  }

  /** Begins a film anew somewhere; latents set by hand belong to the old start and go. */
  startFrom(changes) {
    this.set({z: {}, ...changes});
  }

  /** The parameters of a call that tell the start of the film. */
  source({withLatents = true} = {}) {
    const from = this.get('from');
    const parameters = {from};
    for (const key of STARTS[from]) {
      parameters[key] = this.get(key);
    }
    if (withLatents && from !== 'point') {
      parameters.z = latentsText(this.get('z'));
    }
    return parameters;
  }

  #writeSoon(onlyTime) {
    this.#timerIsForTime = onlyTime && (!this.#timer || this.#timerIsForTime);
    if (this.#timer && !this.#timerIsForTime) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      history.replaceState(null, '', '#' + this.#text());
    }, REST_MS);
  }

  #text() {
    const {run, t, speed, integrator, energies} = this.#values;
    const text = new URLSearchParams({run, ...this.source(), t, speed});
    if (!text.get('z')) {
      text.delete('z');
    }
    if (integrator) {
      text.set('integrator', integrator);
    }
    if (energies) {
      text.set('energies', energies.join(','));
    }
    return text.toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
  }
}

function latentsText(z) {
  return Object.entries(z).map(([index, value]) => `${index}:${value}`).join(',');
}

function parse(hash) {
  const text = new URLSearchParams(hash.slice(1));
  const values = {...DEFAULTS};
  for (const key of ['run', 'clip', 'other', 'share', 'seed', 'x', 'y', 't', 'speed']) {
    const number = Number(text.get(key));
    if (text.get(key) && Number.isFinite(number)) {
      values[key] = number;
    }
  }
  values.t = Math.round(values.t);
  values.from = text.get('from') in STARTS ? text.get('from') : DEFAULTS.from;
  values.integrator = text.get('integrator') ?? '';
  values.energies = text.has('energies') ? text.get('energies').split(',').filter(Boolean) : null;
  values.z = parseLatents(text.get('z') ?? '');
  return values;
}

function parseLatents(text) {
  const z = {};
  for (const [, index, value] of text.matchAll(/(\d+):(-?[\d.]+(?:e-?\d+)?)/g)) {
    z[index] = Number(value);
  }
  return z;
}
