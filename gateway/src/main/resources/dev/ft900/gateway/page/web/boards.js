import {el} from './dom.js';

/** The boards, with their presence. */
export class BoardList {
  #api;
  #failed;
  #devices = new Map();
  /** What is heard of boards while the list is read: it counts more than what is read. */
  #heard = new Map();
  #chosen;
  #items = el('ul', {class: 'boards'});
  #filter = el('input', {type: 'search', placeholder: 'Find a board', 'aria-label': 'Find a board', oninput: () => this.#draw()});
  #count = el('p', {class: 'hint', role: 'status'});

  constructor(api, failed) {
    this.#api = api;
    this.#failed = failed;
    this.element = el('nav', {'aria-label': 'Boards', class: 'card list'}, this.#filter, this.#count, this.#items);
  }

  async load() {
    this.#heard.clear();
    try {
      const {devices} = await this.#api.get('/devices');
      this.#devices = new Map(devices.map(device => [device.id, {...device, ...this.#heard.get(device.id)}]));
      this.#draw();
    } catch (problem) {
      this.#failed(problem);
    }
  }

  first() {
    return [...this.#devices.keys()].sort()[0];
  }

  choose(id) {
    this.#chosen = id;
    this.#draw();
  }

  happened(kind, {device, at}) {
    if (kind !== 'online' && kind !== 'offline') return;
    const standing = {online: kind === 'online', since: at};
    this.#heard.set(device, standing);
    const known = this.#devices.get(device);
    if (!known) {
      this.load();
      return;
    }
    Object.assign(known, standing);
    this.#draw();
  }

  #draw() {
    const wanted = this.#filter.value.trim().toLowerCase();
    const all = [...this.#devices.values()].sort((a, b) => a.id.localeCompare(b.id));
    const shown = all.filter(device => device.id.includes(wanted));
    const online = all.filter(device => device.online).length;
    this.#count.textContent = `${online} of ${all.length} online`;
    this.#filter.hidden = all.length < 8;
    this.#items.replaceChildren(...shown.slice(0, 500).map(device => el('li', {},
      el('a', {href: `#/boards/${device.id}`, 'aria-current': device.id === this.#chosen ? 'page' : undefined},
        el('span', {class: device.online ? 'dot online' : 'dot', 'aria-hidden': 'true'}),
        el('span', {}, device.id),
        el('span', {class: 'hint'}, device.online ? 'online' : 'offline')))));
  }
}
