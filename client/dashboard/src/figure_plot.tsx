// One figure over time: a mark for each claim by its source, a bar where it asserts a range, the
// believed value as a step line, a flag where an alert was raised; parts of it as thin lines.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { Claim_Status } from './gen/claimwatch/v1/claim_pb';
import type { Figure, FigureEntry } from './gen/claimwatch/v1/story_pb';
import { dateOf, middleOf, numberWord, quantityWord } from './words';

export interface History {
  figure: Figure;
  entries: FigureEntry[];
}

interface Mark {
  time: number; // Seconds.
  value: number;
  low: number;
  high: number; // Infinity: unbounded.
  source: string;
  withdrawn: boolean;
  alert: string;
}

export interface PlotData {
  marks: Mark[];
  believed: [number, number][];
  parts: { title: string; steps: [number, number][] }[];
}

const timeOf = (entry: FigureEntry) => (dateOf(entry.asOfTime)?.getTime() ?? 0) / 1000;

function stepsOf(entries: FigureEntry[]): [number, number][] {
  const steps: [number, number][] = [];
  for (const entry of entries) {
    if (entry.believed === undefined) continue;
    const time = timeOf(entry);
    const value = middleOf(entry.believed);
    const last = steps[steps.length - 1];
    if (last !== undefined && last[0] === time) last[1] = value;
    else if (last === undefined || last[1] !== value) steps.push([time, value]);
  }
  return steps;
}

export function plotDataOf(main: History, parts: History[]): PlotData {
  const marks = main.entries.flatMap((entry): Mark[] => {
    const claim = entry.claim;
    if (claim?.quantity === undefined || claim.status === Claim_Status.DENIED) return [];
    return [
      {
        time: timeOf(entry),
        value: middleOf(claim.quantity),
        low: claim.quantity.low ?? 0,
        high: claim.quantity.high ?? Infinity,
        source: claim.source || 'unknown source',
        withdrawn: claim.withdrawn,
        alert: entry.alertId,
      },
    ];
  });
  return {
    marks,
    believed: stepsOf(main.entries),
    parts: parts.map(({ figure, entries }) => ({ title: figure.title, steps: stepsOf(entries) })),
  };
}

// Told apart by colour and by shape.
const colours = ['#2f7ed8', '#d9822b', '#3d9a50', '#b04a9f', '#c23b3b', '#7a68d6', '#3f9a97', '#8a6d3b'];
type Shape = (context: CanvasRenderingContext2D, x: number, y: number, r: number) => void;
const shapes: Shape[] = [
  (c, x, y, r) => c.arc(x, y, r, 0, 2 * Math.PI),
  (c, x, y, r) => c.rect(x - r, y - r, 2 * r, 2 * r),
  (c, x, y, r) => { c.moveTo(x, y - r - 1); c.lineTo(x + r + 1, y + r); c.lineTo(x - r - 1, y + r); c.closePath(); },
  (c, x, y, r) => { c.moveTo(x, y - r - 1); c.lineTo(x + r + 1, y); c.lineTo(x, y + r + 1); c.lineTo(x - r - 1, y); c.closePath(); },
];
export const sourcesOf = (data: PlotData) => [...new Set(data.marks.map((mark) => mark.source))];
export const colourOf = (place: number) => colours[place % colours.length];

function drawMarks(plot: uPlot, data: PlotData): void {
  const context = plot.ctx;
  const sources = sourcesOf(data);
  const ratio = devicePixelRatio;
  const { top, height } = plot.bbox;
  context.save();
  for (const mark of data.marks) {
    const place = sources.indexOf(mark.source);
    const x = plot.valToPos(mark.time, 'x', true);
    const y = plot.valToPos(mark.value, 'y', true);
    context.globalAlpha = mark.withdrawn ? 0.35 : 1;
    context.strokeStyle = context.fillStyle = colourOf(place);
    if (mark.low !== mark.high) {
      const end = Number.isFinite(mark.high) ? plot.valToPos(mark.high, 'y', true) : top;
      context.lineWidth = 3 * ratio;
      context.globalAlpha *= 0.45;
      context.beginPath();
      context.moveTo(x, plot.valToPos(mark.low, 'y', true));
      context.lineTo(x, Math.max(top, end));
      context.stroke();
      context.globalAlpha = mark.withdrawn ? 0.35 : 1;
    }
    context.beginPath();
    shapes[Math.floor(place / colours.length + place) % shapes.length](context, x, y, 4.5 * ratio);
    if (mark.withdrawn) {
      context.lineWidth = 1.5 * ratio;
      context.stroke();
    } else {
      context.fill();
    }
    if (mark.alert !== '') {
      context.strokeStyle = '#c23b3b';
      context.globalAlpha = 0.6;
      context.lineWidth = ratio;
      context.setLineDash([3 * ratio, 3 * ratio]);
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, top + height);
      context.stroke();
      context.setLineDash([]);
      context.fillStyle = '#c23b3b';
      context.globalAlpha = 1;
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x + 9 * ratio, top + 4 * ratio);
      context.lineTo(x, top + 8 * ratio);
      context.fill();
    }
  }
  context.restore();
}

