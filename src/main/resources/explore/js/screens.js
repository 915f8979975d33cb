// Shows the present frame: truth, prediction, and their difference.
import {byId} from './dom.js';
import {difference, meanSquaredError, paint, wipe} from './frames.js';
import {error} from './text.js';

export function createScreens(room) {
  const {view} = room;

  function show() {
    const time = room.time;
    const prediction = room.film?.frameAt(time) ?? null;
    const truth = room.truth?.frameAt(time) ?? null;
    const both = prediction && truth && room.film.frames.size === room.truth.frames.size;
    fill('prediction', prediction, room.film);
    fill('truth', truth, room.truth);
    fill('difference', both ? difference(prediction, truth) : null, room.film);
    byId('frame-error').textContent = both ? error(meanSquaredError(prediction, truth)) : '';
    byId('truth-none').textContent = truth ? '' : whyNoTruth();
    byId('difference-none').textContent = both ? '' : 'needs a truth';
  }

  function whyNoTruth() {
    if (view.get('from') !== 'clip') {
      return 'none: the model made this film up';
    }
    return room.truth ? 'not recorded at this time' : '';
  }

  room.on('film truth', show);
  view.on(['t', 'from'], show);
}

function fill(id, rgb, film) {
  const canvas = byId(id);
  if (rgb) {
    paint(canvas, rgb, film.frames.size);
  } else {
    wipe(canvas);
  }
}
