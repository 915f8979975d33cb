// Asks one question at a time, and then the newest: a slider that is dragged asks more than can be answered.
import {getJson} from './api.js';

/** A question that runs for so long is given up when a newer one waits. */
const PATIENCE_MS = 1000;

/** From one question to the next, where none is given: the server answers only so many in a second. */
const INTERVAL_MS = 50;

export class Latest {
  #running = null;
  #waiting = null;
  #timer = 0;
  #interval;
  #sent = -Infinity;

  constructor(interval = INTERVAL_MS) {
    this.#interval = interval;
  }

  /**
   * Gives the JSON at an address, or null if a newer question came before this one was sent, or if
   * it was given up. An answer that comes while a newer question waits is given all the same, so
   * that a film follows the hand on a slider.
   */
  ask(path) {
    this.#waiting?.resolve(null);
    return new Promise((resolve, reject) => {
      this.#waiting = {path, resolve, reject};
      this.#next();
    });
  }

  /** Gives up all questions. */
  cancel() {
    this.#waiting?.resolve(null);
    this.#waiting = null;
    this.#running?.abort();
  }

  #next() {
    if (!this.#waiting) {
      return;
    }
    clearTimeout(this.#timer);
    const running = this.#running;
    if (running) {
      this.#at(this.#sent + PATIENCE_MS, () => this.#waiting && running.abort());
    } else if (performance.now() < this.#sent + this.#interval) {
      this.#at(this.#sent + this.#interval, () => this.#next());
    } else {
      this.#send();
    }
  }

  #at(time, act) {
    this.#timer = setTimeout(act, time - performance.now());
  }

  async #send() {
    const {path, resolve, reject} = this.#waiting;
    const control = new AbortController();
    this.#waiting = null;
    this.#running = control;
    this.#sent = performance.now();
    try {
      resolve(await getJson(path, control.signal));
    } catch (error) {
      if (control.signal.aborted) {
        resolve(null);
      } else {
        reject(error);
      }
    } finally {
      this.#running = null;
      this.#next();
    }
  }
}