// All series on one axis of times, each with its own steps; the last step holds to the end.
function columnsOf(data: PlotData): uPlot.AlignedData {
  const lines = [data.believed, ...data.parts.map((part) => part.steps)];
  const times = [...new Set([...data.marks.map((mark) => mark.time), ...lines.flat().map(([time]) => time)])].sort((a, b) => a - b);
  const columns = lines.map((steps) => {
    let place = -1;
    return times.map((time) => {
      while (place + 1 < steps.length && steps[place + 1][0] <= time) place += 1;
      return place < 0 ? null : steps[place][1];
    });
  });
  return [times, ...columns];
}

// The day where it begins, else the time of day.
function timeLabels(_plot: uPlot, splits: number[], _axis: number, _space: number, step: number): string[] {
  let before = '';
  return splits.map((seconds) => {
    const date = new Date(seconds * 1000);
    const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
    const time = step >= 86_400 ? '' : date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    const label = day === before ? time : `${time}\n${day}`.trim();
    before = day;
    return label;
  });
}

function optionsOf(data: PlotData, width: number, ink: string, grid: string): uPlot.Options {
  const stepped = uPlot.paths.stepped!({ align: 1 });
  const values = data.marks.flatMap((mark) => [mark.value, mark.low, Number.isFinite(mark.high) ? mark.high : mark.value]);
  const most = Math.max(1, ...values, ...data.parts.flatMap((part) => part.steps.map(([, value]) => value)));
  const times = columnsOf(data)[0] as number[];
  const first = times[0] ?? 0;
  const last = times[times.length - 1] ?? 1;
  const room = Math.max(3600, (last - first) * 0.06);
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  return {
    width,
    height: 320,
    legend: { show: false },
    cursor: { drag: { x: true, y: false } },
    scales: { x: { time: true, range: () => [first - room, last + room] }, y: { range: () => [0, most * 1.12] } },
    axes: [{ ...axis, values: timeLabels }, { ...axis, size: 70, values: (_plot, splits) => splits.map(numberWord) }],
    series: [
      {},
      { label: 'believed', stroke: ink, width: 2, paths: stepped, points: { show: false } },
      ...data.parts.map((part, place) => ({
        label: part.title,
        stroke: colourOf(place + 3),
        width: 1,
        dash: [5, 4],
        paths: stepped,
        points: { show: false },
      })),
    ],
    hooks: { draw: [(plot) => drawMarks(plot, data)] },
  };
}

export function FigurePlot({ main, parts }: { main: History; parts: History[] }) {
  const box = useRef<HTMLDivElement>(null);
  const data = plotDataOf(main, parts);
  const told = JSON.stringify(data);
  useEffect(() => {
    const element = box.current!;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      const style = getComputedStyle(element);
      const options = optionsOf(data, Math.max(280, element.clientWidth), style.color, style.getPropertyValue('--line'));
      plot = new uPlot(options, columnsOf(data), element);
    };
    draw();
    const resized = new ResizeObserver(() => plot?.setSize({ width: Math.max(280, element.clientWidth), height: 320 }));
    resized.observe(element);
    const themed = new MutationObserver(draw);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      plot?.destroy();
    };
  }, [told]);
  const sources = sourcesOf(data);
  const label =
    `${main.figure.title} over time: ${data.marks.length} claims by ${sources.length} sources; ` +
    `believed now: ${quantityWord(main.figure.believed)}. The table below says the same.`;
  return (
    <figure class="plot">
      <div ref={box} class="plot-box" role="img" aria-label={label} data-testid="plot" data-series={told} />
      <figcaption>
        <ul class="legend">
          <li><span class="line" aria-hidden="true" /> believed</li>
          {sources.map((source, place) => (
            <li key={source}><span class="swatch" style={{ background: colourOf(place) }} aria-hidden="true" /> {source}</li>
          ))}
          {data.parts.map((part, place) => (
            <li key={part.title}>
              <span class="line dashed" style={{ borderColor: colourOf(place + 3) }} aria-hidden="true" /> part: {part.title}
            </li>
          ))}
          <li><span class="flag" aria-hidden="true" /> alert</li>
        </ul>
      </figcaption>
    </figure>
  );
}
