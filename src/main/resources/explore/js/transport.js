// The controls of time: buttons, slider with its marks, speed, integrator.
import {byId, element} from './dom.js';
import {factor, fixed} from './text.js';

/** What frame 0 is, by where the film starts. */
const ZERO = {
  clip: 'the frame whose state was inferred',
  sample: 'the frame whose state was drawn',
  mix: 'the frame of the state between both',
  point: 'the frame of the chosen point',
};

export function createTransport(room, player) {
  const {view} = room;
  const slider = byId('time');
  let speedButtons = [];

  slider.addEventListener('input', () => {
    player.pause();
    player.go(Number(slider.value));
  });
  byId('backward').addEventListener('click', () => player.toggle(-1));
  byId('forward').addEventListener('click', () => player.toggle(1));
  byId('previous').addEventListener('click', () => player.step(-1));
  byId('next').addEventListener('click', () => player.step(1));
  byId('zero').addEventListener('click', () => {
    player.pause();
    player.go(0);
  });
  byId('integrator').addEventListener('change', event => {
    const own = event.target.value === room.run.integrator;
    view.set({integrator: own ? '' : event.target.value});
  });

  function showRun() {
    const {run} = room;
    if (!run) {
      return;
    }
    slider.min = -run.back;
    slider.max = run.ahead;
    speedButtons = run.speeds.map(speed => speedButton(speed));
    byId('speeds').replaceChildren(...speedButtons);
    fillIntegrators(run);
    showSpeed();
    showTime();
  }

  function speedButton(speed) {
    const button = element('button', {type: 'button', 'data-speed': speed}, factor(speed));
    button.title = `Frames ${factor(speed)} of the model's time step apart`;
    button.addEventListener('click', () => setSpeed(speed));
    return button;
  }

  /** Stays at the same moment of the motion, as far as the slider reaches. */
  function setSpeed(speed) {
    const {run} = room;
    const moment = Math.round(room.time * view.get('speed') / speed);
    view.set({speed, t: Math.min(run.ahead, Math.max(-run.back, moment))});
  }

  function fillIntegrators(run) {
    const choice = byId('integrator');
    choice.replaceChildren(...run.integrators.map(name =>
        element('option', {value: name}, name === run.integrator ? `${name} (the model's own)` : name)));
    choice.disabled = run.integrators.length === 0;
    if (choice.disabled) {
      choice.append(element('option', {value: ''}, 'none: the model has no energy'));
    } else {
      choice.value = room.integrator;
    }
  }

  function showSpeed() {
    for (const button of speedButtons) {
      button.setAttribute('aria-pressed', String(Number(button.dataset.speed) === view.get('speed')));
    }
    byId('integrator').value = room.integrator;
    showMarks();
  }

  function showMarks() {
    const {run} = room;
    if (!run) {
      return;
    }
    byId('ticks').replaceChildren(tick(run, -run.back), tick(run, 0), tick(run, run.ahead));
    const zero = `0: ${ZERO[view.get('from')]}.`;
    if (view.get('from') !== 'clip') {
      byId('marks').replaceChildren();
      byId('marks-text').textContent = zero;
      return;
    }
    const {first, last, name} = framesSeen(run);
    const speed = view.get('speed');
    const from = Math.max(-run.back, first / speed);
    const to = Math.min(run.ahead, last / speed);
    byId('marks').replaceChildren(bar(run, from, to, name));
    byId('marks-text').textContent =
        `${zero} Bar: ${name} (${fixed(Math.ceil(from), 0)} to ${fixed(Math.floor(to), 0)}).`;
  }

  function showTime() {
    if (!room.run) {
      return;
    }
    const time = room.time;
    const seconds = time * room.run.dt * view.get('speed');
    slider.value = time;
    const text = `frame ${fixed(time, 0)}, ${fixed(seconds, 2)} s`;
    byId('time-text').textContent = text;
    slider.setAttribute('aria-valuetext', text);
  }

  function showPlaying() {
    byId('backward').setAttribute('aria-pressed', String(player.direction === -1));
    byId('forward').setAttribute('aria-pressed', String(player.direction === 1));
    byId('backward').textContent = player.direction === -1 ? '❚❚' : '◀\uFE0E';
    byId('forward').textContent = player.direction === 1 ? '❚❚' : '▶\uFE0E';
    // A film that plays would have a screen reader read out twelve times a second.
    byId('time-text').setAttribute('aria-live', player.direction === 0 ? 'polite' : 'off');
  }

  room.on('run', showRun);
  view.on(['speed', 'integrator', 'from'], showSpeed);
  view.on(['t', 'speed'], showTime);
  player.onChange(showPlaying);
  showPlaying();
}

/**
 * The frames that the model sees of a clip. A server that does not tell gives away as much as this: a model that
 * decodes frames before the inferred one sees all that it decodes; another one sees a few that are not known here.
 */
function framesSeen(run) {
  if (run.seen) {
    return {first: run.seen[0], last: run.seen[1], name: 'frames that the model saw'};
  }
  return {
    first: -run.lead,
    last: run.framesOut - run.lead - 1,
    name: run.lead > 0 ? 'frames that the model saw' : 'frames that training compared',
  };
}

function share(run, time) {
  return 100 * (time + run.back) / (run.back + run.ahead) + '%';
}

function bar(run, from, to, title) {
  const made = element('span', {class: 'seen', title});
  made.style.left = share(run, from);
  made.style.right = `calc(100% - ${share(run, to)})`;
  return made;
}

function tick(run, time) {
  const made = element('span', {class: time === 0 ? 'tick zero' : 'tick'}, fixed(time, 0));
  made.style.left = share(run, time);
  return made;
}
