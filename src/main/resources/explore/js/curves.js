// The curves of a run that has been trained.
import {address} from './api.js';
import {CurveCharts} from './curve-charts.js';
import {byId, pictureButton, say, svgButton} from './dom.js';
import {Latest} from './latest.js';

export function createCurves(room) {
  const questions = new Latest();
  const charts = new CurveCharts(byId('curves-charts'));

  async function load() {
    const {run} = room;
    questions.cancel();
    charts.clear();
    if (!run) {
      return;
    }
    try {
      const answer = await questions.ask(address('curves', room.parameters()));
      if (answer && run === room.run) {
        say('curves-status', '');
        charts.show(answer.steps, answer.series, answer.validation);
      }
    } catch (error) {
      say('curves-status', error.message);
    }
  }

  // The button stands in the last panel: the curves change their place in a narrow page, and nothing that Tab reaches
  // may.
  byId('save-curves').append(
      pictureButton('curves of training', () => charts.picture(), () => `${room.run.name}-curves.png`),
      svgButton('curves of training', () => charts.svg(), () => `${room.run.name}-curves.svg`));
  room.on('run', load);
}
