import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { PageChannel } from '../../client/panels/channel.ts';
import type {
  OutputChoices,
  OutputListFilter,
  OutputsContract,
} from '../../client/panels/protocol.ts';
import { Announcer } from '../shared/announcer.ts';
import { connect, savedState, saveState } from '../shared/host.ts';
import { t } from '../shared/l10n.ts';
import { notice } from '../shared/notice.ts';
import { PageElement } from '../shared/pageElement.ts';
import type { SashMove } from '../shared/paneSash.ts';
import { statusLook } from '../shared/status.ts';
import { Wishes } from '../shared/wishes.ts';
import { type Actions, backBar, failureNotice, noOutputs, outputPane } from './detailPane.ts';
import { DetailSource } from './detailSource.ts';
import { savedFilter } from './filters.ts';
import { listPane } from './listPane.ts';
import type { DetailCommand } from './outputButtons.ts';
import type { OutputDetailView } from './outputDetail.ts';
import type { OutputList, RowChosen } from './outputList.ts';
import { RowSource } from './rowSource.ts';

interface Saved {
  readonly selected: string;
  readonly filter: OutputListFilter;
  readonly listWidth: number;
  /** Comments that are being written, by output. */
  readonly drafts: Record<string, string>;
}

/** Below this width the list and the output take turns. */
const narrowPixels = 620;
const leastPane = 220;
/** How often relative times are brought up to date. */
const relativeSeconds = 15;

/** The Outputs page: what was run on the left, one of them on the right. */
export class OutputsPage extends PageElement {
  static override readonly properties: PropertyDeclarations = {
    _narrow: { state: true },
    _opened: { state: true },
    _version: { state: true },
    _trouble: { state: true },
    _copied: { state: true },
    _listWidth: { state: true },
    _choices: { state: true },
  };

  declare _narrow: boolean;
  /** In the narrow layout: the output is shown instead of the list. */
  declare _opened: boolean;
  declare _version: number;
  declare _trouble: string | undefined;
  declare _copied: boolean;
  declare _listWidth: number;
  declare _choices: OutputChoices;

  readonly #channel: PageChannel<OutputsContract>;
  readonly #wishes: Wishes<OutputsContract>;
  readonly #rows: RowSource;
  readonly #detail: DetailSource;
  readonly #drafts: Map<string, string>;
  #announcer: Announcer | undefined;
  #announced: string | undefined;
  /** The newest output when the choices were asked for. */
  #chosenFor: string | undefined;
  #saved = '';
  #ticks = 0;

