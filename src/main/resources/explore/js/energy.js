// The learnt energy along the film, for each integrator ticked. The ticks are the legend, with the value of now.
import {address} from './api.js';
import {Chart} from './chart.js';
import {byId, element, pictureButton, say, svgButton} from './dom.js';
import {Latest} from './latest.js';
import {fixed, significant} from './text.js';
import {dash, keyEntry, seriesColour, swatch} from './theme.js';
import {SOURCE_KEYS} from './view-state.js';

/** Ticked at first, beside the model's own: a good one of high order to compare with. */
const COMPANION = 'rk4';

/** While a slider is dragged the film goes first. */
const SLOWER_MS = 120;

export function createEnergy(room, player) {
  const {view} = room;
  const questions = new Latest(SLOWER_MS);
  let answer = null;
  let step = 1;
  let entries = new Map();
  const chart = new Chart(byId('energy-chart'), {
    label: 'Learnt energy along the film',
    x: 'seconds from frame 0',
    y: 'H',
    series: [],
    mark: () => room.time * step,
    onPick: seconds => {
      player.pause();
      player.go(Math.round(seconds / step));
    },
  });

  const picture = pictureButton(
      'energy chart', () => chart.picture(byId('energy-title').firstChild.textContent),
      () => `${room.run.name}-energy.png`);
  const drawing = svgButton(
      'energy chart', () => chart.svg(byId('energy-title').firstChild.textContent),
      () => `${room.run.name}-energy.svg`);

  function ticked() {
    const {run} = room;
    const chosen = view.get('energies') ?? [run.integrator, COMPANION];
    return run.integrators.filter(name => chosen.includes(name));
  }

  function showRun() {
    const {run} = room;
    questions.cancel();
    answer = null;
    entries = new Map((run?.integrators ?? []).map((name, number) => [name, entry(name, number)]));
    byId('energy-key').replaceChildren(...[...entries.values()].map(one => one.item));
    const hasEnergy = Boolean(run?.hasEnergy);
    byId('energy-none').hidden = hasEnergy;
    byId('energy-chart').hidden = !hasEnergy;
    byId('energy-key').hidden = !hasEnergy;
    picture.hidden = drawing.hidden = !hasEnergy;
    say('energy-status', '');
    load();
  }

  function entry(name, number) {
    const box = element('input', {type: 'checkbox', id: `energy-${name}`});
    const made = keyEntry(swatch(seriesColour(number), dash(number)), '');
    const label = element('label', {for: box.id}, box, made.item.firstChild, name);
    made.item.replaceChildren(label, made.value);
    box.addEventListener('change', () => {
      const now = new Set(ticked());
      now[box.checked ? 'add' : 'delete'](name);
      view.set({energies: [...now]});
    });
    return {...made, box, number};
  }

  async function load() {
    const {run} = room;
    if (!run?.hasEnergy) {
      return;
    }
    const names = ticked();
    entries.forEach((one, name) => {
      one.box.checked = names.includes(name);
    });
    if (names.length === 0) {
      questions.cancel();
      answer = {times: [], series: []};
      show();
      return;
    }
    try {
      const speed = view.get('speed');
      const parameters = {...view.source(), speed, integrators: names.join(',')};
      const found = await questions.ask(address('energies', room.parameters(parameters)));
      if (found && run === room.run) {
        answer = found;
        step = run.dt * speed;
        show();
      }
    } catch (error) {
      say('energy-status', error.message);
    }
  }

  function show() {
    const drawn = answer.series.filter(series => series.values && entries.has(series.integrator));
    chart.setData(
        [answer.times.map(time => time * step), ...drawn.map(series => series.values)],
        drawn.map(series => ({label: series.integrator, look: entries.get(series.integrator).number})));
    say('energy-status', answer.series.filter(series => series.error).map(series => series.error).join(' '));
    showNow();
  }

  function showNow() {
    chart.redraw();
    if (!answer) {
      return;
    }
    const index = answer.times.indexOf(room.time);
    const values = new Map(answer.series.map(series => [series.integrator, series.values?.[index]]));
    entries.forEach((one, name) => {
      const value = values.get(name);
      one.value.textContent = Number.isFinite(value) ? significant(value, 5) : '';
    });
    if (player.direction === 0) {
      const said = answer.series.map(({integrator}) => `${integrator} ${significant(values.get(integrator), 5)}`);
      chart.describe(`Learnt energy along the film; at ${fixed(room.time * step, 2)} seconds: ${said.join(', ')}`);
    }
  }

  byId('energy-title').append(picture, drawing);
  room.on('run', showRun);
  view.on([...SOURCE_KEYS, 'speed', 'energies'], load);
  view.on(['t'], showNow);
}
