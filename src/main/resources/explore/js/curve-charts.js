// One small chart for each number that training logs, with its last value, or that under the pointer.
import {Chart} from './chart.js';
import {element} from './dom.js';
import {error, significant} from './text.js';
import {colour, dash, seriesColour, swatch} from './theme.js';

/** How a logged number is shown; those not named here come after, as they are. */
const LOOKS = {
  mse: {title: 'MSE, 1e-4', log: true, unit: 1e-4, text: error},
  loss: {title: 'Loss'},
  kl: {title: 'KL divergence, nats', log: true},
  lambda: {title: 'Lambda (weight of the reconstruction)', log: true},
  gradient_norm: {title: 'Gradient norm', log: true},
  rate: {title: 'Learning rate'},
  learning_rate: {title: 'Learning rate'},
};
const HEIGHT = 130;
const COLUMNS = 2;
const TRAINING = 0;
const VALIDATION = 1;

export class CurveCharts {
  #host;
  #charts = new Map();

  constructor(host) {
    this.#host = host;
  }

  /** Shows the series of api/curves or api/live; validation errors go into the chart of the MSE. */
  show(steps, series, validation) {
    const names = [
      ...Object.keys(LOOKS).filter(name => series[name]),
      ...Object.keys(series).filter(name => !(name in LOOKS)),
    ];
    for (const name of [...this.#charts.keys()].filter(name => !names.includes(name))) {
      this.#charts.get(name).figure.remove();
      this.#charts.delete(name);
    }
    for (const name of names) {
      this.#chartOf(name).show(steps, series[name], name === 'mse' ? validation : null);
    }
  }

  clear() {
    this.#charts.clear();
    this.#host.replaceChildren();
  }

  /** All charts on one canvas, in two columns. */
  picture() {
    const all = [...this.#charts.values()].map(chart => chart.picture());
    const width = Math.max(...all.map(canvas => canvas.width));
    const height = Math.max(...all.map(canvas => canvas.height));
    const made = document.createElement('canvas');
    made.width = COLUMNS * width;
    made.height = Math.ceil(all.length / COLUMNS) * height;
    const context = made.getContext('2d');
    context.fillStyle = colour('--panel');
    context.fillRect(0, 0, made.width, made.height);
    all.forEach((canvas, i) =>
        context.drawImage(canvas, (i % COLUMNS) * width, Math.floor(i / COLUMNS) * height));
    return made;
  }

  /** The same as one SVG document, one chart below the other. */
  svg() {
    let height = 0;
    const parts = [...this.#charts.values()].map(chart => {
      const part = chart.svg().replace('<svg ', `<svg y="${height}" `);
      height += Number(/ height="(\d+)"/.exec(part)[1]);
      return part;
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" height="${height}">\n${parts.join('')}</svg>\n`;
  }

  #chartOf(name) {
    if (!this.#charts.has(name)) {
      const made = new CurveChart(LOOKS[name] ?? {title: name.replaceAll('_', ' ')});
      this.#charts.set(name, made);
      this.#host.append(made.figure);
    }
    return this.#charts.get(name);
  }
}

class CurveChart {
  figure;
  #look;
  #chart;
  #value = element('output');
  #key = element('span', {class: 'quiet'});
  #steps = [];
  #values = [];
  #checked = [];

  constructor(look) {
    this.#look = look;
    const host = element('div', {class: 'chart'});
    this.figure = element(
        'figure', {class: 'curve'},
        element('figcaption', {}, element('strong', {}, look.title), ' ', this.#value, ' ', this.#key),
        host);
    this.#chart = new Chart(host, {
      label: look.title,
      height: HEIGHT,
      log: look.log ?? false,
      unit: look.unit ?? 1,
      series: [{label: 'training', look: TRAINING}],
      onHover: index => this.#showValue(index),
    });
  }

  show(steps, values, validation) {
    if (validation?.steps.length) {
      this.#showBoth(steps, values, validation);
    } else {
      [this.#steps, this.#values, this.#checked] = [steps, values, []];
      this.#chart.setData([steps, values], [this.#training()]);
    }
    this.#showValue(null);
  }

  picture() {
    return this.#chart.picture(this.#look.title);
  }

  svg() {
    return this.#chart.svg(this.#look.title);
  }

  #showBoth(steps, values, validation) {
    const all = [...new Set([...steps, ...validation.steps])].sort((a, b) => a - b);
    const aligned = (at, list) => {
      const known = new Map(at.map((step, i) => [step, list[i]]));
      return all.map(step => known.get(step));
    };
    [this.#steps, this.#values] = [all, aligned(steps, values)];
    this.#checked = aligned(validation.steps, validation.values);
    this.#chart.setData([all, this.#values, this.#checked], [
      this.#training(), {label: 'validation', look: VALIDATION, points: true},
    ]);
    this.#key.replaceChildren(
        swatch(seriesColour(TRAINING), dash(TRAINING)), ' training ',
        swatch(seriesColour(VALIDATION), dash(VALIDATION)), ' validation');
  }

  /** A line of one or two numbers would not be seen. */
  #training() {
    return {label: 'training', look: TRAINING, points: this.#values.filter(Number.isFinite).length < 3};
  }

  #showValue(index) {
    const text = this.#look.text ?? (value => significant(value));
    const at = index ?? lastKnown(this.#values);
    const value = this.#values[at];
    const parts = Number.isFinite(value) ? [text(value)] : [];
    const checked = this.#checked[index ?? lastKnown(this.#checked)];
    if (Number.isFinite(checked)) {
      parts.push(`validation ${text(checked)}`);
    }
    if (index !== null) {
      parts.push(`at step ${this.#steps[index]}`);
    }
    this.#value.textContent = parts.join(', ');
    if (index === null) {
      this.#chart.describe(`${this.#look.title}; last: ${parts.join(', ')}`);
    }
  }
}

function lastKnown(values) {
  let index = values.length - 1;
  while (index > 0 && !Number.isFinite(values[index])) {
    index--;
  }
  return index;
}
