// Puts the page together.
import {address, getJson} from './api.js';
import {createCurves} from './curves.js';
import {say} from './dom.js';
import {createDownloads} from './downloads.js';
import {createEnergy} from './energy.js';
import {createErrors} from './errors.js';
import {createKeys} from './keys.js';
import {createLatents} from './latents.js';
import {createLive} from './live.js';
import {Player} from './player.js';
import {createPortrait} from './portrait.js';
import {Room} from './room.js';
import {createRollout} from './rollout.js';
import {createRuns} from './runs.js';
import {createScreens} from './screens.js';
import {createSourcePanel} from './source-panel.js';
import {wantsCalm} from './theme.js';
import {createTransport} from './transport.js';
import {ViewState} from './view-state.js';

const room = new Room();
const player = new Player(room);
const playsAtOnce = !wantsCalm() && !ViewState.isGiven('t');

// The film comes first: the server answers one question about a run at a time.
createRollout(room);
createSourcePanel(room);
createScreens(room);
createTransport(room, player);
createPortrait(room, player);
createEnergy(room, player);
createLatents(room);
createErrors(room, player);
createCurves(room);
createDownloads(room);
createKeys(room, player);
const runs = createRuns(room);

async function start() {
  try {
    const {runs: offered, live} = await getJson(address('runs'));
    runs.list(offered);
    if (live) {
      createLive(listAgain);
      return;
    }
    await runs.load();
    if (playsAtOnce && room.run) {
      player.play(1);
    }
  } catch (error) {
    say('page-status', error.message);
  }
}

/** A training that has begun knows its name and folder. */
async function listAgain() {
  runs.list((await getJson(address('runs'))).runs);
}

start();
