import {el} from './dom.js';

/** Says why nothing can be shown now; it will be tried again. */
export function notNow(problem) {
  return el('main', {class: 'signin'},
    el('div', {class: 'card'},
      el('img', {src: '/web/chip.svg', alt: '', width: '48', height: '48'}),
      el('h1', {}, 'FT900 boards'),
      el('p', {class: 'problem', role: 'alert'}, problem.message),
      el('p', {class: 'hint'}, 'Trying again …')));
}

/** Asks for a token. */
export function signIn(problem, done) {
  const field = el('input', {
    id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, 'aria-describedby': 'token-help',
  });
  const submit = event => {
    event.preventDefault();
    const token = field.value.trim();
    if (token) done(token);
  };
  return el('main', {class: 'signin'},
    el('form', {class: 'card', onsubmit: submit},
      el('img', {src: '/web/chip.svg', alt: '', width: '48', height: '48'}),
      el('h1', {}, 'FT900 boards'),
      problem ? el('p', {class: 'problem', role: 'alert'}, problem.message) : null,
      el('label', {for: 'token'}, 'Token'),
      field,
      el('p', {id: 'token-help', class: 'hint'},
        './ft900 up', ' says in which file the developer’s token lies. It is kept in this tab only, and is gone when you close it.'),
      el('button', {class: 'primary', type: 'submit'}, 'Sign in')));
}
