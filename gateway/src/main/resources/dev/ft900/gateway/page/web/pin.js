import {el} from './dom.js';

const DIRECTIONS = [['in', 'input'], ['out', 'output'], ['od', 'open drain']];
const PULLS = [['none', 'none'], ['down', 'down'], ['up', 'up'], ['keep', 'keeper']];
const EDGES = [['none', 'no changes'], ['rise', 'rising'], ['fall', 'falling'], ['both', 'both']];

/** What the chosen pad is, and what can be changed about it. Sits on the chip in the middle of the pads. */
export class PinPanel {
  #change;
  #mayChange;

  /** @param change called with a pad's number and a change of it */
  constructor(mayChange, change) {
    this.#mayChange = mayChange;
    this.#change = change;
    this.element = el('div', {class: 'pin', 'aria-live': 'polite'});
    this.show();
  }

  show(state) {
    if (!state) {
      this.element.replaceChildren(el('p', {class: 'mark'}, 'FT900'), el('p', {class: 'hint'},
        this.#mayChange ? 'Press an output to switch it, an input to see what it can do.' : 'Press a pad to see what it is.'));
      return;
    }
    const fixed = state.reserved || !this.#mayChange;
    const why = state.reserved ? 'Reserved: the board lets nobody drive it.' : fixed ? 'Your role may look, not change.' : '';
    const output = state.direction !== 'in';
    this.#fill(
      el('h2', {}, `Pad ${state.pin}`),
      el('p', {class: state.value ? 'level high' : 'level'}, state.value ? 'High' : 'Low'),
      fixed ? el('p', {class: 'hint'}, why) : null,
      !output && state.edge === 'none' && !fixed ? el('p', {class: 'hint'}, 'Its changes show here live once it reports them.') : null,
      el('div', {class: 'choices'},
        this.#choice(state, 'direction', 'Direction', DIRECTIONS, fixed),
        this.#choice(state, 'pull', 'Pull', PULLS, fixed),
        state.edge === undefined ? null : this.#choice(state, 'edge', 'Report', EDGES, fixed)),
      fixed || !output ? null : el('div', {class: 'levels'},
        el('button', {class: 'primary', onclick: () => this.#change(state.pin, {value: 1})}, 'Set high'),
        el('button', {class: 'primary', onclick: () => this.#change(state.pin, {value: 0})}, 'Set low')));
  }

  #fill(...children) {
    this.element.replaceChildren(...children.filter(child => child !== null));
  }

  #choice(state, key, label, options, fixed) {
    const select = el('select', {disabled: fixed, onchange: () => this.#change(state.pin, {[key]: select.value})},
      options.map(([value, words]) => el('option', {value, selected: state[key] === value}, words)));
    return el('label', {}, label, select);
  }
}
