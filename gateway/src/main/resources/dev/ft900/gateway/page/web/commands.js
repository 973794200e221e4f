import {el, timeOfDay} from './dom.js';
import {hopBar, ms} from './hops.js';

const SHOWN = 12;

/** Operations that change nothing; a page that is opened asks for several at once. */
const READS = new Set(['gpio.get', 'pads.get', 'rtc.get', 'net.get', 'status']);

/** The last commands of a board: what, by whom, how it ended, and where the time went. */
export class CommandsCard {
  #api;
  #path;
  #commands = [];
  #rows = el('ol', {class: 'commands'});
  #withReads = el('input', {type: 'checkbox', onchange: () => this.#draw()});

  constructor(api, path) {
    this.#api = api;
    this.#path = `${path}/commands`;
    this.element = el('section', {class: 'card wide', 'aria-label': 'Last commands'},
      el('header', {class: 'card-head'}, el('h2', {}, 'Last commands'), el('label', {class: 'hint'}, this.#withReads, 'Reads too')),
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
    const shown = this.#commands.filter(command => this.#withReads.checked || !READS.has(command.operation)).slice(0, SHOWN);
    const longest = Math.max(...shown.filter(command => command.operation !== 'reset').map(command => command.totalMs), 0.5);
    if (shown.length === 0) {
      this.#rows.replaceChildren(el('li', {class: 'hint'}, this.#commands.length > 0 ? 'Nothing was changed yet; there are reads only.' : 'None since the gateway started.'));
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
