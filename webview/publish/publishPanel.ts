import type { PropertyValues, TemplateResult } from 'lit';
import { LitElement, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { asFailure } from '../../src/core/base/failure';
import { prettyJson } from '../../src/core/message/jsonPretty';
import type {
  FormHeader,
  FormProblem,
  FormPropertyName,
  PublishForm,
} from '../../src/core/message/publishForm';
import { visibleText } from '../../src/core/message/visibleText';
import type { PublishPanelContract, PublishPanelState } from '../../src/protocol/publishPanel';
import { isChecked, valueOf } from '../shared/controlEvents';
import type { PanelContext } from '../shared/startPanel';
import { countText } from '../shared/words';
import './comboBox';
import { contentTypes, propertyFields } from './fields';
import { headerRows } from './headerRows';
import type { OutcomeLine } from './outcomes';
import { outcomeText, outcomesTemplate } from './outcomes';
import { problemId, problemTemplate } from './problemTemplate';
import { rememberForm, rememberedForm } from './rememberedForm';

const mostOutcomes = 100;

/** The publish form. What is typed lives here; the host replaces it only by a greater revision. */
@customElement('publish-panel')
export class PublishPanel extends LitElement {
  @state() private panel: PublishPanelState | undefined;
  @state() private form: PublishForm | undefined;
  @state() private problems: readonly FormProblem[] = [];
  @state() private outcomes: readonly OutcomeLine[] = [];
  @state() private isPublishing = false;
  @state() private propertiesOpen = false;
  @state() private headersOpen = false;
  private lastOutcome = 0;
  private focusProblem = false;
  private remembering: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly context: PanelContext<PublishPanelContract>) {
    super();
    const { host, complain } = context;
    host.on('changed')((panel) => {
      this.take(panel);
    });
    host.request('ready', undefined).then((panel) => {
      this.take(panel);
    }, complain);
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void this.publish();
    });
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(_changed: PropertyValues): void {
    if (!this.focusProblem) return;
    this.focusProblem = false;
    this.querySelector('.problem')?.scrollIntoView({ block: 'nearest' });
    this.querySelector<HTMLElement>('.has-problem')?.focus();
  }

  protected override render(): TemplateResult {
    const { panel, form } = this;
    if (!panel || !form) return html`<p class="loading"><vscode-progress-ring></vscode-progress-ring></p>`;
    return html`<header class="title">
        <h1>Publish</h1>
        <span class="dim connection">${visibleText(panel.connection)} · ${visibleText(panel.vhost)}</span>
      </header>
      ${
        panel.blocked === undefined
          ? nothing
          : html`<div class="status warning" role="status">
              <span class="icon icon-warning" aria-hidden="true"></span
              ><span>${visibleText(panel.blocked)}</span>
            </div>`
      }
      <div class="form">
        ${this.addressFields(form, panel)} ${this.bodyFields(form)} ${this.propertiesGroup(form)}
        ${this.headersGroup(form)} ${this.buttons(panel)}
      </div>
      ${outcomesTemplate(this.outcomes)}`;
  }

  private addressFields(form: PublishForm, panel: PublishPanelState): TemplateResult {
    const toQueue = form.targetKind === 'queue';
    return html`<div class="address">
        <div class="kind">
          <label id="kind-label">Publish to</label>
          <vscode-dropdown
            aria-labelledby="kind-label"
            .value=${form.targetKind}
            @change=${(event: Event) => {
              this.change({ targetKind: valueOf(event) === 'queue' ? 'queue' : 'exchange' });
            }}
          >
            <vscode-option value="exchange">Exchange</vscode-option>
            <vscode-option value="queue">Queue</vscode-option>
          </vscode-dropdown>
        </div>
        <combo-box
          id="target"
          class=${this.problemClass('target')}
          .label=${toQueue ? 'Queue' : 'Exchange'}
          .value=${form.target}
          .options=${toQueue ? panel.queues : panel.exchanges}
          .problem=${this.problemAt('target') ? problemId('target') : ''}
          @text=${(event: CustomEvent<string>) => {
            this.change({ target: event.detail });
          }}
        ></combo-box>
        ${
          toQueue
            ? nothing
            : html`<vscode-text-field
                class="key ${this.problemClass('routingKey')}"
                maxlength="255"
                .value=${form.routingKey}
                @input=${(event: Event) => {
                  this.change({ routingKey: valueOf(event) });
                }}
                >Routing key</vscode-text-field
              >`
        }
      </div>
      ${
        toQueue
          ? html`<p class="dim hint">Straight to this queue, through the default exchange.</p>`
          : form.target === ''
            ? html`<p class="dim hint">The default exchange: the routing key names the queue.</p>`
            : nothing
      }
      ${problemTemplate(this.problems, 'target')} ${problemTemplate(this.problems, 'routingKey')}`;
  }

  private bodyFields(form: PublishForm): TemplateResult {
    const isBase64 = form.bodyEncoding === 'base64';
    return html`<div class="body-bar">
        <combo-box
          id="content-type"
          class=${this.problemClass('contentType')}
          label="Content type"
          .value=${form.properties.contentType ?? ''}
          .options=${contentTypes}
          .problem=${this.problemAt('contentType') ? problemId('contentType') : ''}
          @text=${(event: CustomEvent<string>) => {
            this.changeProperty('contentType', event.detail);
          }}
        ></combo-box>
        <vscode-button appearance="secondary" ?disabled=${isBase64} @click=${this.format}
          >Format</vscode-button
        >
        <vscode-checkbox
          ?checked=${isBase64}
          @change=${(event: Event) => {
            this.change({ bodyEncoding: isChecked(event) ? 'base64' : 'text' });
          }}
          >Base64</vscode-checkbox
        >
      </div>
      ${problemTemplate(this.problems, 'contentType')}
      <vscode-text-area
        class="body ${this.problemClass('body')}"
        resize="vertical"
        rows="10"
        spellcheck="false"
        .value=${form.body}
        @input=${(event: Event) => {
          this.change({ body: valueOf(event) });
        }}
        >Body</vscode-text-area
      >
      ${problemTemplate(this.problems, 'body')}`;
  }

  private propertiesGroup(form: PublishForm): TemplateResult {
    const shown: readonly FormPropertyName[] = [...propertyFields.map(({ name }) => name), 'deliveryMode'];
    const set = shown.filter((name) => form.properties[name]).length;
    return html`<details
      ?open=${this.propertiesOpen}
      @toggle=${(event: Event) => {
        this.propertiesOpen = (event.currentTarget as HTMLDetailsElement).open;
      }}
    >
      <summary>Properties (${countText(set)} set)</summary>
      <div class="properties">
        <div>
          <label id="delivery-mode-label">Delivery mode</label>
          <vscode-dropdown
            aria-labelledby="delivery-mode-label"
            .value=${form.properties.deliveryMode ?? ''}
            @change=${(event: Event) => {
              this.changeProperty('deliveryMode', valueOf(event));
            }}
          >
            <vscode-option value="">not set (transient)</vscode-option>
            <vscode-option value="1">1, transient</vscode-option>
            <vscode-option value="2">2, persistent</vscode-option>
          </vscode-dropdown>
          ${problemTemplate(this.problems, 'deliveryMode')}
        </div>
        ${propertyFields.map(
          ({ name, label, placeholder }) =>
            html`<div>
              <vscode-text-field
                class=${this.problemClass(name)}
                maxlength="255"
                placeholder=${placeholder ?? nothing}
                .value=${form.properties[name] ?? ''}
                @input=${(event: Event) => {
                  this.changeProperty(name, valueOf(event));
                }}
                >${label}</vscode-text-field
              >
              ${problemTemplate(this.problems, name)}
            </div>`,
        )}
      </div>
    </details>`;
  }

  private headersGroup(form: PublishForm): TemplateResult {
    const { headers } = form;
    const change = (next: readonly FormHeader[]): void => {
      // The numbers in `headers.<index>` no longer fit once a row is gone.
      this.problems = this.problems.filter((problem) => !problem.field.startsWith('headers.'));
      this.change({ headers: next });
    };
    return html`<details
      ?open=${this.headersOpen}
      @toggle=${(event: Event) => {
        this.headersOpen = (event.currentTarget as HTMLDetailsElement).open;
      }}
    >
      <summary>Headers (${countText(headers.length)})</summary>
      ${headerRows(headers, this.problems, {
        change: (index, part) => {
          change(headers.map((header, at) => (at === index ? { ...header, ...part } : header)));
        },
        remove: (index) => {
          change(headers.filter((_, at) => at !== index));
        },
        add: () => {
          change([...headers, { name: '', type: 'longstr', value: '' }]);
          void this.updateComplete.then(() => {
            this.querySelector<HTMLElement>('.header-row:last-of-type .name')?.focus();
          });
        },
      })}
    </details>`;
  }

  private buttons(panel: PublishPanelState): TemplateResult {
    const disabled = this.isPublishing || panel.blocked !== undefined;
    return html`<div class="buttons">
      <vscode-button ?disabled=${disabled} @click=${() => void this.publish()}>Publish</vscode-button>
      <vscode-button appearance="secondary" ?disabled=${disabled} @click=${() => void this.publishAndTail()}
        >Publish and Tail</vscode-button
      >
      <span class="dim">Ctrl+Enter</span>
    </div>`;
  }

  private take(panel: PublishPanelState): void {
    if (!this.panel || panel.revision > this.panel.revision || !this.form) {
      this.form = rememberedForm(this.context.memory, panel.revision) ?? panel.form;
      this.problems = [];
      this.propertiesOpen =
        this.propertiesOpen || propertyFields.some(({ name }) => this.form?.properties[name]);
      this.headersOpen = this.headersOpen || this.form.headers.length > 0;
    }
    this.panel = panel;
    if (panel.revive) this.context.memory.set({ revive: panel.revive });
  }

  private change(change: Partial<PublishForm>): void {
    if (!this.form) return;
    this.form = { ...this.form, ...change };
    this.rememberSoon();
    const touched = Object.keys(change);
    this.problems = this.problems.filter((problem) => !touched.includes(problem.field));
  }

  /** Not at every key: a body may be megabytes long. */
  private rememberSoon(): void {
    this.remembering ??= setTimeout(() => {
      this.remembering = undefined;
      rememberForm(this.context.memory, this.panel?.revision ?? 0, this.form);
    }, 300);
  }

  private changeProperty(name: FormPropertyName, value: string): void {
    if (!this.form) return;
    this.problems = this.problems.filter((problem) => problem.field !== name);
    this.change({ properties: { ...this.form.properties, [name]: value } });
  }

  private readonly format = (): void => {
    if (!this.form) return;
    const pretty = prettyJson(this.form.body, Number.POSITIVE_INFINITY);
    if (pretty.kind === 'json') this.change({ body: pretty.text });
    else
      this.problems = [
        ...this.problemsBut('body'),
        { field: 'body', message: `Not JSON: ${pretty.message}.` },
      ];
  };

  /** Whether a message was sent; what became of it is in the list. */
  private async publish(): Promise<boolean> {
    const { form } = this;
    if (!form || this.isPublishing || this.panel?.blocked !== undefined) return false;
    this.isPublishing = true;
    try {
      const result = await this.context.host.request('publish', { form });
      if (result.kind === 'invalid') {
        this.showProblems(result.problems);
        return false;
      }
      this.problems = [];
      const toQueue = form.targetKind === 'queue';
      const target = {
        exchange: toQueue ? '' : form.target,
        routingKey: toQueue ? form.target : form.routingKey,
      };
      this.addOutcome(result.at, result.outcome.kind, outcomeText(result.outcome, target));
      return true;
    } catch (thrown) {
      const failure = asFailure(thrown);
      this.addOutcome(Date.now(), 'failed', [failure.message, failure.more.advice].filter(Boolean).join(' '));
      return false;
    } finally {
      this.isPublishing = false;
    }
  }

  /** The tail first, so that it sees the message. */
  private async publishAndTail(): Promise<void> {
    if (!this.form) return;
    try {
      await this.context.host.request('tailTarget', { form: this.form });
    } catch (thrown) {
      this.context.complain(thrown);
      return;
    }
    await this.publish();
  }

  private showProblems(problems: readonly FormProblem[]): void {
    this.problems = problems;
    this.propertiesOpen ||=
      propertyFields.some(({ name }) => this.problemAt(name)) || this.problemAt('deliveryMode');
    this.headersOpen ||= problems.some((problem) => problem.field.startsWith('headers.'));
    this.focusProblem = true;
  }

  private addOutcome(at: number, kind: OutcomeLine['kind'], text: string): void {
    const line = { id: ++this.lastOutcome, at, kind, text };
    this.outcomes = [line, ...this.outcomes].slice(0, mostOutcomes);
  }

  private problemsBut(field: string): readonly FormProblem[] {
    return this.problems.filter((problem) => problem.field !== field);
  }

  private problemAt(field: string): boolean {
    return this.problems.some((problem) => problem.field === field);
  }

  private problemClass(field: string): string {
    return this.problemAt(field) ? 'has-problem' : '';
  }
}
