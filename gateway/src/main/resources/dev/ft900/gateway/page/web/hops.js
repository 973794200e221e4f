// Where a command's time went, as a bar: in the gateway, to the board, in the board, and back.

import {svg} from './dom.js';

const WIDTH = 160;
const HEIGHT = 10;
const HOPS = [
  ['queueMs', 'in the gateway'],
  ['brokerOutMs', 'through the broker to the board'],
  ['boardMs', 'in the board'],
  ['brokerBackMs', 'through the broker back'],
];

/** @param longestMs what the whole width stands for */
export function hopBar(command, longestMs) {
  const hops = command.hops ?? {};
  const scale = WIDTH / Math.max(longestMs, 0.001);
  let x = 0;
  const parts = [];
  for (const [key, words] of HOPS) {
    if (hops[key] === undefined) continue;
    const width = Math.max(1, hops[key] * scale);
    parts.push(svg('rect', {x, y: 0, width, height: HEIGHT, class: key}, svg('title', {}, `${ms(hops[key])} ${words}`)));
    x += width;
  }
  if (parts.length === 0) {
    parts.push(svg('rect', {x: 0, y: 0, width: Math.max(1, command.totalMs * scale), height: HEIGHT, class: 'unknown'}));
  }
  const words = HOPS.filter(([key]) => hops[key] !== undefined).map(([key, name]) => `${ms(hops[key])} ${name}`).join(', ');
  return svg('svg', {class: 'hops', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': words || 'times not known'}, parts);
}

export function ms(value) {
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return value >= 10 ? `${value.toFixed(0)} ms` : `${value.toFixed(2)} ms`;
}
