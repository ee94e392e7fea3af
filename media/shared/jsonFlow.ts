import type { Flow } from './flow.ts';
import { TextFlow } from './textFlow.ts';
import { visibleControls } from './visibleControls.ts';

/** Longer texts are shown without colours: a span per token would cost more than it helps. */
const mostColoured = 200_000;
const token =
  /(?<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d[\d.eE+-]*)|(?<word>\b(?:true|false|null)\b)/g;

/** JSON: as it arrives while it grows; indented and coloured once it is whole, if it is JSON at all. */
export class JsonFlow implements Flow {
  readonly #root: HTMLElement;
  #text: TextFlow;
  #whole = '';

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#text = new TextFlow(root);
  }

  append(text: string): void {
    this.#whole += text;
    this.#text.append(text);
  }

  finish(): void {
    const pretty = prettyJson(this.#whole);
    if (pretty === undefined) {
      this.#text.finish();
    } else if (pretty.length > mostColoured) {
      this.#text = new TextFlow(this.#root);
      this.#text.append(pretty);
    } else {
      this.#root.replaceChildren(colouredJson(pretty));
    }
  }
}

/** The JSON indented by two, or `undefined` when it is none. */
function prettyJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return undefined;
  }
}

function colouredJson(pretty: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of pretty.matchAll(token)) {
    fragment.append(visibleControls(pretty.slice(end, match.index)));
    end = match.index + match[0].length;
    const span = document.createElement('span');
    span.className = `json-${Object.entries(match.groups ?? {}).find(([, text]) => text)?.[0]}`;
    span.textContent = visibleControls(match[0]);
    fragment.append(span);
  }
  fragment.append(visibleControls(pretty.slice(end)));
  return fragment;
}
