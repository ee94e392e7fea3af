/** Shows a text that may still be growing, inside one element, without touching what is already there. */
export interface Flow {
  /** More of the same text. */
  append(text: string): void;
  /** The text is whole: what could only be shown at the end is shown now. */
  finish(): void;
}

export type FlowKind = new (root: HTMLElement) => Flow;
