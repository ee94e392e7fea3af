/** The page's way to the extension: one typed channel and the state VS Code keeps while the page is away. */
import { PageChannel, type Listeners, type Port } from '../../client/panels/channel.ts';
import type { PageContract } from '../../client/panels/protocol.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** What the extension said this page is about; saved with the state so that a reload of the window finds it. */
const identity: unknown = JSON.parse(document.body.dataset.identity ?? '{}');

const port: Port = {
  post(message) {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window: VS Code addresses it
    api.postMessage(message);
  },
  onMessage(listener) {
    const receive = (event: MessageEvent): void => {
      listener(event.data);
    };
    window.addEventListener('message', receive);
    return {
      dispose() {
        window.removeEventListener('message', receive);
      },
    };
  },
};

export function connect<C extends PageContract>(listeners: Listeners<C>): PageChannel<C> {
  return new PageChannel<C>(port, listeners);
}

/** What `saveState` saved last, also before a reload of the window. Never put secrets in it: it is written to disk. */
export function savedState<T extends object>(): Partial<T> {
  const saved = api.getState() as { page?: Partial<T> } | undefined;
  return saved?.page ?? {};
}

export function saveState(page: object): void {
  api.setState({ identity, page });
}

// Even a page that never saves anything of its own must say whose it is.
if (api.getState() === undefined) saveState({});
