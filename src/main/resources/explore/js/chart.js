// A line chart by uPlot in the page's colours, with a line at the present time.
import {chartSvg} from './chart-svg.js';
import {onResize} from './dom.js';
import {significant} from './text.js';
import {colour, dash, onTheme, seriesColour} from './theme.js';

const {uPlot} = window;
const FONT = '11px system-ui, sans-serif';
const LINEAR = 1;
const LOGARITHMIC = 3;

/** Numbers that lie closer together are read better on a linear scale. */
const LEAST_SPAN = 10;

/** Over a longer range, lines between powers of ten would lie too close. */
const MANY_DECADES = 1e3;
const DEFAULTS = {height: 180, log: false, unit: 1, mark: () => null};

/**
 * Draws a chart into an element and keeps it as wide as that.
 *
 * @param host the element
 * @param options height in pixels; label for those who do not see the chart; x and y (labels of axes); log (whether y
 *     is logarithmic where it spans much); unit (y is shown divided by it); series: [{label, look (number of colour
 *     and dash), points}]; mark() gives the present x or null; onPick(x) is told where somebody clicked; onHover(index
 *     or null)
 */
export class Chart {
  #host;
  #options;
  #plot = null;
  #data = [[]];
  #isLog = false;

  constructor(host, options) {
    this.#host = host;
    this.#options = {...DEFAULTS, ...options};
    host.setAttribute('role', 'img');
    host.setAttribute('aria-label', options.label);
    onResize(host, () => this.#resize());
    onTheme(() => this.redraw());
  }

  /** Shows other numbers: x, then one list a series. Where y is logarithmic, what is not positive is left out. */
  setData(data, series = this.#options.series) {
    const isLog = this.#options.log && span(data.slice(1)) > LEAST_SPAN;
    const other = isLog !== this.#isLog || JSON.stringify(series) !== JSON.stringify(this.#options.series);
    this.#isLog = isLog;
    this.#options.series = series;
    this.#data = data.map((list, i) => (i === 0 ? list : list.map(value => this.#drawable(value))));
    if (this.#plot && !other) {
      this.#plot.setData(this.#data);
    } else {
      this.#make();
    }
  }

  redraw() {
    this.#plot?.redraw(false);
  }

  /** Says what the chart shows to those who do not see it. */
  describe(text) {
    this.#host.setAttribute('aria-label', text);
  }

  /** The chart with its title and the names of its lines. */
  picture(title) {
    const scale = devicePixelRatio || 1;
    const source = this.#plot.ctx.canvas;
    const names = this.#options.series.filter(line => line.label);
    const head = 26 + 18 * names.length;
    const made = document.createElement('canvas');
    made.width = source.width;
    made.height = source.height + head * scale;
    const context = made.getContext('2d');
    context.fillStyle = colour('--panel');
    context.fillRect(0, 0, made.width, made.height);
    context.drawImage(source, 0, head * scale);
    context.scale(scale, scale);
    context.fillStyle = colour('--text');
    context.font = 'bold 13px system-ui, sans-serif';
    context.fillText(title, 8, 17);
    context.font = '12px system-ui, sans-serif';
    context.lineWidth = 2;
    names.forEach((line, i) => {
      const y = 32 + 18 * i;
      context.fillText(line.label, 48, y + 4);
      context.strokeStyle = colour(seriesColour(line.look));
      context.setLineDash(dash(line.look));
      context.beginPath();
      context.moveTo(8, y);
      context.lineTo(42, y);
      context.stroke();
    });
    return made;
  }

  /** The same as an SVG document. */
  svg(title) {
    return chartSvg(this.#plot, title, this.#options.series);
  }

  /** To uPlot null is a gap, and undefined a place that a line passes over. */
  #drawable(value) {
    if (value === undefined) {
      return undefined;
    }
    return Number.isFinite(value) && (!this.#isLog || value > 0) ? value : null;
  }

  #resize() {
    if (this.#plot) {
      this.#plot.setSize({width: this.#host.clientWidth, height: this.#options.height});
    } else {
      this.#make();
    }
  }

  #make() {
    if (this.#host.clientWidth === 0 || this.#data.length < 2) {
      return; // hidden, or nothing known yet: made as soon as it has a width and numbers
    }
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#settings(), this.#data, this.#host);
    this.#plot.over.addEventListener('click', event => {
      this.#options.onPick?.(this.#plot.posToVal(event.offsetX, 'x'));
    });
  }

  #settings() {
    const {height, x, y, series} = this.#options;
    const log = this.#isLog;
    return {
      width: this.#host.clientWidth,
      height,
      scales: {x: {time: false}, y: {distr: log ? LOGARITHMIC : LINEAR, range: log ? decades : padded}},
      axes: [
        this.#axis(x, {size: x ? 22 : 24}),
        this.#yAxis(y),
      ],
      series: [{}, ...series.map(line => this.#line(line))],
      legend: {show: false},
      cursor: {drag: {x: false, y: false}, points: {size: 6}},
      hooks: {
        draw: [plot => this.#drawMark(plot)],
        setCursor: [plot => this.#options.onHover?.(plot.cursor.idx ?? null)],
      },
    };
  }

  #yAxis(label) {
    const axis = this.#axis(label, {size: 52, values: (_, marks) => marks.map(value => this.#tick(value))});
    axis.grid.filter = (plot, marks) => (this.#isLog && plot.scales.y.max / plot.scales.y.min > MANY_DECADES
        ? marks.map(value => (isPowerOfTen(value) ? value : null)) : marks);
    return axis;
  }

  #axis(label, more) {
    return {
      label: label || undefined,
      labelSize: 16,
      labelFont: FONT,
      font: FONT,
      gap: 3,
      stroke: () => colour('--quiet'),
      grid: {stroke: () => colour('--grid'), width: 1},
      ticks: {stroke: () => colour('--grid'), width: 1, size: 4},
      ...more,
    };
  }

  #line({look, points}) {
    return {
      stroke: () => colour(seriesColour(look)),
      width: 2,
      dash: dash(look),
      spanGaps: false,
      points: {show: Boolean(points), size: 6},
    };
  }

  #tick(value) {
    return value === null ? null : significant(value / this.#options.unit, 3);
  }

  #drawMark(plot) {
    const x = this.#options.mark();
    if (x === null || x < plot.scales.x.min || x > plot.scales.x.max) {
      return;
    }
    const {ctx, bbox} = plot;
    const left = Math.round(plot.valToPos(x, 'x', true));
    ctx.save();
    ctx.strokeStyle = colour('--film');
    ctx.setLineDash([]);
    ctx.lineWidth = 2 * (devicePixelRatio || 1);
    ctx.beginPath();
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }
}

