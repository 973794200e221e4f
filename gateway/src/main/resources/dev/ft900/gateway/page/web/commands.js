import {el, timeOfDay} from './dom.js';
import {hopBar, ms} from './hops.js';

const SHOWN = 12;

/** The last commands of a board: what, by whom, how it ended, and where the time went. */
export class CommandsCard {
  #api;
  #path;
  #commands = [];
  #rows = el('ol', {class: 'commands'});

  constructor(api, path) {
    this.#api = api;
    this.#path = `${path}/commands`;
    this.element = el('section', {class: 'card wide', 'aria-label': 'Last commands'},
      el('h2', {}, 'Last commands'),
      el('p', {class: 'legend hint'},
        el('span', {class: 'key queueMs'}, 'gateway'), el('span', {class: 'key brokerOutMs'}, 'to the board'),
        el('span', {class: 'key boardMs'}, 'board'), el('span', {class: 'key brokerBackMs'}, 'back')),
      this.#rows);
  }

  async load() {
    const {commands} = await this.#api.get(this.#path);
    this.#commands = commands;
    this.#draw();
  }

  add(command) {
    this.#commands = [command, ...this.#commands.filter(known => known.id === undefined || known.id !== command.id)].slice(0, 50);
    this.#draw();
  }

  #draw() {
    const shown = this.#commands.slice(0, SHOWN);
    const longest = Math.max(...shown.filter(command => command.operation !== 'reset').map(command => command.totalMs), 0.5);
    if (shown.length === 0) {
      this.#rows.replaceChildren(el('li', {class: 'hint'}, 'None since the gateway started.'));
      return;
    }
    this.#rows.replaceChildren(...shown.map(command => el('li', {class: command.outcome === 'done' ? '' : 'failed'},
      el('time', {datetime: command.at}, timeOfDay(command.at)),
      el('span', {class: 'what'}, words(command)),
      el('span', {class: 'who hint'}, command.caller),
      el('span', {class: 'outcome', title: command.detail}, command.outcome),
      hopBar(command, longest),
      el('span', {class: 'total'}, ms(command.totalMs)))));
  }
}

function words({operation, arguments: given}) {
  const details = Object.entries(given ?? {}).map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' ') : value}`);
  return [operation, ...details].join(' · ');
}
