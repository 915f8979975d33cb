// A plane on a canvas: level lines and paths in the background, the film's path and its present point before them.
import {contours, levels} from './contours.js';
import {onResize} from './dom.js';
import {significant} from './text.js';
import {colour, onTheme} from './theme.js';

const LEVELS = 8;

/** A step over so much of the plane is no motion but an angle that goes around. */
const LEAP = 0.6;
const MARGIN = {left: 34, right: 8, top: 8, bottom: 22};
const FONT = '11px system-ui, sans-serif';

export class Plane {
  #canvas;
  #data = null;
  #lines = [];
  #ground = null;
  #front = {film: null, index: null, cursor: null};

  constructor(canvas) {
    this.#canvas = canvas;
    onResize(canvas, () => this.#redraw());
    onTheme(() => this.#redraw());
  }

  /** Step between two level lines, or 0 if there are none. */
  levelStep = 0;

  /**
   * Sets what does not move.
   *
   * @param data bounds [x0, x1, y0, y1], energy (a grid or null), paths, labels of both axes; or null
   */
  setGround(data) {
    this.#data = data;
    this.#lines = [];
    this.levelStep = 0;
    if (data?.energy) {
      const {step, values} = levels(data.energy.values, LEVELS);
      this.levelStep = step;
      this.#lines = values.map(value => ({value, lines: contours(data.energy, value)}));
    }
    this.#redraw();
  }

  /** Sets what moves: path and times of the film, the index of the present time in them, and a cursor or null. */
  setFront(front) {
    this.#front = {...this.#front, ...front};
    this.#draw();
  }

  get bounds() {
    return this.#data?.bounds ?? null;
  }

  /** The point of the plane under a place of the canvas, in CSS pixels. */
  pointAt(left, top) {
    const [x0, x1, y0, y1] = this.bounds;
    const {width, height} = this.#inner();
    return [
      x0 + (x1 - x0) * (left - MARGIN.left) / width,
      y1 - (y1 - y0) * (top - MARGIN.top) / height,
    ];
  }

  /** The place of a point, in CSS pixels from the canvas's corner. */
  placeOf([x, y]) {
    const [x0, x1, y0, y1] = this.bounds;
    const {width, height} = this.#inner();
    return [
      MARGIN.left + width * (x - x0) / (x1 - x0),
      MARGIN.top + height * (y1 - y) / (y1 - y0),
    ];
  }

  /** A copy of what is seen. */
  picture() {
    const copy = document.createElement('canvas');
    copy.width = this.#canvas.width;
    copy.height = this.#canvas.height;
    copy.getContext('2d').drawImage(this.#canvas, 0, 0);
    return copy;
  }

  #inner() {
    return {
      width: this.#canvas.clientWidth - MARGIN.left - MARGIN.right,
      height: this.#canvas.clientHeight - MARGIN.top - MARGIN.bottom,
    };
  }

  #redraw() {
    this.#ground = null;
    this.#draw();
  }

  #draw() {
    const scale = devicePixelRatio || 1;
    const width = Math.round(this.#canvas.clientWidth * scale);
    const height = Math.round(this.#canvas.clientHeight * scale);
    if (width === 0 || height === 0) {
      return;
    }
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
      this.#ground = null;
    }
    this.#ground ??= this.#drawGround(width, height, scale);
    const context = this.#canvas.getContext('2d');
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.#ground, 0, 0);
    context.scale(scale, scale);
    if (this.bounds) {
      this.#clip(context);
      this.#drawFilm(context);
      this.#drawCursor(context);
      context.restore();
    }
  }

  #clip(context) {
    const {width, height} = this.#inner();
    context.save();
    context.beginPath();
    context.rect(MARGIN.left, MARGIN.top, width, height);
    context.clip();
  }

