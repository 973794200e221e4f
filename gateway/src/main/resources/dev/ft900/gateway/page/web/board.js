// One board: its pads, clock, network, serial line, commands and events.

import {CommandsCard} from './commands.js';
import {ClockCard} from './clock.js';
import {duration, el, facts, timeOfDay} from './dom.js';
import {ms} from './hops.js';
import {PinPanel} from './pin.js';
import {Ring} from './ring.js';

const EVENTS_SHOWN = 40;
const MESSAGE_MS = 6000;

export class BoardView {
  id;
  #api;
  #path;
  #host;
  #mayChange;
  #isAdmin;
  #chosen;
  #changing = 0;
  #rereading;
  #messageTimer;
  #presence = el('span', {class: 'presence'}, '…');
  #about = el('p', {class: 'hint'});
  #message = el('p', {class: 'message', role: 'alert'});
  #reset;
  #ring;
  #asOf = el('p', {class: 'hint as-of'});
  #panel;
  #clock;
  #commands;
  #network = el('div', {}, el('p', {class: 'hint'}, '–'));
  #status = el('div', {}, el('p', {class: 'hint'}, '–'));
  #certificates = el('ul', {class: 'plain'});
  #events = el('ol', {class: 'events', 'aria-label': 'Events'}, el('li', {class: 'hint'}, 'None yet.'));

