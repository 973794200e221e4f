// Shows the gateway's own /openapi.json to people: every operation with its parameters, bodies, answers and errors.

import {el} from '/web/dom.js';

const VERBS = ['get', 'put', 'post', 'delete', 'patch'];

/** Follows references inside the contract, and nothing outside it. */
class Contract {
  constructor(json) {
    this.json = json;
  }

  find(thing) {
    let found = thing;
    while (found?.$ref) {
      found = found.$ref.slice(2).split('/').reduce((node, name) => node?.[name.replaceAll('~1', '/').replaceAll('~0', '~')], this.json);
    }
    return found ?? {};
  }

  operations() {
    return Object.entries(this.json.paths).flatMap(([path, item]) => VERBS.filter(verb => item[verb]).map(verb => ({
      path, verb, ...item[verb], parameters: [...(item.parameters ?? []), ...(item[verb].parameters ?? [])],
    })));
  }
}

function nameOf(schema) {
  return schema.$ref ? schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1) : undefined;
}

/** What a value may be, in a few words. */
function words(contract, schema) {
  const found = contract.find(schema);
  if (found.enum) return found.enum.map(value => JSON.stringify(value)).join(' | ');
  if (found.const !== undefined) return JSON.stringify(found.const);
  if (found.oneOf || found.anyOf) return (found.oneOf ?? found.anyOf).map(one => words(contract, one)).join(' or ');
  const type = [found.type ?? 'any'].flat().join(' or ');
  if (type === 'array') return `list of ${words(contract, found.items ?? {})}`;
  const limits = [
    found.format, found.pattern && `matches ${found.pattern}`, found.minimum !== undefined && `from ${found.minimum}`,
    found.maximum !== undefined && `to ${found.maximum}`, found.maxLength !== undefined && `at most ${found.maxLength} characters`,
    found.default !== undefined && `usually ${JSON.stringify(found.default)}`,
  ].filter(Boolean);
  return [nameOf(schema) && type === 'object' ? nameOf(schema) : type, ...limits].join(', ');
}

/** The members of an object, and of those within it. */
function members(contract, schema, above = []) {
  const found = contract.find(schema);
  if (found.type === 'array') return members(contract, found.items ?? {}, above);
  const parts = [...(found.allOf ?? []), ...(found.oneOf ?? []), ...(found.anyOf ?? [])].map(part => members(contract, part, above));
  if (!found.properties || above.includes(found)) return parts;
  const required = new Set(found.required ?? []);
  return [...parts, el('ul', {class: 'schema'}, Object.entries(found.properties).map(([name, property]) => el('li', {},
      el('code', {}, name), required.has(name) ? '' : ' (optional)', ': ', words(contract, property),
      contract.find(property).description ? ` — ${contract.find(property).description}` : '',
      members(contract, property, [...above, found]))))];
}

function content(contract, holder) {
  return Object.entries(contract.find(holder).content ?? {}).map(([type, media]) => [
    el('p', {class: 'hint'}, type, nameOf(media.schema ?? {}) ? ` · ${nameOf(media.schema)}` : ''),
    media.schema ? members(contract, media.schema) : undefined,
    media.example === undefined ? undefined : el('pre', {tabindex: 0}, typeof media.example === 'string' ? media.example : JSON.stringify(media.example, null, 2)),
  ]);
}

function parameters(contract, list) {
  if (list.length === 0) return undefined;
  return [el('h3', {}, 'Parameters'), el('table', {}, list.map(parameter => contract.find(parameter)).map(parameter => el('tr', {},
      el('td', {}, el('code', {}, parameter.name), el('span', {class: 'hint'}, ` ${parameter.in}`)),
      el('td', {}, parameter.description ?? '', el('p', {class: 'hint'}, words(contract, parameter.schema ?? {}))))))];
}

function answers(contract, responses) {
  return [el('h3', {}, 'Answers'), el('table', {}, Object.entries(responses).map(([status, response]) => el('tr', {},
      el('td', {}, el('code', {}, status)),
      el('td', {}, contract.find(response).description, status < '300' ? content(contract, response) : undefined))))];
}

function operation(contract, one) {
  return el('details', {class: 'card', id: one.operationId},
      el('summary', {}, el('span', {class: `verb ${one.verb}`}, one.verb), el('code', {}, one.path), el('span', {}, one.summary ?? ''),
          el('span', {class: 'hint role'}, one['x-role'] ?? 'everybody')),
      one.description ? el('p', {}, one.description) : undefined,
      parameters(contract, one.parameters),
      one.requestBody ? [el('h3', {}, 'Body'), content(contract, one.requestBody)] : undefined,
      answers(contract, one.responses));
}

async function show(page) {
  const response = await fetch('/openapi.json', {cache: 'no-store'});
  const contract = new Contract(await response.json());
  const {info, tags = []} = contract.json;
  const operations = contract.operations();
  page.append(el('div', {}, el('h1', {}, `${info.title}, version ${info.version}`), el('p', {}, info.description ?? '')));
  const names = [...new Set([...tags.map(tag => tag.name), ...operations.flatMap(one => one.tags ?? ['other'])])];
  for (const name of names) {
    const those = operations.filter(one => (one.tags ?? ['other']).includes(name));
    if (those.length === 0) continue;
    page.append(el('section', {}, el('h2', {}, name), el('p', {class: 'hint'}, tags.find(tag => tag.name === name)?.description ?? ''),
        those.map(one => operation(contract, one))));
  }
  page.append(el('section', {}, el('h2', {}, 'errors'), el('div', {class: 'card'}, members(contract, {$ref: '#/components/schemas/Problem'}))));
  const chosen = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (chosen) {
    chosen.open = true;
    chosen.scrollIntoView();
  }
}

const page = document.getElementById('contract');
show(page).catch(() => page.append(el('p', {class: 'problem', role: 'alert'}, 'The contract cannot be read. Is the gateway still running?')));
