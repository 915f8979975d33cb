// Sliders of the latents that carry something. A latent set by hand stays so until reset or until a new start.
import {address} from './api.js';
import {byId, element, say} from './dom.js';
import {Latest} from './latest.js';
import {fixed} from './text.js';

/** In standard deviations of the prior; a slider reaches further where a value lies outside. */
const REACH = 4;
const STEP = 0.02;

/** While a slider is dragged the film goes first. */
const SLOWER_MS = 120;

export function createLatents(room) {
  const {view} = room;
  const questions = new Latest(SLOWER_MS);
  let sliders = new Map();

  async function load() {
    const {run} = room;
    if (!run || view.get('from') === 'point' || run.latents === 0) {
      questions.cancel();
      show([]);
      return;
    }
    try {
      // Without those set by hand: the answer is what a reset goes back to.
      const source = view.source({withLatents: false});
      const answer = await questions.ask(address('latents', room.parameters(source)));
      if (answer && run === room.run) {
        say('latents-status', '');
        show(answer.latents);
      }
    } catch (error) {
      show([]);
      say('latents-status', error.message);
    }
  }

  function show(latents) {
    const same = latents.length === sliders.size && latents.every(latent => sliders.has(latent.index));
    if (!same) {
      sliders = new Map(latents.map(latent => [latent.index, slider(latent, setByHand)]));
      byId('sliders').replaceChildren(...[...sliders.values()].map(one => one.row));
    }
    latents.forEach(latent => sliders.get(latent.index).take(latent));
    showEdits();
  }

  function setByHand(index, value) {
    view.set({z: {...view.get('z'), [index]: value}});
  }

  function showEdits() {
    const edits = view.get('z');
    sliders.forEach((one, index) => one.edit(edits[index] ?? null));
    const count = Object.keys(edits).length;
    byId('latents-reset').disabled = count === 0;
    byId('latents-text').textContent = explanation();
  }

  function explanation() {
    if (view.get('from') === 'point') {
      return 'A point of the portrait is a state, and has no latents.';
    }
    if (!room.run || room.run.latents === 0 || sliders.size === 0) {
      return 'This model has no latents to move.';
    }
    return `${sliders.size} of ${room.run.latents} in use; nats: how much each tells about a clip. `
        + 'The line on a slider is the posterior: mean and two deviations.';
  }

  byId('latents-reset').addEventListener('click', () => view.set({z: {}}));
  room.on('run', load);
  view.on(['from', 'clip', 'other', 'share', 'seed'], load);
  view.on(['z'], showEdits);
}

function slider(latent, onInput) {
  const id = `latent-${latent.index}`;
  const name = element('label', {for: id}, `z${latent.index}`);
  const nats = element('span', {class: 'quiet'}, `${fixed(latent.nats, 2)} nats`);
  const range = element('input', {id, type: 'range', step: STEP});
  const posterior = element('span', {class: 'posterior', 'aria-hidden': 'true'});
  const value = element('output', {for: id});
  const row = element('div', {class: 'latent'}, name, nats, value, element('div', {class: 'ranged'}, posterior, range));
  let inferred = latent.value;
  range.addEventListener('input', () => onInput(latent.index, Number(range.value)));

  function take(now) {
    inferred = now.value;
    const reach = Math.max(REACH, Math.ceil(Math.abs(inferred)));
    range.min = -reach;
    range.max = reach;
    showPosterior(now, reach);
  }

  function showPosterior({mean, deviation}, reach) {
    posterior.hidden = mean === null || deviation === null;
    if (!posterior.hidden) {
      const place = z => 50 + 50 * Math.max(-1, Math.min(1, z / reach));
      posterior.style.left = place(mean - 2 * deviation) + '%';
      posterior.style.right = 100 - place(mean + 2 * deviation) + '%';
    }
  }

  function edit(byHand) {
    const shown = byHand ?? inferred;
    range.value = shown;
    row.classList.toggle('edited', byHand !== null);
    value.textContent = fixed(shown, 2) + (byHand === null ? '' : ' (by hand)');
  }

  return {row, take, edit};
}
