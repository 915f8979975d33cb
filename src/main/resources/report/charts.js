// Draws the charts of a report in place of their pictures. Each lies in a figure of the class
// "chart", as JSON: title, x, y, log and lines of a name, x and y; y is null where there is none.
(() => {
  const COLOURS = ['#1f5fa8', '#c2410c', '#2e7d32', '#6a3d9a', '#8a6d00', '#444444'];
  const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 5], [1, 4]];
  const WIDEST = 760;
  const HEIGHT = 320;

  const number = (value) => (value == null ? '-' : Number(value.toPrecision(4)).toString());

  // the lines of a chart need not have the same x
  const joined = (lines) => uPlot.join(lines.map((line) => [line.x, line.y]));

  const options = (chart, width) => ({
    title: chart.title,
    width,
    height: HEIGHT,
    scales: { x: { time: false }, y: { distr: chart.log ? 3 : 1 } },
    axes: [
      { label: chart.x },
      { label: chart.y, size: 70, values: (plot, ticks) => ticks.map((tick) => (tick == null ? '' : number(tick))) },
    ],
    series: [
      { label: chart.x, value: (plot, value) => number(value) },
      ...chart.lines.map((line, i) => ({
        label: line.name,
        stroke: COLOURS[i % COLOURS.length],
        dash: DASHES[i % DASHES.length],
        width: 1.5,
        spanGaps: true,
        points: { show: line.x.length < 40 },
        value: (plot, value) => number(value),
      })),
    ],
  });

  for (const figure of document.querySelectorAll('figure.chart')) {
    const charts = JSON.parse(figure.querySelector('script').textContent);
    for (const chart of charts) {
      const place = figure.insertBefore(document.createElement('div'), figure.querySelector('figcaption'));
      const width = () => Math.min(WIDEST, figure.clientWidth);
      const plot = new uPlot(options(chart, width()), joined(chart.lines), place);
      addEventListener('resize', () => plot.setSize({ width: width(), height: HEIGHT }));
    }
  }
})();
