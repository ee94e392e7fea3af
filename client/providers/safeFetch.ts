import type { Deadlines } from './deadlines.ts';
import { FaultError } from './fault.ts';
import type { Connection } from './provider.ts';

/** What may be in a header at all; anything else would end up in an error message of `Headers`. */
const keyPattern = /^[\x21-\x7e]+$/;

/**
 * A `fetch` for one request of one connection. Of the headers an SDK has put together only those that describe the
 * body survive: SDKs take others from the environment (organization, project, even a foreign `Authorization`), and
 * none of that may decide where a key goes or which key goes there. The credential is set last, by us alone. Redirects
 * are refused: `fetch` would carry custom headers to another origin and turn a POST into a GET.
 */
export function safeFetch(connection: Connection, deadlines: Deadlines): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== connection.origin) throw new FaultError({ on: 'origin', to: url.origin });
    const response = await globalThis.fetch(url, {
      ...init,
      headers: ownHeaders(init?.headers, connection),
      redirect: 'manual',
    });
    refuseRedirect(response, url);
    return watched(response, deadlines);
  };
}

function ownHeaders(
  given: ConstructorParameters<typeof Headers>[0],
  connection: Connection,
): Headers {
  const theirs = new Headers(given);
  const ours = new Headers({ 'user-agent': 'prompt-workbench' });
  for (const name of ['accept', 'content-type']) {
    const value = theirs.get(name);
    if (value !== null) ours.set(name, value);
  }
  if (connection.key === undefined) return ours;
  const key = connection.key();
  if (!keyPattern.test(key)) throw new FaultError({ on: 'key' });
  ours.set('authorization', `Bearer ${key}`);
  return ours;
}

function refuseRedirect(response: Response, url: URL): void {
  const redirects = response.status >= 300 && response.status < 400;
  if (!redirects && response.type !== 'opaqueredirect') return;
  void response.body?.cancel().catch(() => undefined);
  throw new FaultError({ on: 'redirect', to: destination(response.headers.get('location'), url) });
}

/** Origin only: the rest of a redirect may repeat what was sent. */
function destination(location: string | null, from: URL): string {
  if (location === null || !URL.canParse(location, from.href)) return 'another address';
  const to = new URL(location, from.href);
  return to.origin === from.origin ? `${to.origin}${to.pathname}` : to.origin;
}

/** The same response, with every arriving byte noted: no SDK tells when a stream falls silent. */
function watched(response: Response, deadlines: Deadlines): Response {
  const reader = response.body?.getReader();
  if (reader === undefined) return response;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) {
        controller.close();
      } else {
        deadlines.touch();
        controller.enqueue(value);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}
