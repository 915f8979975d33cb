// The film's numbers as the server gives them: frames, the path in the portrait's plane, the learnt energy.
import {Frames} from './frames.js';

export class Film {
  #indices;

  /** Takes an answer of api/film or api/truth; the latter has neither step nor energy. */
  constructor(answer) {
    this.times = answer.times;
    this.step = answer.step ?? null;
    this.frames = new Frames(answer.frames, answer.size);
    this.path = answer.path ?? null;
    this.energy = answer.energy ?? null;
    this.#indices = new Map(answer.times.map((time, index) => [time, index]));
  }

  /** Where a time stands in all lists, or null if it is unknown. */
  indexOf(time) {
    return this.#indices.get(time) ?? null;
  }

  /** The RGB bytes of a time, or null if it is unknown. */
  frameAt(time) {
    const index = this.indexOf(time);
    return index === null ? null : this.frames.at(index);
  }

  get first() {
    return this.times[0];
  }

  get last() {
    return this.times[this.times.length - 1];
  }
}
