// The error of each frame over test clips, beside what is to be had for nothing and the noise in the films.
import {address} from './api.js';
import {Chart} from './chart.js';
import {byId, pictureButton, say, svgButton} from './dom.js';
import {Latest} from './latest.js';
import {error as asError, fixed, whole} from './text.js';
import {dash, keyEntry, seriesColour, swatch} from './theme.js';

const UNIT = 1e-4;
const LINES = [
  {key: 'model', label: 'model', look: 0},
  {key: 'noise', label: 'noise in the films (the least possible)', look: 2},
  {key: 'persistence', label: 'persistence: frame 0 repeated', look: 1},
  {key: 'meanFrame', label: "each clip's mean frame", look: 3},
];

export function createErrors(room, player) {
  const {view} = room;
  const questions = new Latest();
  let answer = null;
  let shown = [];
  let asked = null;
  const now = () => Math.round(room.time * view.get('speed'));
  const chart = new Chart(byId('errors-chart'), {
    label: 'Mean squared error of each frame',
    x: 'frame from the inferred one',
    y: 'MSE, 1e-4',
    log: true,
    unit: UNIT,
    height: 200,
    series: [],
    mark: () => room.time * view.get('speed'),
    onPick: frame => {
      player.pause();
      player.go(Math.round(frame / view.get('speed')));
    },
  });

  function clear() {
    questions.cancel();
    answer = null;
    shown = [];
    asked = null;
    byId('errors-key').replaceChildren();
    byId('errors-text').textContent = '';
    say('errors-status', '');
  }

  /** Measuring takes the server some seconds, in which it answers nothing else: the first film goes before. */
  async function loadAfterFilm() {
    const {run} = room;
    if (!room.film || asked === run) {
      return;
    }
    asked = run;
    say('errors-status', 'Measuring ...');
    try {
      const found = await questions.ask(address('errors', room.parameters()));
      if (found && run === room.run) {
        say('errors-status', '');
        answer = found;
        show();
      }
    } catch (error) {
      say('errors-status', error.message);
    }
  }

  function show() {
    const {times, rollouts, noise} = answer;
    const values = {...answer, noise: noise === null ? null : times.map(() => noise)};
    shown = LINES.filter(line => values[line.key]).map(line => ({
      ...line,
      values: values[line.key],
      entry: keyEntry(swatch(seriesColour(line.look), dash(line.look)), line.label),
    }));
    byId('errors-text').textContent = `Mean squared error per pixel over ${whole(rollouts)} test clips.`;
    byId('errors-key').replaceChildren(...shown.map(line => line.entry.item));
    chart.setData(
        [times, ...shown.map(line => line.values)],
        shown.map(({label, look}) => ({label, look})));
    showNow();
  }

  function showNow() {
    chart.redraw();
    if (!answer) {
      return;
    }
    const index = answer.times.indexOf(now());
    for (const line of shown) {
      line.entry.value.textContent = index < 0 ? '' : asError(line.values[index]);
    }
    if (index >= 0 && player.direction === 0) {
      const said = shown.map(line => `${line.label} ${asError(line.values[index])}`);
      chart.describe(`Mean squared error of frame ${fixed(now(), 0)}: ${said.join(', ')}`);
    }
  }

  byId('errors-title').append(
      pictureButton('error chart', () => chart.picture(byId('errors-title').firstChild.textContent),
          () => `${room.run.name}-errors.png`),
      svgButton('error chart', () => chart.svg(byId('errors-title').firstChild.textContent),
          () => `${room.run.name}-errors.svg`));
  room.on('run', clear);
  room.on('film', loadAfterFilm);
  view.on(['t', 'speed'], showNow);
}
