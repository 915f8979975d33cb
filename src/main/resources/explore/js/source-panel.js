// Where the film starts: at a test clip, at a draw from the prior, between two clips, or at a point of the portrait.
import {byId} from './dom.js';
import {fixed, significant, whole} from './text.js';

const MOST_SEEDS = 1_000_000;

export function createSourcePanel(room) {
  const {view} = room;
  const clip = byId('clip');
  const other = byId('other');
  const share = byId('share');

  function within(value) {
    return Math.min(room.run.clips - 1, Math.max(0, Math.round(value) || 0));
  }

  /** In a mix, another first clip leaves the mix as it is; else it starts at that clip. */
  function goToClip(number) {
    const from = view.get('from') === 'mix' ? 'mix' : 'clip';
    view.startFrom({from, clip: within(number)});
    clip.value = view.get('clip');
  }

  clip.addEventListener('change', () => goToClip(Number(clip.value)));
  byId('clip-previous').addEventListener('click', () => goToClip(view.get('clip') - 1));
  byId('clip-next').addEventListener('click', () => goToClip(view.get('clip') + 1));
  byId('sample').addEventListener('click', () => {
    view.startFrom({from: 'sample', seed: Math.floor(Math.random() * MOST_SEEDS)});
  });
  byId('mix').addEventListener('click', () => {
    if (view.get('from') === 'mix') {
      view.startFrom({from: 'clip'});
    } else {
      const clip = view.get('clip');
      const other = view.get('other') === clip ? within(clip + 1) : within(view.get('other'));
      view.startFrom({from: 'mix', other});
    }
  });
  share.addEventListener('input', () => view.set({share: Number(share.value)}));
  other.addEventListener('change', () => {
    view.startFrom({other: within(Number(other.value))});
    other.value = view.get('other');
  });

  function show() {
    const {run} = room;
    if (!run) {
      return;
    }
    const from = view.get('from');
    clip.value = view.get('clip');
    clip.max = run.clips - 1;
    other.value = view.get('other');
    other.max = run.clips - 1;
    share.value = view.get('share');
    byId('clip-count').textContent = `of ${whole(run.clips)}`;
    byId('share-text').textContent = `${Math.round(100 * view.get('share'))} %`;
    byId('mix-first').textContent = view.get('clip');
    byId('mixing').hidden = from !== 'mix';
    byId('mix').setAttribute('aria-pressed', String(from === 'mix'));
    byId('source-text').textContent = description(from, Object.keys(view.get('z')).length);
    byId('sample').disabled = !run.hasPrior;
    byId('sample').title = run.hasPrior ? '' : 'This model has no prior to draw from';
    byId('mix').disabled = run.clips < 2;
  }

  function description(from, edited) {
    const start = {
      clip: `From the state that the model inferred from test clip ${view.get('clip')}`,
      sample: `A film the model made up: its latents were drawn from the prior with seed ${view.get('seed')}`,
      mix: `From latents between those of clip ${view.get('clip')} and of clip ${view.get('other')}`
          + `, ${fixed(100 * view.get('share'), 0)} % of the latter`,
      point: `From point (${significant(view.get('x'))}, ${significant(view.get('y'))}) of the portrait`,
    }[from];
    const byHand = {0: '', 1: '; one latent set by hand'}[edited] ?? `; ${edited} latents set by hand`;
    return start + (from === 'point' ? '' : byHand) + '.';
  }

  room.on('run', show);
  view.on(['from', 'clip', 'other', 'share', 'seed', 'x', 'y', 'z'], show);
}