function isPowerOfTen(value) {
  const exponent = Math.log10(value);
  return Math.abs(exponent - Math.round(exponent)) < 1e-6;
}

/** The ratio of the largest number to the smallest one above 0. */
function span(lists) {
  const known = lists.flat().filter(value => value > 0);
  return known.length ? known.reduce((a, b) => Math.max(a, b)) / known.reduce((a, b) => Math.min(a, b)) : 1;
}

/** A range with some air; constant numbers get a range of their own size, so that rounding does not look like drift. */
function padded(plot, low, high) {
  if (low === null || high === null) {
    return [0, 1];
  }
  const air = Math.max(0.08 * (high - low), 0.02 * Math.max(Math.abs(low), Math.abs(high)), 1e-12);
  return [low - air, high + air];
}

/** A logarithmic range: whole decades where the numbers span some, else close about them. */
function decades(plot, low, high) {
  if (!(low > 0) || !(high > 0)) {
    return [0.1, 1];
  }
  return high / low > 30
      ? [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high))]
      : [roundedDown(low / 1.3), high * 1.3];
}

/**
 * A positive number, rounded down to one digit. uPlot counts from the least tick to the next power of ten, and would
 * never get past one that it does not meet, as from 0.0098 in steps of 0.001.
 */
function roundedDown(value) {
  const exponent = Math.floor(Math.log10(value));
  return Number(`${Math.max(1, Math.floor(value / 10 ** exponent))}e${exponent}`);
}
