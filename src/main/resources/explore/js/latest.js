// Asks one question at a time, and then the newest: a slider that is dragged asks more than can be answered.
import {getJson} from './api.js';

/** A question that runs for so long is given up when a newer one waits. */
const PATIENCE_MS = 200;

export class Latest {
  #running = null;
  #waiting = null;
  #timer = 0;

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
    if (this.#running) {
      clearTimeout(this.#timer);
      const running = this.#running;
      this.#timer = setTimeout(
          () => this.#waiting && running.abort(), running.since + PATIENCE_MS - performance.now());
      return;
    }
    this.#send();
  }

  async #send() {
    const {path, resolve, reject} = this.#waiting;
    const control = new AbortController();
    this.#waiting = null;
    this.#running = {since: performance.now(), abort: () => control.abort()};
    try {
      resolve(await getJson(path, control.signal));
    } catch (error) {
      if (control.signal.aborted) {
        resolve(null);
      } else {
        reject(error);
      }
    } finally {
      clearTimeout(this.#timer);
      this.#running = null;
      this.#next();
    }
  }
}