  /** @param host has failed(problem) and removed() */
  constructor(api, id, role, host) {
    this.#api = api;
    this.id = id;
    this.#path = `/devices/${id}`;
    this.#host = host;
    this.#mayChange = role !== 'viewer';
    this.#isAdmin = role === 'admin';
    const say = what => this.#say(what);
    this.#panel = new PinPanel(this.#mayChange, (pin, change) => this.#change(pin, change));
    this.#ring = new Ring(this.#panel.element, (pin, state) => this.#pressed(pin, state));
    this.#clock = new ClockCard(api, this.#path, this.#mayChange, say);
    this.#commands = new CommandsCard(api, this.#path);
    this.#reset = el('button', {onclick: () => this.#resetBoard(), disabled: !this.#mayChange}, 'Reset');
    this.element = el('div', {class: 'board'}, this.#head(), this.#message, this.#padsCard(),
      el('div', {class: 'side'}, this.#clock.element, card('Board', this.#status), card('Network', this.#network), this.#uartCard()),
      this.#commands.element,
      el('section', {class: 'card wide', 'aria-label': 'What happened'}, el('h2', {}, 'Live events'), this.#events),
      this.#isAdmin ? this.#identityCard() : null);
  }

  async load() {
    try {
      const device = await this.#api.get(this.#path);
      this.#standing(device);
      this.#showCertificates(device.certificates ?? []);
      await Promise.all([this.#commands.load(), device.online ? this.#askBoard() : this.#unknown()]);
    } catch (problem) {
      this.#say(problem);
    }
  }

  close() {
    this.#clock.close();
    clearTimeout(this.#messageTimer);
    clearTimeout(this.#rereading);
  }

  happened(kind, data) {
    if (kind === 'edge') {
      this.#ring.update({pin: data.pin, value: data.value});
      if (data.pin === this.#chosen) this.#panel.show(this.#ring.state(data.pin));
      this.#note(data.at, `Pad ${data.pin} went ${data.value ? 'high' : 'low'}`);
    } else if (kind === 'online') {
      this.#note(data.at, `Online after ${data.cause}`);
      this.load();
    } else if (kind === 'offline') {
      this.#note(data.at, 'Offline');
      this.#standing({online: false, since: data.at});
      this.#unknown();
    } else if (kind === 'command') {
      this.#commands.add(data.command);
      const {operation, outcome} = data.command;
      if (outcome === 'done' && (operation === 'gpio.set' || operation === 'pads.set') && this.#changing === 0) this.#rereadSoon();
      if (outcome === 'done' && operation === 'rtc.set') this.#clock.load();
    }
  }

  #head() {
    const refresh = el('button', {class: 'quiet', onclick: () => this.load()}, 'Refresh');
    return el('header', {class: 'board-head'},
      el('div', {}, el('h1', {}, this.id, ' ', this.#presence), this.#about),
      el('div', {class: 'actions'}, refresh, this.#reset));
  }

  #padsCard() {
    return el('section', {class: 'card pads', 'aria-label': 'Pads'},
      this.#ring.element,
      el('p', {class: 'legend hint'},
        el('span', {class: 'key output high'}, 'output high'), el('span', {class: 'key output low'}, 'output low'),
        el('span', {class: 'key input high'}, 'input high'), el('span', {class: 'key input low'}, 'input low'),
        el('span', {class: 'key reserved'}, 'reserved')),
      this.#asOf);
  }

  #uartCard() {
    const port = el('select', {'aria-label': 'UART'}, el('option', {value: '0'}, 'UART 0'), el('option', {value: '1', selected: true}, 'UART 1'));
    const text = el('input', {type: 'text', maxlength: '128', placeholder: 'Text to write', 'aria-label': 'Text to write', disabled: !this.#mayChange});
    const send = async event => {
      event.preventDefault();
      await this.#attempt(async () => {
        await this.#api.post(`${this.#path}/uart`, {port: Number(port.value), text: text.value});
        this.#say('Written');
        text.value = '';
      });
    };
    return el('section', {class: 'card', 'aria-label': 'Serial line'}, el('h2', {}, 'Serial line'),
      el('form', {class: 'row', onsubmit: send}, port, text, el('button', {type: 'submit', disabled: !this.#mayChange}, 'Send')));
  }

  #identityCard() {
    return el('section', {class: 'card wide', 'aria-label': 'Identity'}, el('h2', {}, 'Identity'), this.#certificates,
      el('div', {class: 'actions'}, this.#sure('Renew', `Have ${this.id} make a new key, sign it, and restart?`, () => this.#renew()), this.#sure('Revoke and remove', `Revoke every certificate of ${this.id} and cut its session?`, async () => {
        await this.#api.delete(this.#path);
        this.#host.removed();
      })));
  }

  async #renew() {
    this.#say('Renewing: the board makes a key and restarts with it …');
    const renewed = await this.#api.post(`${this.#path}/certificates`, {});
    await this.load();
    this.#say(`Online with a new certificate, serial number ${renewed.serial}, slot generation ${renewed.slotGeneration}`);
  }

  /** A button that asks once more, in place. */
  #sure(label, question, act) {
    const box = el('div', {class: 'sure'});
    const first = el('button', {class: 'danger', onclick: () => {
      const no = el('button', {onclick: () => box.replaceChildren(first)}, 'Keep it');
      box.replaceChildren(el('span', {}, question), el('button', {class: 'danger', onclick: async () => {
        box.replaceChildren(first);
        await this.#attempt(act);
      }}, label), no);
      no.focus();
    }}, label);
    box.append(first);
    return box;
  }

  #standing(device) {
    this.#presence.textContent = device.online ? 'online' : 'offline';
    this.#presence.className = device.online ? 'presence online' : 'presence';
    const since = device.since ? `since ${new Date(device.since).toLocaleString()}` : '';
    const fell = device.fellBack ? `, went back to its old identity: ${device.fellBack}` : '';
    this.#about.textContent = `${since}${device.firmware ? `, ${device.firmware}` : ''}${fell}`;
    this.#reset.disabled = !this.#mayChange || !device.online;
  }

  async #askBoard() {
    const [status, network] = await Promise.all([
      this.#api.get(`${this.#path}/status`), this.#api.get(`${this.#path}/network`), this.#readPads(), this.#clock.load(),
    ]);
    this.#status.replaceChildren(facts([
      ['Firmware', status.firmware], ['Chip', status.chipId], ['Up', duration(status.uptimeSeconds)],
      ['Last reset', status.cause], ['Identity', `slot generation ${status.slotGeneration}${status.onTrial ? ', on trial' : ''}`],
    ]));
    this.#network.replaceChildren(facts([
      ['Address', network.address], ['Mask', network.mask], ['Router', network.router],
      ['MAC', network.mac], ['From', network.dhcp ? 'DHCP' : 'the slot'],
    ]));
  }

  #unknown() {
    this.#asOf.textContent = '';
    this.#ring.show(undefined);
    this.#panel.show();
    this.#clock.unknown();
    const words = 'The board is not there to be asked.';
    this.#status.replaceChildren(el('p', {class: 'hint'}, words));
    this.#network.replaceChildren(el('p', {class: 'hint'}, words));
  }

  async #readPads() {
    const {pads} = await this.#api.get(`${this.#path}/gpio`);
    this.#ring.show(pads);
    this.#asOf.textContent = `Read at ${timeOfDay(new Date())}. Inputs that report no edges stand as they were then.`;
    if (this.#chosen !== undefined) await this.#readChosen();
  }

  /** The list leaves out which edges a pad reports. */
  async #readChosen() {
    const state = await this.#api.get(`${this.#path}/gpio/${this.#chosen}`);
    this.#ring.update(state);
    if (state.pin === this.#chosen) this.#panel.show(state);
  }

  #rereadSoon() {
    clearTimeout(this.#rereading);
    this.#rereading = setTimeout(() => this.#attempt(() => this.#readPads()), 150);
  }

  #pressed(pin, state) {
    if (!state) return;
    this.#chosen = pin;
    this.#ring.choose(pin);
    this.#panel.show(state);
    if (this.#mayChange && !state.reserved && state.direction !== 'in') this.#change(pin, {value: 1 - state.value});
    else this.#attempt(() => this.#readChosen());
  }

  #change(pin, change) {
    return this.#attempt(async () => {
      this.#changing++;
      this.#ring.busy(pin, true);
      try {
        const state = await this.#api.put(`${this.#path}/gpio/${pin}`, change);
        this.#ring.update(state);
        if (pin === this.#chosen) this.#panel.show(state);
      } finally {
        this.#changing--;
        this.#ring.busy(pin, false);
      }
    });
  }

  #resetBoard() {
    return this.#attempt(async () => {
      this.#reset.disabled = true;
      this.#reset.textContent = 'Resetting …';
      try {
        const back = await this.#api.post(`${this.#path}/reset`);
        this.#say(`Back after ${ms(back.downtimeMs)}, boot ${back.bootId}, cause ${back.cause}`);
      } finally {
        this.#reset.disabled = !this.#mayChange;
        this.#reset.textContent = 'Reset';
      }
    });
  }

  #showCertificates(certificates) {
    this.#certificates.replaceChildren(...certificates.map(certificate => el('li', {},
      el('code', {}, certificate.serial), ' ',
      el('span', {class: 'hint'}, certificate.revoked
        ? `revoked ${new Date(certificate.revoked).toLocaleString()}: ${certificate.reason}`
        : `good until ${new Date(certificate.notAfter).toLocaleDateString()}`), ' ',
      certificate.revoked ? null : this.#sure('Revoke', `Revoke ${certificate.serial}? Whoever is connected with it is cut off.`, async () => {
        await this.#api.post(`${this.#path}/certificates/${certificate.serial}/revoke`, {});
        await this.load();
        this.#say(`Revoked ${certificate.serial}`);
      }))));
  }

  async #attempt(act) {
    try {
      await act();
    } catch (problem) {
      this.#say(problem);
    }
  }

  #say(what) {
    const bad = what instanceof Error;
    this.#message.textContent = bad ? `${what.title ?? 'Failed'}: ${what.message}` : what;
    this.#message.className = bad ? 'message problem' : 'message good';
    clearTimeout(this.#messageTimer);
    if (!bad) this.#messageTimer = setTimeout(() => { this.#message.textContent = ''; }, MESSAGE_MS);
    if (bad) this.#host.failed(what);
  }

  #note(at, words) {
    const item = el('li', {}, el('time', {datetime: at}, timeOfDay(at)), el('span', {}, words));
    const others = [...this.#events.children].filter(child => !child.classList.contains('hint'));
    this.#events.replaceChildren(item, ...others.slice(0, EVENTS_SHOWN - 1));
  }
}

function card(title, content) {
  return el('section', {class: 'card', 'aria-label': title}, el('h2', {}, title), content);
}
