// Level lines of a grid by marching squares, joined to polylines.

/** For each case of corners above the level (1: near left, 2: near right, 4: far right, 8: far left), which sides a
 * line joins. 0: near, 1: right, 2: far, 3: left. Cases 5 and 10 are saddles and get two lines. */
const SIDES = [
  [], [[3, 0]], [[0, 1]], [[3, 1]], [[1, 2]], [[3, 0], [1, 2]], [[0, 2]], [[3, 2]],
  [[2, 3]], [[2, 0]], [[0, 1], [2, 3]], [[2, 1]], [[1, 3]], [[1, 0]], [[0, 3]], [],
];
const OTHER_SADDLE = {5: [[3, 2], [1, 0]], 10: [[0, 3], [2, 1]]};

/**
 * The lines on which a grid has a value.
 *
 * @param grid columns, rows, and values row by row
 * @param level the value
 * @return polylines [[x, y], ...] in units of cells: x from 0 to columns - 1, y from 0 to rows - 1
 */
export function contours(grid, level) {
  return join(crossings(grid, level));
}

/** Round values between the extremes of a grid, and the step from one to the next. About `count` of them. */
export function levels(values, count) {
  const sorted = Float64Array.from(values.filter(Number.isFinite)).sort();
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) {
    return {step: 0, values: []};
  }
  // The corners of a plane may lie far from all data, where a learnt energy can be steep.
  const low = sorted[0];
  const high = sorted[Math.floor(0.9 * (sorted.length - 1))];
  const step = roundStep((high - low) / count);
  const found = [];
  for (let n = Math.floor(low / step) + 1; n * step <= high; n++) {
    found.push(n * step);
  }
  return {step, values: found};
}

function roundStep(raw) {
  const decade = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 2.5, 5, 10].find(factor => factor * decade >= raw) * decade;
}

/** Segments between two crossed edges; an edge is named by the index of its lower left corner and its direction. */
function crossings({columns, rows, values}, level) {
  const at = (column, row) => values[row * columns + column];
  const point = (column, row, side) => {
    const [c, r, along] = [
      [column, row, 'x'], [column + 1, row, 'y'], [column, row + 1, 'x'], [column, row, 'y']][side];
    const here = at(c, r);
    const there = along === 'x' ? at(c + 1, r) : at(c, r + 1);
    const part = (level - here) / (there - here);
    return {
      name: (r * columns + c) * 2 + (along === 'x' ? 0 : 1),
      place: along === 'x' ? [c + part, r] : [c, r + part],
    };
  };
  const segments = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const corners = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)];
      if (!corners.every(Number.isFinite)) {
        continue;
      }
      for (const [from, to] of sidesOf(corners, level)) {
        segments.push([point(column, row, from), point(column, row, to)]);
      }
    }
  }
  return segments;
}

function sidesOf(corners, level) {
  const kind = corners.reduce((sum, value, bit) => sum + (value > level ? 1 << bit : 0), 0);
  const middle = corners.reduce((sum, value) => sum + value, 0) / corners.length;
  // On a saddle the value in the middle tells which corners belong together.
  return OTHER_SADDLE[kind] && middle > level ? OTHER_SADDLE[kind] : SIDES[kind];
}

function join(segments) {
  const atEdge = new Map();
  segments.forEach((segment, index) => segment.forEach(end => {
    atEdge.set(end.name, [...(atEdge.get(end.name) ?? []), index]);
  }));
  const used = new Array(segments.length).fill(false);
  const walk = (line, name) => {
    for (;;) {
      const next = (atEdge.get(name) ?? []).find(index => !used[index]);
      if (next === undefined) {
        return line;
      }
      used[next] = true;
      const [a, b] = segments[next];
      const end = a.name === name ? b : a;
      line.push(end.place);
      name = end.name;
    }
  };
  const lines = [];
  segments.forEach(([a, b], index) => {
    if (!used[index]) {
      used[index] = true;
      const ahead = walk([b.place], b.name);
      const behind = walk([a.place], a.name);
      lines.push([...behind.reverse(), ...ahead]);
    }
  });
  return lines;
}
