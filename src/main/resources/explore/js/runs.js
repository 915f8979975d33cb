// The choice of a run, and what there is to say about it: headline, facts, configuration.
import {address, setCommandToStart} from './api.js';
import {byId, element, say} from './dom.js';
import {Latest} from './latest.js';
import {error, whole} from './text.js';

export function createRuns(room) {
  const {view} = room;
  const questions = new Latest();
  const choice = byId('run');

  choice.addEventListener('change', () => {
    // A clip and an integrator of one run mean little in another.
    view.startFrom({run: Number(choice.value), from: 'clip', clip: 0, integrator: '', energies: null, t: 0});
  });

  /** Lists the runs that the server offers. A training may not have its folder yet. */
  function list(runs) {
    room.runs = runs;
    setCommandToStart('hgn4j explore ' + runs.map(run => knownPath(run) ?? 'RUN').join(' '));
    choice.replaceChildren(...runs.map(run => element('option', {value: run.id}, run.name)));
  }

  /** Opens the run of the view. */
  async function load() {
    const listed = room.runs.find(run => run.id === view.get('run')) ?? room.runs[0];
    if (!listed) {
      return;
    }
    choice.value = listed.id;
    if (listed.error) {
      close(listed.error);
      return;
    }
    say('page-status', '');
    try {
      const run = await questions.ask(address('run', {run: listed.id}));
      if (run) {
        open(run);
      }
    } catch (failure) {
      close(failure.message);
    }
  }

  function close(line) {
    questions.cancel();
    byId('explorer').hidden = true;
    byId('headline').replaceChildren();
    say('page-status', line);
    room.tell('run', {run: null});
  }

  function open(run) {
    say('page-status', '');
    byId('explorer').hidden = false;
    document.title = `${run.name} - hgn explorer`;
    byId('headline').replaceChildren(...pairs(headline(run)));
    byId('facts').replaceChildren(...pairs(facts(run)));
    byId('yaml').textContent = run.configuration;
    room.tell('run', {run});
  }

  view.on(['run'], load);
  return {list, load};
}

function knownPath(run) {
  return run.path && run.path !== 'null' ? run.path : null;
}

function headline(run) {
  return [
    ['System', run.title || run.system],
    ['Model', run.variant],
    ['Test error', run.test ? error(run.test.mse) : 'not measured'],
  ];
}

function facts(run) {
  const test = run.test
      ? `${error(run.test.mse)} \u00b1 ${error(run.test.interval)}; a static image has ${error(run.test.staticImage)}`
      : 'not measured';
  return [
    ['Folder', run.path],
    ['System', run.title && run.title !== run.system ? `${run.system}: ${run.title}` : run.system],
    ['Preset', run.preset],
    ['Model', `${run.variant}, ${whole(run.parameters)} parameters`],
    ['Integrator', run.integrator || 'none'],
    ['Training', `${whole(run.steps)} steps; ${run.checkpoint} is shown`],
    ['Test error', test],
    ['Frames', `${run.frameSize} by ${run.frameSize}, ${run.channels === 1 ? 'grey' : 'colour'}, ${run.dt} s apart`],
    ['Test clips', whole(run.clips)],
  ];
}

function pairs(entries) {
  return entries.map(([term, text]) => element(
      'div', {}, element('dt', {}, term), element('dd', {}, String(text ?? ''))));
}
