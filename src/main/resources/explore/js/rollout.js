// Keeps the film and its truth up to date with the view.
import {address} from './api.js';
import {say} from './dom.js';
import {Film} from './film.js';
import {Latest} from './latest.js';
import {SOURCE_KEYS} from './view-state.js';

export function createRollout(room) {
  const films = new Latest();
  const truths = new Latest();
  const {view} = room;

  async function loadFilm() {
    if (!room.run) {
      return;
    }
    const {run} = room;
    try {
      const answer = await films.ask(address('film', filmParameters(room)));
      if (answer && run === room.run) {
        say('film-status', '');
        room.tell('film', {film: new Film(answer)});
      }
    } catch (error) {
      say('film-status', error.message);
    }
  }

  async function loadTruth() {
    if (!room.run) {
      return;
    }
    const {run} = room;
    if (view.get('from') !== 'clip') {
      truths.cancel();
      room.tell('truth', {truth: null});
      return;
    }
    try {
      const parameters = room.parameters({clip: view.get('clip'), speed: view.get('speed')});
      const answer = await truths.ask(address('truth', parameters));
      if (answer && run === room.run) {
        room.tell('truth', {truth: new Film(answer)});
      }
    } catch (error) {
      room.tell('truth', {truth: null});
      say('film-status', error.message);
    }
  }

  room.on('run', () => {
    films.cancel();
    truths.cancel();
    say('film-status', '');
    room.tell('film', {film: null});
    room.tell('truth', {truth: null});
    loadFilm();
    loadTruth();
  });
  view.on([...SOURCE_KEYS, 'speed', 'integrator'], loadFilm);
  view.on(['from', 'clip', 'speed'], loadTruth);
}

/** What tells a film: start, speed and, unless it is the model's own, integrator. */
export function filmParameters(room) {
  return room.parameters({
    ...room.view.source(),
    speed: room.view.get('speed'),
    integrator: room.view.get('integrator'),
  });
}
