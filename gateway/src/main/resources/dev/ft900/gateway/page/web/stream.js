// Server-sent events (WHATWG HTML, section 9.2), read from a fetch, and taken up again after the last one seen.

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

/**
 * Follows the gateway's events until the signal is aborted.
 *
 * @param listener has event(kind, data), up() and down(problem); down may come several times before the next up
 */
export async function follow(api, listener, signal) {
  let lastId;
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      const body = await api.events(lastId, signal);
      pause = FIRST_PAUSE_MS;
      listener.up();
      for await (const event of parse(body)) {
        lastId = event.id ?? lastId;
        listener.event(event.kind, JSON.parse(event.data));
      }
    } catch (problem) {
      if (signal.aborted) return;
      listener.down(problem);
      if (problem.status === 401 || problem.status === 403) return;
      // What the id stood for is gone with the gateway that gave it.
      if (problem.status === 422) lastId = undefined;
    }
    await new Promise(resolve => setTimeout(resolve, pause));
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
  }
}

async function* parse(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    rest += value;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const event = message(rest.slice(0, end));
      rest = rest.slice(end + 2);
      if (event.data) yield event;
    }
  }
}

function message(block) {
  const event = {kind: 'message', data: ''};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).replace(/^ /, '');
    if (line.startsWith('id:')) event.id = value;
    else if (line.startsWith('event:')) event.kind = value;
    else if (line.startsWith('data:')) event.data += value;
  }
  return event;
}
