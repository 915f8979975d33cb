// Follows a training that goes on: curves that grow, films of the last evaluation, samples from the prior.
import {address, commandToServe, getJson} from './api.js';
import {CurveCharts} from './curve-charts.js';
import {byId, say} from './dom.js';
import {Reel} from './reel.js';
import {duration, error, fixed, whole} from './text.js';

const POLL_MS = 1500;

/**
 * Starts to follow. The program that trains serves only this; with its end the page's server is gone.
 *
 * @param onBegin called once, when the first step has been made
 */
export function createLive(onBegin) {
  const charts = new CurveCharts(byId('live-charts'));
  const reel = new Reel(byId('live-screens'));
  const losses = {steps: [], series: {}};
  let filmed = null;
  let last = null;
  byId('live').hidden = false;

  async function poll() {
    try {
      const news = await getJson(address('live', {after: losses.steps.at(-1) ?? 0}));
      const begins = news.step > 0 && !(last?.step > 0);
      last = news;
      say('live-status', '');
      show(news);
      if (begins) {
        await onBegin();
      }
      if (!news.running) {
        end();
        return;
      }
    } catch (failure) {
      if (failure.isGone) {
        end();
        return;
      }
      say('live-status', failure.message);
    }
    setTimeout(poll, POLL_MS);
  }

  function end() {
    const where = last ? `, at step ${whole(last.step)} of ${whole(last.total)} or after it` : '';
    byId('live-title').textContent = 'Training has ended';
    say('live-status',
        `The training has ended or was stopped${where}, and with it the program that served this page.`
            + ` Look at the run with: ${commandToServe()}`);
  }

  function show(news) {
    append(losses, news.losses);
    byId('live-progress').value = news.total ? news.step / news.total : 0;
    byId('live-step').textContent = progressText(news);
    charts.show(losses.steps, losses.series, news.evaluations);
    if (news.films && news.films.step !== filmed) {
      filmed = news.films.step;
      showFilms(news.films, news.evaluations);
    }
  }

  function showFilms(films, evaluations) {
    byId('live-films').hidden = false;
    const at = evaluations.steps.indexOf(films.step);
    const measured = at < 0 ? '' : `: validation error ${error(evaluations.values[at])}`;
    byId('live-films-title').textContent = `Evaluation at step ${whole(films.step)}${measured}`;
    const film = (title, base64) => ({title, base64, size: films.size});
    reel.load([
      film('Truth', films.truth),
      film('Prediction', films.prediction),
      ...films.samples.map((sample, n) => film(`Sample ${n + 1}`, sample)),
    ]);
  }

  poll();
}

function progressText({step, total, seconds, rate, running}) {
  const left = running && step > 0 && total > step ? `, about ${duration(seconds / step * (total - step))} left` : '';
  const pace = Number.isFinite(rate) ? `, ${fixed(rate, rate < 10 ? 1 : 0)} rollouts/s` : '';
  return `Step ${whole(step)} of ${whole(total)}, ${duration(seconds)}${running ? ' so far' : ''}${left}${pace}`;
}

/** Adds numbers of later steps. A series that begins later has nothing before. */
function append(losses, {steps, series}) {
  for (const [name, values] of Object.entries(series)) {
    losses.series[name] ??= losses.steps.map(() => null);
    losses.series[name].push(...values);
  }
  losses.steps.push(...steps);
}
