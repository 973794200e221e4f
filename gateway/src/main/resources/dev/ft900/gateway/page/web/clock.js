import {duration, el} from './dom.js';

/** The board's clock against this computer's. */
export class ClockCard {
  #api;
  #path;
  #say;
  #offsetMs;
  #text = el('p', {class: 'time'}, '–');
  #against = el('p', {class: 'hint'}, '');
  #timer;

  constructor(api, path, mayChange, say) {
    this.#api = api;
    this.#path = `${path}/rtc`;
    this.#say = say;
    const set = el('button', {onclick: () => this.#set(), disabled: !mayChange}, 'Set to now');
    this.element = el('section', {class: 'card', 'aria-label': 'Clock'}, el('h2', {}, 'Clock'), this.#text, this.#against, set);
    this.#timer = setInterval(() => this.#draw(), 250);
  }

  async load() {
    await this.#ask(() => this.#api.get(this.#path));
  }

  close() {
    clearInterval(this.#timer);
  }

  unknown() {
    this.#offsetMs = undefined;
    this.#text.textContent = '–';
    this.#against.textContent = 'The board is not there to be asked.';
  }

  #set() {
    return this.#ask(() => this.#api.put(this.#path, {epoch: Math.round(Date.now() / 1000)}), 'Clock set');
  }

  async #ask(call, done) {
    const before = Date.now();
    try {
      const {epoch} = await call();
      // The board counts whole seconds, so half a second is the best guess of what it left out.
      this.#offsetMs = epoch * 1000 + 500 - (before + Date.now()) / 2;
      this.#draw();
      if (done) this.#say(done);
    } catch (problem) {
      this.#offsetMs = undefined;
      if (problem.code === 'clock-unset') {
        this.#text.textContent = 'Unset';
        this.#against.textContent = 'Nobody has told the board the time since it got power.';
      } else if (problem.code === 'board-offline') {
        this.unknown();
      } else {
        this.#say(problem);
      }
    }
  }

  #draw() {
    if (this.#offsetMs === undefined) return;
    this.#text.textContent = new Date(Date.now() + this.#offsetMs).toISOString().replace('T', ' ').slice(0, 19) + ' UTC';
    const seconds = Math.abs(this.#offsetMs) / 1000;
    this.#against.textContent = seconds < 1.5
      ? 'Agrees with this computer to the second'
      : `${duration(seconds)} ${this.#offsetMs > 0 ? 'ahead of' : 'behind'} this computer`;
  }
}
