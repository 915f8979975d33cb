// Small films that play together round and round: those of an evaluation while training goes on.
import {element} from './dom.js';
import {Frames, paint} from './frames.js';
import {wantsCalm} from './theme.js';

const FRAME_MS = 1000 / 12;

export class Reel {
  #host;
  #films = [];
  #index = 0;
  #playing = !wantsCalm();
  #button = element('button', {type: 'button', class: 'small'});

  constructor(host) {
    this.#host = host;
    this.#button.addEventListener('click', () => {
      this.#playing = !this.#playing;
      this.#label();
    });
    this.#label();
    setInterval(() => this.#playing && !document.hidden && this.#show(this.#index + 1), FRAME_MS);
  }

  /** Shows other films: [{title, base64, size}]. Those of the same titles take the places that there are. */
  load(films) {
    const known = this.#films;
    const same = films.length === known.length && films.every(({title}, i) => title === known[i].title);
    this.#films = films.map(({title, base64, size}, i) =>
        ({...(same ? known[i] : this.#screen(title)), frames: new Frames(base64, size)}));
    if (!same) {
      this.#host.replaceChildren(...this.#films.map(film => film.figure), this.#button);
    }
    this.#show(this.#index);
  }

  #screen(title) {
    const canvas = element('canvas', {role: 'img', 'aria-label': title});
    const figure = element(
        'figure', {class: 'screen'},
        element('div', {class: 'frame'}, canvas), element('figcaption', {}, title));
    return {title, canvas, figure};
  }

  #show(index) {
    this.#index = index;
    for (const {frames, canvas} of this.#films) {
      paint(canvas, frames.at(index % frames.count), frames.size);
    }
  }

  #label() {
    this.#button.textContent = this.#playing ? 'Pause' : 'Play';
    this.#button.setAttribute('aria-label', this.#playing ? 'Pause these films' : 'Play these films');
  }
}
