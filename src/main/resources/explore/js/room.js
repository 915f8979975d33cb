// What all parts of the page share: the view, and what the server said about it. Parts hear of news by events.
import {ViewState} from './view-state.js';

export class Room extends EventTarget {
  view = new ViewState();

  /** The runs that the server offers; the one looked at, as api/run tells it, or null while it is unknown. */
  runs = [];
  run = null;

  /** The film and, where it is known, what really happened. */
  film = null;
  truth = null;

  /** Events: 'run', 'film' and 'truth' after these have changed. */
  tell(news, values) {
    Object.assign(this, values);
    this.dispatchEvent(new Event(news));
  }

  on(news, listener) {
    for (const one of news.split(' ')) {
      this.addEventListener(one, listener);
    }
  }

  get time() {
    return this.view.get('t');
  }

  /** The integrator that makes the film: the chosen one, or else the model's own. */
  get integrator() {
    return this.view.get('integrator') || this.run?.integrator || '';
  }

  /** Parameters of a call about this run. */
  parameters(more = {}) {
    return {run: this.run.id, ...more};
  }
}
