// Colours of the style sheet for what is drawn on canvases, and the way of telling lines apart without colour.
import {element} from './dom.js';

const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3], [4, 2], [12, 5], [1, 4], [6, 2, 1, 2, 1, 2]];
const SERIES = 8;
const SVG = 'http://www.w3.org/2000/svg';

const dark = matchMedia('(prefers-color-scheme: dark)');
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** The value of a colour variable, such as --text. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The name of the variable of a line's colour. */
export function seriesColour(number) {
  return `--series-${number % SERIES}`;
}

/** The dashes of a line; those of a colour that comes again differ. */
export function dash(number) {
  return DASHES[(number + Math.floor(number / SERIES)) % DASHES.length];
}

/** Calls back when the system turns dark or light. */
export function onTheme(listener) {
  dark.addEventListener('change', listener);
}

/** Whether the user has asked for little motion: then nothing plays unasked. */
export function wantsCalm() {
  return calm.matches;
}

/** A short stroke as a line is drawn in a chart. */
export function swatch(variable, dashes, width = 2) {
  const svg = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'line');
  svg.setAttribute('class', 'swatch');
  svg.setAttribute('viewBox', '0 0 28 10');
  svg.setAttribute('aria-hidden', 'true');
  line.setAttribute('x1', '1');
  line.setAttribute('x2', '27');
  line.setAttribute('y1', '5');
  line.setAttribute('y2', '5');
  line.setAttribute('stroke-width', width);
  line.setAttribute('stroke-dasharray', dashes.join(' '));
  line.style.stroke = `var(${variable})`;
  svg.append(line);
  return svg;
}

/** An entry of a legend: a mark, a name, and a value that may change. */
export function keyEntry(mark, name) {
  const value = element('output', {class: 'value'});
  return {item: element('li', {}, mark, element('span', {}, name), value), value};
}
