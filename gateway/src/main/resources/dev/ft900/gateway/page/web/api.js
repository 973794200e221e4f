// The REST API of the gateway that served this page, and its stream of events.

const ROOT = '/api/v1';

/** What the gateway said when it did not do it (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `the gateway answered ${status}`);
    this.status = status;
    this.title = body.title || 'Request failed';
    this.type = body.type || '';
    this.step = body.step;
  }

  /** The last word of the type, such as "pad-is-input". */
  get code() {
    return this.type.slice(this.type.lastIndexOf(':') + 1);
  }
}

export class Api {
  #token;

  constructor(token) {
    this.#token = token;
  }

  get(path) {
    return this.#call('GET', path);
  }

  put(path, body) {
    return this.#call('PUT', path, body);
  }

  post(path, body) {
    return this.#call('POST', path, body);
  }

  delete(path) {
    return this.#call('DELETE', path);
  }

  /** Opens the stream of events; fetch, since EventSource cannot send a token. */
  async events(lastEventId, signal) {
    const headers = {Accept: 'text/event-stream', ...this.#authorization()};
    if (lastEventId) headers['Last-Event-ID'] = lastEventId;
    const response = await fetch(`${ROOT}/events`, {headers, signal, cache: 'no-store'});
    await Api.#refuse(response);
    return response.body;
  }

  #authorization() {
    return {Authorization: `Bearer ${this.#token}`};
  }

  async #call(method, path, body) {
    const headers = {Accept: 'application/json', ...this.#authorization()};
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    let response;
    try {
      response = await fetch(ROOT + path, {
        method, headers, cache: 'no-store', body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new Problem(0, {title: 'Gateway not reached', detail: 'The gateway does not answer. Is it still running?'});
    }
    await Api.#refuse(response);
    const text = await response.text();
    return text ? JSON.parse(text) : undefined;
  }

  static async #refuse(response) {
    if (response.ok) return;
    let body = {};
    try {
      body = await response.json();
    } catch {
      // Not one of ours: the status has to do.
    }
    throw new Problem(response.status, body);
  }
}
