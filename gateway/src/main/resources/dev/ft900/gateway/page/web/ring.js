// The board's 67 pads around the chip. They stand counter-clockwise from the upper left corner by pad number, as on a data sheet's
// drawing; which pin of the package a pad is bonded to is not shown.

import {el} from './dom.js';

const PADS = 67;
const SIDE = 17;
/** Cells along an edge of the grid: a corner, the side, a corner. */
const GRID = SIDE + 2;

export class Ring {
  #buttons = [];
  #states = new Map();
  #focused = 0;
  #chosen;
  #pressed;

  /** @param pressed called with a pad's number and its state */
  constructor(centre, pressed) {
    this.#pressed = pressed;
    for (let pin = 0; pin < PADS; pin++) this.#buttons.push(this.#button(pin));
    this.element = el('div', {class: 'ring', role: 'group', 'aria-label': 'Pads. Arrow keys move, Enter presses.', onkeydown: event => this.#key(event)},
      this.#buttons, el('div', {class: 'chip'}, centre));
    this.show(undefined);
  }

  /** Shows what the board said; undefined when it is not known. */
  show(pads) {
    this.#states = new Map((pads ?? []).map(pad => [pad.pin, pad]));
    this.element.classList.toggle('unknown', this.#states.size === 0);
    for (let pin = 0; pin < PADS; pin++) this.#draw(pin);
  }

  update(state) {
    if (!this.#states.has(state.pin)) return;
    this.#states.set(state.pin, {...this.#states.get(state.pin), ...state});
    this.#draw(state.pin);
  }

  state(pin) {
    return this.#states.get(pin);
  }

  choose(pin) {
    const before = this.#chosen;
    this.#chosen = pin;
    if (before !== undefined) this.#draw(before);
    this.#draw(pin);
    this.#rove(pin);
  }

  busy(pin, busy) {
    this.#buttons[pin].classList.toggle('busy', busy);
  }

  #button(pin) {
    const button = el('button', {
      class: 'pad', 'data-pin': pin, tabindex: pin === 0 ? '0' : '-1',
      onclick: () => this.#pressed(pin, this.#states.get(pin)), onfocus: () => this.#rove(pin),
    }, String(pin));
    const {row, column} = place(pin);
    button.style.setProperty('--row', row);
    button.style.setProperty('--column', column);
    return button;
  }

  #draw(pin) {
    const button = this.#buttons[pin];
    const state = this.#states.get(pin);
    const kind = !state ? 'unknown' : state.direction === 'in' ? 'input' : 'output';
    const level = !state ? '' : state.value === 1 ? 'high' : 'low';
    const busy = button.classList.contains('busy');
    button.className = ['pad', kind, level, state?.reserved && 'reserved', pin === this.#chosen && 'chosen', busy && 'busy'].filter(Boolean).join(' ');
    const words = !state ? 'not known' : `${kind}, ${level}${state.reserved ? ', reserved' : ''}`;
    button.setAttribute('aria-label', `Pad ${pin}: ${words}`);
    button.title = `Pad ${pin}: ${words}`;
    if (state && kind === 'output' && !state.reserved) button.setAttribute('aria-pressed', String(state.value === 1));
    else button.removeAttribute('aria-pressed');
  }

  #rove(pin) {
    this.#buttons[this.#focused].tabIndex = -1;
    this.#focused = pin;
    this.#buttons[pin].tabIndex = 0;
  }

  #key(event) {
    const steps = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
    let next;
    if (event.key in steps) next = (this.#focused + steps[event.key] + PADS) % PADS;
    else if (event.key === 'Home') next = 0;
    else if (event.key === 'End') next = PADS - 1;
    else return;
    event.preventDefault();
    this.#rove(next);
    this.#buttons[next].focus();
  }
}

/** Left side downwards, bottom to the right, right side upwards, top to the left. */
function place(pin) {
  const along = pin % SIDE + 2;
  switch (Math.floor(pin / SIDE)) {
    case 0: return {row: along, column: 1};
    case 1: return {row: GRID, column: along};
    case 2: return {row: GRID + 1 - along, column: GRID};
    default: return {row: 1, column: GRID + 1 - along};
  }
}