  #drawGround(width, height, scale) {
    const ground = document.createElement('canvas');
    ground.width = width;
    ground.height = height;
    const context = ground.getContext('2d');
    context.fillStyle = colour('--panel');
    context.fillRect(0, 0, width, height);
    context.scale(scale, scale);
    if (this.bounds) {
      this.#clip(context);
      this.#drawPaths(context);
      this.#drawLevels(context);
      context.restore();
      this.#drawAxes(context);
    }
    return ground;
  }

  #drawPaths(context) {
    context.strokeStyle = colour('--others');
    context.lineWidth = 1;
    this.#data.paths.forEach(path => this.#stroke(context, path));
  }

  #drawLevels(context) {
    const {columns, rows} = this.#data.energy ?? {};
    const [x0, x1, y0, y1] = this.bounds;
    const point = ([column, row]) =>
        [x0 + (x1 - x0) * column / (columns - 1), y0 + (y1 - y0) * row / (rows - 1)];
    context.strokeStyle = colour('--level');
    context.lineWidth = 1;
    const labels = [];
    for (const {value, lines} of this.#lines) {
      lines.forEach(line => this.#stroke(context, line.map(point)));
      const longest = lines.reduce((a, b) => (b.length > a.length ? b : a), []);
      if (longest.length > 6) {
        labels.push({text: significant(value, 3), places: longest.map(cell => this.placeOf(point(cell)))});
      }
    }
    this.#drawLabels(context, labels);
  }

  /** Puts each label where its line is farthest from the labels placed already. */
  #drawLabels(context, labels) {
    const {width, height} = this.#inner();
    const taken = [];
    context.font = FONT;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (const {text, places} of labels) {
      const inside = places.filter(([left, top]) =>
          left > MARGIN.left + 16 && left < MARGIN.left + width - 16
              && top > MARGIN.top + 8 && top < MARGIN.top + height - 8);
      const free = ([left, top]) =>
          Math.min(60, ...taken.map(([l, t]) => Math.hypot(l - left, 2 * (t - top))));
      const best = inside.reduce((a, b) => (a && free(a) >= free(b) ? a : b), null);
      if (best && free(best) > 26) {
        taken.push(best);
        halo(context, text, best);
      }
    }
  }

  #drawAxes(context) {
    const [x0, x1, y0, y1] = this.bounds;
    const {width, height} = this.#inner();
    context.strokeStyle = colour('--grid');
    context.lineWidth = 1;
    context.strokeRect(MARGIN.left + 0.5, MARGIN.top + 0.5, width - 1, height - 1);
    context.fillStyle = colour('--quiet');
    context.font = FONT;
    const bottom = MARGIN.top + height + 5;
    context.textBaseline = 'top';
    context.textAlign = 'left';
    context.fillText(significant(x0, 2), MARGIN.left, bottom);
    context.textAlign = 'right';
    context.fillText(significant(x1, 2), MARGIN.left + width, bottom);
    context.textAlign = 'center';
    context.fillText(this.#data.labels[0], MARGIN.left + width / 2, bottom);
    context.textAlign = 'right';
    context.fillText(significant(y1, 2), MARGIN.left - 4, MARGIN.top);
    context.textBaseline = 'bottom';
    context.fillText(significant(y0, 2), MARGIN.left - 4, MARGIN.top + height);
    context.save();
    context.translate(MARGIN.left - 8, MARGIN.top + height / 2);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'center';
    context.fillText(this.#data.labels[1], 0, 0);
    context.restore();
  }

  /** The future is solid and the past dashed; a ring marks the inferred state, a disc the present one. */
  #drawFilm(context) {
    const {film, index} = this.#front;
    if (!film?.path) {
      return;
    }
    const zero = film.indexOf(0) ?? 0;
    context.strokeStyle = colour('--film');
    context.lineWidth = 2;
    this.#stroke(context, film.path.slice(zero));
    context.setLineDash([4, 4]);
    this.#stroke(context, film.path.slice(0, zero + 1));
    context.setLineDash([]);
    this.#mark(context, film.path[zero], 5, colour('--panel'));
    this.#mark(context, film.path[index], 6, colour('--film'));
  }

  #drawCursor(context) {
    if (!this.#front.cursor) {
      return;
    }
    const [left, top] = this.placeOf(this.#front.cursor);
    context.strokeStyle = colour('--text');
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(left - 9, top);
    context.lineTo(left + 9, top);
    context.moveTo(left, top - 9);
    context.lineTo(left, top + 9);
    context.stroke();
  }

  #mark(context, point, radius, fill) {
    if (!isKnown(point)) {
      return;
    }
    const [left, top] = this.placeOf(point);
    context.beginPath();
    context.arc(left, top, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.strokeStyle = colour('--film');
    context.lineWidth = 2;
    context.stroke();
  }

  /**
   * Draws a line through the known points: in slow motion only some true states are known. There is a gap where an
   * angle goes around from one side to the other.
   */
  #stroke(context, points) {
    const [x0, x1] = this.bounds;
    context.beginPath();
    let last = null;
    for (const point of points.filter(isKnown)) {
      const joined = last && Math.abs(point[0] - last[0]) < LEAP * (x1 - x0);
      context[joined ? 'lineTo' : 'moveTo'](...this.placeOf(point));
      last = point;
    }
    context.stroke();
  }
}

function isKnown(point) {
  return Array.isArray(point) && Number.isFinite(point[0]) && Number.isFinite(point[1]);
}

function halo(context, text, place) {
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = colour('--panel');
  context.strokeText(text, ...place);
  context.fillStyle = colour('--level-text');
  context.fillText(text, ...place);
  context.strokeStyle = colour('--level');
  context.lineWidth = 1;
}
