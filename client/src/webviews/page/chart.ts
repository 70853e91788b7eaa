import uPlot from 'uplot';
import type { Language } from '../../language.ts';
import type { ChartSpec, Colour } from './chartSpecs.ts';
import { clock } from './chartTexts.ts';
import type { Columns } from './columns.ts';
import { axisColours, themeColour } from './theme.ts';

/** The shortest time that is shown, so that the first samples are not stretched over the whole width. */
const leastMs = 60_000;
/** How dense an area's colour is, in percent. */
const areaDensity = 42;
const faintDensity = 16;
/** Pixels that a point takes with the room around it. */
const pointSpace = 12;

/** Draws columns into `place`; `onPoint` is told the row under the pointer. Coloured anew by making another. */
export function drawChart(
	spec: ChartSpec,
	columns: Columns,
	place: HTMLElement,
	language: Language,
	onPoint: (row: number | undefined) => void,
): uPlot {
	const { text, grid, font } = axisColours();
	const axis = { stroke: text, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
	return new uPlot(
		{
			width: Math.max(place.clientWidth, 100),
			height: place.clientHeight,
			padding: [10, 26, 0, 0],
			ms: 1,
			legend: { show: false },
			cursor: { y: false, drag: { x: false, y: false }, sync: { key: 'jarvis' }, points: { size: 7 } },
			scales: {
				x: { range: (_, from, to) => [Math.min(from, to - leastMs), to] },
				y: { range: (_, _from, to) => [0, Math.max(spec.leastTop, to * 1.1)] },
			},
			axes: [
				{
					...axis,
					space: 80,
					size: 28,
					values: (_, times, _at, _space, step) =>
						times.map((atMs) => clock(atMs, language.locale, step < 60_000)),
				},
				{ ...axis, space: 34, size: 62, values: (_, values) => values.map(spec.format) },
			],
			series: [{}, ...drawnLines(spec).map(({ colour, isDashed }) => seriesOf(spec, colour, isDashed))],
			bands: spec.isStacked ? bandsOf(spec) : [],
			hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? undefined)] },
		},
		dataOf(spec, columns),
		place,
	);
}

/** As uPlot takes it. Stacked lines are drawn from the top down, each filled to the one below it. */
export function dataOf({ isStacked }: ChartSpec, { times, heights }: Columns): uPlot.AlignedData {
	return [times, ...(isStacked ? heights.toReversed() : heights)];
}

function drawnLines({ isStacked, lines }: ChartSpec) {
	return isStacked ? lines.toReversed() : lines;
}

function seriesOf(spec: ChartSpec, colour: Colour, isDashed = false): uPlot.Series {
	const stroke = themeColour(colour);
	const isAlone = spec.lines.length === 1;
	return {
		stroke,
		width: 1.5,
		spanGaps: spec.spansGaps,
		points: spec.spansGaps ? { size: 5, show: hasRoom, fill: stroke } : { show: false },
		...(isDashed && { dash: [5, 4] }),
		...((spec.isStacked || isAlone) && { fill: faded(stroke, spec.isStacked ? areaDensity : faintDensity) }),
	};
}

/** Whether the points of a line do not run into one another; a lone one is seen in no other way. */
function hasRoom({ data, width }: uPlot, line: number, from: number, to: number): boolean {
	const known = data[line]!.slice(from, to + 1).filter((value) => value !== null && value !== undefined);
	return known.length * pointSpace < width;
}

function bandsOf(spec: ChartSpec): uPlot.Band[] {
	return drawnLines(spec)
		.slice(0, -1)
		.map(({ colour }, at) => ({ series: [at + 1, at + 2], fill: faded(themeColour(colour), areaDensity) }));
}

function faded(colour: string, percent: number): string {
	return `color-mix(in srgb, ${colour} ${percent}%, transparent)`;
}