  constructor() {
    super();
    const saved = savedState<Saved>();
    this._narrow = window.innerWidth < narrowPixels;
    this._opened = false;
    this._version = 0;
    this._copied = false;
    this._choices = { templates: [], models: [] };
    this._listWidth = saved.listWidth ?? Math.min(Math.max(window.innerWidth * 0.36, 230), 340);
    this.#drafts = new Map(Object.entries(saved.drafts ?? {}));
    this.#channel = connect<OutputsContract>({
      select: ({ id }) => this.#show(id),
      changed: ({ ids }) => {
        this.#rows.refresh();
        if (this.#detail.id !== undefined && ids.includes(this.#detail.id)) this.#detail.refresh();
      },
      search: (state) => this.#rows.searched(state),
      text: (event) => this.#arrived(event),
      trouble: ({ message }) => {
        this._trouble = message;
      },
    });
    const changed = (): void => {
      this._version += 1;
    };
    this.#wishes = new Wishes(this.#channel, changed);
    this.#rows = new RowSource(
      (filter, offset, limit) => this.#channel.request('list', { filter, offset, limit }),
      changed,
    );
    this.#rows.setFilter(savedFilter(saved.filter));
    this.#detail = new DetailSource((id) => this.#channel.request('detail', { id }), changed);
    void this.#start(saved.selected);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    new ResizeObserver(() => {
      this._narrow = window.innerWidth < narrowPixels;
    }).observe(this);
    window.setInterval(() => this.#tick(), 1000);
  }

  protected override render(): TemplateResult {
    return html`
      ${this._trouble === undefined ? nothing : notice('warning', this._trouble)}
      ${this.#rows.isEmpty ? noOutputs(() => void this.#wishes.ask('runPrompt', {})) : this.#panes()}
      <div class="visually-hidden" role="status" aria-live="polite"></div>
    `;
  }

  protected override firstUpdated(): void {
    this.#announcer = new Announcer(this.querySelector<HTMLElement>(':scope > [role="status"]')!);
  }

  protected override updated(): void {
    const panes = this.querySelector<HTMLElement>('.panes');
    panes?.style.setProperty('--list-width', `${this._listWidth}px`);
    // The list asks for the rows in sight; without one, for the first.
    if (panes === null) this.#rows.need(0, 0);
    this.#selectFirst();
    this.#askChoices();
    this.#announceStatus();
    this.#save();
  }

  #panes(): TemplateResult {
    const showsOutput = this._narrow && this._opened;
    const most = Math.max(leastPane, window.innerWidth - leastPane - 80);
    return html`<main class="panes ${this._narrow ? 'narrow' : ''}">
      <div class="pane" ?hidden=${showsOutput}>
        ${listPane(this.#rows, this._choices, this.#detail.id, this._version, {
          filter: (filter) => this.#rows.setFilter(filter),
          retry: () => this.#rows.refresh(),
          cancelSearch: () => void this.#wishes.ask('cancelSearch', {}),
          choose: (event) => this.#chosen(event),
        })}
      </div>
      <pane-sash
        ?hidden=${this._narrow}
        .width=${this._listWidth}
        .least=${leastPane}
        .most=${most}
        @sash-move=${(event: SashMove) => {
          this._listWidth = event.width;
        }}
      ></pane-sash>
      <div class="pane" ?hidden=${this._narrow && !this._opened}>
        ${showsOutput ? backBar(this.#back) : nothing} ${failureNotice(this.#wishes)}
        ${outputPane(this.#detail, this.#drafts, this._copied, this.#actions)}
      </div>
    </main>`;
  }

  readonly #back = (): void => {
    this._opened = false;
    void this.updateComplete.then(() => {
      this.querySelector<OutputList>('output-list')?.focus();
    });
  };

  readonly #actions: Actions = {
    command: (command) => void this.#do(command),
    retry: () => this.#detail.refresh(),
    draft: (text) => {
      if (this.#detail.id === undefined) return;
      if (text === undefined) this.#drafts.delete(this.#detail.id);
      else this.#drafts.set(this.#detail.id, text);
      this.requestUpdate();
    },
    rate: (rating, comment) => void this.#rate(rating, comment),
  };

  async #start(selected: string | undefined): Promise<void> {
    if (selected !== undefined) this.#detail.select(selected);
    const answer = await this.#wishes.ask('ready', {});
    if (!answer.ok) return;
    this._trouble = answer.result.trouble;
    if (answer.result.select !== undefined) this.#show(answer.result.select);
  }

  #show(id: string): void {
    this._opened = true;
    this.#wishes.forget();
    this.#detail.select(id);
  }

  #chosen({ id, open }: RowChosen): void {
    this.#wishes.forget();
    this._opened = open || this._opened;
    this.#detail.select(id);
    if (!this._narrow || !open) return;
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>('.back button')?.focus();
    });
  }

  /** The newest output may be the first of its template or model. */
  #askChoices(): void {
    const newest = this.#rows.row(0);
    if (newest === undefined || newest.id === this.#chosenFor) return;
    this.#chosenFor = newest.id;
    const { models, templates } = this._choices;
    const known = templates.some(({ slug }) => slug === newest.templateSlug);
    if (known && models.includes(newest.model)) return;
    // What cannot be answered is told by the list itself.
    this.#channel.request('choices', {}).then(
      (choices) => {
        this._choices = choices;
      },
      () => undefined,
    );
  }

  /** A wide page never shows half of itself empty. */
  #selectFirst(): void {
    const first = this.#rows.row(0);
    if (this.#detail.id === undefined && !this._narrow && first) this.#detail.select(first.id);
  }

  #arrived({ id, offset, text }: OutputsContract['events']['text']): void {
    if (this.#detail.detail?.output.id !== id) return;
    const view = this.querySelector<OutputDetailView>('output-detail');
    const added = view?.grow(offset, text);
    if (added === undefined) this.#detail.refresh();
    else this.#announcer?.append(added);
  }

  async #do(command: DetailCommand): Promise<void> {
    const { id } = this.#detail;
    if (id === undefined) return;
    if (command.startsWith('act:')) {
      await this.#wishes.ask('act', { id, action: command.slice('act:'.length) });
    } else if (command === 'rerun') {
      const answer = await this.#wishes.ask('rerun', { id });
      if (answer.ok) this.#show(answer.result.id);
    } else if (command === 'copy') {
      const { ok } = await this.#wishes.ask('copy', { id });
      if (ok) this.#sayCopied();
    } else if (command === 'insert' || command === 'save' || command === 'open') {
      await this.#wishes.ask('use', { id, how: command });
    } else {
      const plain = command as 'cancel' | 'openTemplate' | 'regenerate' | 'remove';
      await this.#wishes.ask(plain, { id });
    }
  }

  #sayCopied(): void {
    this._copied = true;
    this.#announcer?.say(t('Copied'));
    window.setTimeout(() => {
      this._copied = false;
    }, 1500);
  }

  /** A comment that could not be written goes back into its box. */
  async #rate(rating: 'up' | 'down' | undefined, comment: string): Promise<void> {
    const { id } = this.#detail;
    if (id === undefined) return;
    const { ok } = await this.#wishes.ask('rate', { id, rating, comment });
    if (ok) return;
    if (comment !== '') this.#drafts.set(id, comment);
    this.#detail.refresh();
  }

  /** Relative times move on; why a job waits may change without any other sign. */
  #tick(): void {
    const detail = this.#detail.detail;
    if (detail?.output.status === 'pending') this.#detail.refresh();
    else if (++this.#ticks % relativeSeconds === 0) this.requestUpdate();
  }

  #announceStatus(): void {
    const output = this.#detail.detail?.output;
    if (output === undefined) return;
    const state = `${output.id} ${output.status}`;
    const known = this.#announced?.startsWith(output.id) === true;
    if (state !== this.#announced && known) this.#announcer?.say(statusLook(output.status).label);
    this.#announced = state;
  }

  #save(): void {
    const state: Partial<Saved> = {
      ...(this.#detail.id !== undefined && { selected: this.#detail.id }),
      filter: this.#rows.filter,
      listWidth: this._listWidth,
      drafts: Object.fromEntries(this.#drafts),
    };
    // VS Code writes down what it is told: only news.
    const text = JSON.stringify(state);
    if (text === this.#saved) return;
    this.#saved = text;
    saveState(state);
  }
}

customElements.define('outputs-page', OutputsPage);
