// A chart as SVG: lines, axes and names as shapes and text, for a paper or a slide.
import {colour, dash, seriesColour} from './theme.js';

const FONT = 'system-ui, sans-serif';

/**
 * Draws what a uPlot chart shows.
 *
 * @param plot the chart
 * @param title above it
 * @param series label and look of each line, in the order of the chart's data
 * @returns {string} an SVG document
 */
export function chartSvg(plot, title, series) {
  const scale = devicePixelRatio || 1;
  const box = Object.fromEntries(Object.entries(plot.bbox).map(([side, pixels]) => [side, pixels / scale]));
  const named = series.filter(line => line.label);
  const head = 28 + 18 * named.length;
  const width = plot.width;
  const height = plot.height + head;
  const parts = [
    `<rect width="${width}" height="${height}" fill="${colour('--panel')}"/>`,
    text(8, 18, title, '--text', 'font-weight="bold" font-size="13"'),
    ...named.map((line, i) => legend(line, 36 + 18 * i)),
    `<g transform="translate(0 ${head})">`,
    ...axis(plot, box, 0),
    ...axis(plot, box, 1),
    ...series.map((line, i) => curve(plot, box, line, i + 1)),
    '</g>',
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${FONT}"`
      + ` font-size="11">\n${parts.join('\n')}\n</svg>\n`;
}

function legend(line, y) {
  return `<line x1="8" x2="42" y1="${y}" y2="${y}" ${stroke(line)}/>`
      + text(48, y + 4, line.label, '--text', 'font-size="12"');
}

/** Grid, ticks and label of an axis: 0 for x, 1 for y. */
function axis(plot, box, number) {
  const {_splits: places = [], _values: names = [], label} = plot.axes[number];
  const isX = number === 0;
  const parts = [];
  (places ?? []).forEach((place, i) => {
    if (place === null || names?.[i] == null || names[i] === '') {
      return;
    }
    const at = plot.valToPos(place, isX ? 'x' : 'y') + (isX ? box.left : box.top);
    parts.push(isX
        ? `<line x1="${at}" x2="${at}" y1="${box.top}" y2="${box.top + box.height}" stroke="${colour('--grid')}"/>`
        : `<line x1="${box.left}" x2="${box.left + box.width}" y1="${at}" y2="${at}" stroke="${colour('--grid')}"/>`);
    parts.push(isX
        ? text(at, box.top + box.height + 16, names[i], '--quiet', 'text-anchor="middle"')
        : text(box.left - 7, at + 4, names[i], '--quiet', 'text-anchor="end"'));
  });
  if (label) {
    const middle = isX ? box.left + box.width / 2 : box.top + box.height / 2;
    parts.push(isX
        ? text(middle, plot.height - 4, label, '--quiet', 'text-anchor="middle"')
        : text(0, 0, label, '--quiet', `text-anchor="middle" transform="translate(12 ${middle}) rotate(-90)"`));
  }
  return parts;
}

/** A line with gaps where there is no number; undefined is a place that it passes over. */
function curve(plot, box, line, index) {
  const [xs] = plot.data;
  let path = '';
  let dots = '';
  let begins = true;
  const paint = `fill="${colour('--panel')}" stroke="${colour(seriesColour(line.look))}" stroke-width="1.5"`;
  plot.data[index].forEach((value, i) => {
    if (value === undefined) {
      return;
    }
    if (value === null) {
      begins = true;
      return;
    }
    const x = plot.valToPos(xs[i], 'x') + box.left;
    const y = plot.valToPos(value, 'y') + box.top;
    path += `${begins ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`;
    dots += line.points ? `<circle cx="${x.toFixed(2)}" cy="${y.toFixed(2)}" r="3" ${paint}/>` : '';
    begins = false;
  });
  return `<path d="${path}" fill="none" ${stroke(line)}/>${dots}`;
}

function stroke({look}) {
  return `stroke="${colour(seriesColour(look))}" stroke-width="2" stroke-dasharray="${dash(look).join(' ')}"`;
}

function text(x, y, words, paint, more = '') {
  return `<text x="${x}" y="${y}" fill="${colour(paint)}" ${more}>${escaped(String(words))}</text>`;
}

function escaped(words) {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
