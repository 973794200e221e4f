// Makes elements. Text goes in as text, never as HTML, so nothing that a board or a person wrote can become markup.

const SVG = 'http://www.w3.org/2000/svg';

/** el('button', {class: 'quiet', onclick: f}, 'Reset') */
export function el(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

export function svg(name, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, name), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null));
  return element;
}

/** A list of names and values. */
export function facts(entries) {
  return el('dl', {class: 'facts'}, entries.map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

/** 65 → "1 min 5 s" */
export function duration(seconds) {
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  let left = Math.max(0, Math.round(seconds));
  const parts = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    left -= count * size;
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}

export function timeOfDay(iso) {
  return new Date(iso).toLocaleTimeString([], {hour12: false});
}
