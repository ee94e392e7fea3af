import type { TextEvent } from '../jobs/queue.ts';
import type { Disposable } from '../model.ts';
import type { Clock } from '../providers/clock.ts';

/** A frame of what people see; tokens come faster. */
const frameMs = 50;

/**
 * Gathers the text of one output at a time and hands it on at most once per frame. The first piece after a
 * pause goes out at once, so the first token is on screen as it arrives.
 */
export class TextFrames implements Disposable {
  readonly #clock: Clock;
  readonly #send: (event: TextEvent) => void;
  #gathered: TextEvent | undefined;
  #pause: Disposable | undefined;

  constructor(clock: Clock, send: (event: TextEvent) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  add(event: TextEvent): void {
    const before = this.#gathered;
    if (before !== undefined && !continues(before, event)) this.#flush();
    const text = (this.#gathered?.text ?? '') + event.text;
    this.#gathered = { ...event, offset: this.#gathered?.offset ?? event.offset, text };
    if (this.#pause === undefined) this.#flush();
  }

  /** Forgets what was gathered: another output is shown now. */
  clear(): void {
    this.#gathered = undefined;
  }

  dispose(): void {
    this.#pause?.dispose();
    this.#gathered = undefined;
  }

  #flush(): void {
    const event = this.#gathered;
    this.#gathered = undefined;
    if (event === undefined) return;
    this.#send(event);
    this.#pause?.dispose();
    this.#pause = this.#clock.after(frameMs, () => {
      this.#pause = undefined;
      this.#flush();
    });
  }
}

function continues(before: TextEvent, { offset, outputId }: TextEvent): boolean {
  return before.outputId === outputId && before.offset + before.text.length === offset;
}
