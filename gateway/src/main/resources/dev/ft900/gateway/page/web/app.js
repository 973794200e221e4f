// The page's frame: who is signed in, which boards there are, which of them is shown.

import {Api} from './api.js';
import {BoardView} from './board.js';
import {BoardList} from './boards.js';
import {el} from './dom.js';
import {notNow, signIn} from './signin.js';
import {follow} from './stream.js';

/** For this tab only, and gone with it. */
const KEY = 'ft900-token';

const AGAIN_MS = 2000;

class App {
  #page = document.getElementById('page');
  #leaving = new AbortController();
  #api;
  #caller;
  #list;
  #board;
  #main;
  #link;

  async start() {
    const token = sessionStorage.getItem(KEY);
    if (!token) return this.#askForToken();
    this.#api = new Api(token);
    while (this.#caller === undefined) {
      try {
        this.#caller = await this.#api.get('/whoami');
      } catch (problem) {
        if (problem.status === 401 || problem.status === 403) return this.#askForToken(problem);
        // The token is as good as before; the gateway is about to stop, or its database is away.
        this.#page.replaceChildren(notNow(problem));
        await new Promise(resolve => setTimeout(resolve, AGAIN_MS));
      }
    }
    this.#show();
    await this.#list.load();
    this.#route();
    const listener = {
      event: (kind, data) => this.#happened(kind, data),
      up: () => this.#linked(true),
      down: problem => this.#linked(false, problem),
    };
    follow(this.#api, listener, this.#leaving.signal);
  }

  #askForToken(problem) {
    sessionStorage.removeItem(KEY);
    this.#page.replaceChildren(signIn(problem, token => {
      sessionStorage.setItem(KEY, token);
      location.reload();
    }));
  }

  #show() {
    this.#list = new BoardList(this.#api, problem => this.#failed(problem));
    this.#main = el('main', {id: 'board', tabindex: '-1'});
    this.#link = el('span', {class: 'link', role: 'status'}, 'Connecting');
    const bar = el('header', {class: 'bar'},
      el('a', {class: 'brand', href: '#/'}, el('img', {src: '/web/chip.svg', alt: '', width: '28', height: '28'}), 'FT900 boards'),
      this.#link,
      el('span', {class: 'caller'}, `${this.#caller.name} · ${this.#caller.role}`),
      el('a', {class: 'hint', href: '/docs'}, 'API'),
      el('button', {class: 'quiet', onclick: () => this.#signOut()}, 'Sign out'));
    this.#page.replaceChildren(
      el('a', {class: 'skip', href: '#board'}, 'Skip to the board'),
      bar, el('div', {class: 'columns'}, this.#list.element, this.#main));
    window.addEventListener('hashchange', () => this.#route());
  }

  #signOut() {
    this.#leaving.abort();
    sessionStorage.removeItem(KEY);
    location.hash = '';
    location.reload();
  }

  #route() {
    const wanted = /^#\/boards\/([a-z0-9][a-z0-9_-]*)$/.exec(location.hash)?.[1] ?? this.#list.first();
    this.#list.choose(wanted);
    this.#board?.close();
    this.#board = undefined;
    if (!wanted) {
      this.#main.replaceChildren(el('section', {class: 'card empty'},
        el('h1', {}, 'No boards yet'),
        el('p', {}, 'Plug one in and run ', el('code', {}, './ft900 flash --port PORT --id NAME'), '. It appears here as soon as it is registered.')));
      return;
    }
    this.#board = new BoardView(this.#api, wanted, this.#caller.role, {
      failed: problem => this.#failed(problem),
      removed: () => { location.hash = '#/'; },
    });
    this.#main.replaceChildren(this.#board.element);
    this.#board.load();
  }

  #happened(kind, data) {
    if (kind === 'gap') {
      this.#list.load();
      this.#board?.load();
      return;
    }
    this.#list.happened(kind, data);
    if (this.#board === undefined && this.#list.first()) this.#route();
    if (data.device === this.#board?.id) this.#board.happened(kind, data);
  }

  #linked(up, problem) {
    this.#link.textContent = up ? 'Live' : 'Not live';
    this.#link.title = up ? 'Changes appear as they happen' : problem.message;
    this.#link.classList.toggle('up', up);
    if (up) this.#readAnew();
    if (problem?.status === 401) this.#askForToken(problem);
  }

  /** Events are heard from now on: what happened before, or while nobody listened, is not among them. */
  async #readAnew() {
    this.#board?.load();
    await this.#list.load();
    if (this.#board === undefined && this.#list.first()) this.#route();
  }

  #failed(problem) {
    if (problem.status === 401) this.#askForToken(problem);
  }
}

new App().start();
