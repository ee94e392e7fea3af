import { LitElement } from 'lit';

/**
 * An element that renders into the page itself: the page's one stylesheet reaches it, and labels, descriptions
 * and live regions can refer to each other, which they cannot across shadow roots.
 */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
