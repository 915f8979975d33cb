// The phase portrait: the film's way through the learnt state space, seen in a plane, beside the true one. A click,
// or Enter at the cursor, starts a film at that point.
import {address} from './api.js';
import {byId, element, pictureButton, say} from './dom.js';
import {Latest} from './latest.js';
import {Plane} from './plane.js';
import {fixed, significant} from './text.js';
import {keyEntry, swatch} from './theme.js';

const CURSOR_STEP = 0.02;
const WIDE_STEP = 0.1;

export function createPortrait(room, player) {
  const {view} = room;
  const questions = new Latest();
  const canvas = byId('portrait');
  const learnt = new Plane(canvas);
  const real = new Plane(byId('true-portrait'));
  let cursor = null;

  async function load() {
    const {run} = room;
    questions.cancel();
    ground(null);
    byId('planes').hidden = !run?.hasPlane && !run?.knowsStates;
    byId('learnt').hidden = !run?.hasPlane;
    if (byId('planes').hidden) {
      return;
    }
    try {
      const answer = await questions.ask(address('portrait', room.parameters()));
      if (answer && run === room.run) {
        say('portrait-status', '');
        ground(answer);
      }
    } catch (error) {
      say('portrait-status', error.message);
    }
  }

  function ground(portrait) {
    cursor = null;
    learnt.setGround(portrait && {
      ...portrait,
      labels: ['q', 'p'],
    });
    real.setGround(portrait?.truth ?? null);
    byId('true-plane').hidden = !portrait?.truth;
    if (portrait) {
      byId('portrait-help').textContent = planeText(portrait.explained)
          + ' Click into it to start a film there; by keyboard: arrow keys, then Enter.';
      showKey();
    }
    move();
  }

  function showKey() {
    const level = learnt.levelStep
        ? [keyEntry(swatch('--level', [], 1.5), `level line of H, every ${significant(learnt.levelStep, 2)}`).item] : [];
    byId('portrait-legend').replaceChildren(
        ...level,
        keyEntry(swatch('--others', [], 3), 'other test clips').item,
        keyEntry(swatch('--film', []), 'this film after frame 0').item,
        keyEntry(swatch('--film', [4, 4]), 'before').item,
        keyEntry(element('span', {class: 'ring'}), 'frame 0').item,
        keyEntry(element('span', {class: 'disc'}), 'now').item);
  }

  function move() {
    const {film, truth, time} = room;
    learnt.setFront({film, index: film?.indexOf(time) ?? null, cursor});
    const realIndex = truth?.indexOf(time) ?? null;
    real.setFront({film: truth, index: realIndex});
    byId('true-now').textContent = truth?.path && !truth.path[realIndex] ? 'unknown now' : '';
    const index = film?.indexOf(time) ?? null;
    if (film?.path?.[index] && player.direction === 0) {
      const [x, y] = film.path[index];
      canvas.setAttribute('aria-label', `Learnt phase portrait; now at ${significant(x, 3)}, ${significant(y, 3)}`);
    }
  }

  function startAt([x, y]) {
    // As many digits as one can point at, so that the address stays short.
    view.startFrom({from: 'point', x: Number(x.toPrecision(4)), y: Number(y.toPrecision(4)), t: 0});
    player.play(1);
  }

  function moveCursor(right, up) {
    const [x0, x1, y0, y1] = learnt.bounds;
    const [x, y] = cursor ?? startOfCursor();
    const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
    cursor = [clamp(x + right * (x1 - x0), x0, x1), clamp(y + up * (y1 - y0), y0, y1)];
    move();
    say('portrait-status', `Cursor at ${fixed(cursor[0], 2)}, ${fixed(cursor[1], 2)}; Enter starts a film here.`);
  }

  function startOfCursor() {
    const [x0, x1, y0, y1] = learnt.bounds;
    const index = room.film?.indexOf(room.time) ?? null;
    return room.film?.path?.[index] ?? [(x0 + x1) / 2, (y0 + y1) / 2];
  }

  canvas.addEventListener('click', event => {
    if (learnt.bounds) {
      const box = canvas.getBoundingClientRect();
      cursor = null;
      startAt(learnt.pointAt(event.clientX - box.left, event.clientY - box.top));
    }
  });
  canvas.addEventListener('keydown', event => {
    const step = event.shiftKey ? WIDE_STEP : CURSOR_STEP;
    const move = {
      ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step],
    }[event.key];
    if (!learnt.bounds || !(move || event.key === 'Enter')) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (move) {
      moveCursor(...move);
    } else {
      startAt(cursor ?? startOfCursor());
    }
  });
  canvas.addEventListener('blur', () => {
    cursor = null;
    say('portrait-status', '');
    move();
  });

  for (const [id, plane, name] of [['learnt', learnt, 'portrait'], ['true-plane', real, 'true-phase-space']]) {
    byId(id).querySelector('figcaption').append(
        pictureButton(name.replaceAll('-', ' '), () => plane.picture(), () => `${room.run.name}-${name}.png`));
  }
  room.on('run', load);
  room.on('film truth', move);
  view.on(['t'], move);
}

/** What the learnt plane is; the shares of variance tell how much of all motion is seen in it. */
function planeText(shares) {
  const percent = Math.round(100 * shares.reduce((sum, share) => sum + share, 0));
  return `Learnt q and p are seen along the axis on which they vary most (${percent} % of the variance).`;
}
