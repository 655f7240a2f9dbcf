import * as vscode from 'vscode';
import { exchangeLabel, visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { TopologyText } from '../../protocol/topologyService';
import { withoutIcons } from '../messages';
import { withCancel } from '../withCancel';
import type { AskTopology } from './comparisonView';
import { routePick } from './routePick';
import { revealName } from './revealName';
import type { TopologySide, TopologySides } from './topologySide';

/** Where a route begins. */
export interface RouteStart {
  readonly side: TopologySide;
  readonly vhost: string;
  readonly exchange: string;
}

/** Opens the publish panel of a live exchange. */
export type PublishTo = (profileId: string, vhost: string, exchange: string, routingKey: string) => void;

const mostHeaderText = 64 * 1024;

/** Preview Route: which queues get a message, of a file or of a broker as it is. */
export class RoutePreviews {
  /** The routing key typed last for an exchange, while this window is open. */
  private readonly keys = new Map<string, string>();

  constructor(
    private readonly sides: TopologySides,
    private readonly ask: AskTopology,
    private readonly publish: PublishTo,
    private readonly words: Wording,
  ) {}

  /** Asks for the exchange where it is not known. */
  async show(side: TopologySide, given?: Omit<RouteStart, 'side'>): Promise<void> {
    let topology = await this.read(side);
    if (topology === undefined) return;
    let start = given ?? (await this.exchange(topology));
    let headers = '';
    while (start !== undefined) {
      const { vhost, exchange } = start;
      const memory = JSON.stringify([side, vhost, exchange]);
      const text: TopologyText = topology;
      const choice = await routePick(
        {
          title: this.title(side, exchange, vhost),
          key: this.keys.get(memory) ?? '',
          headers,
          live: side.kind === 'broker',
          preview: (routingKey, token) =>
            this.ask('route', { topology: text, vhost, exchange, routingKey, headers }, token),
          typed: (key) => this.keys.set(memory, key),
        },
        this.words,
      );
      switch (choice.kind) {
        case 'headers':
          headers = (await askHeaders(headers)) ?? headers;
          break;
        case 'exchange':
          start = (await this.exchange(topology)) ?? start;
          break;
        case 'refresh':
          topology = (await this.read(side)) ?? topology;
          break;
        case 'publish':
          if (side.kind === 'broker') {
            this.publish(side.profileId, vhost, exchange, this.keys.get(memory) ?? '');
          }
          return;
        case 'queue':
          if (side.kind === 'file') {
            await revealName(side.uri, choice.queue);
            return;
          }
          break;
        case 'closed':
          return;
      }
    }
  }

  private title(side: TopologySide, exchange: string, vhost: string): string {
    const name = exchangeLabel(exchange, this.words);
    const where = this.sides.name(side.kind === 'broker' ? { ...side, vhost } : side);
    return vscode.l10n.t('Route from {0} ({1})', withoutIcons(name), withoutIcons(where));
  }

  private async read(side: TopologySide): Promise<TopologyText | undefined> {
    if (side.kind === 'file') {
      const source = new vscode.CancellationTokenSource();
      return (await this.sides.read(side, source.token))?.topology;
    }
    const title = vscode.l10n.t('Reading the bindings of {0}', this.sides.name(side));
    const read = await withCancel(title, (_signal, _report, token) => this.sides.read(side, token));
    return read?.topology;
  }

  private async exchange(topology: TopologyText): Promise<Omit<RouteStart, 'side'> | undefined> {
    const vhosts = await this.ask('exchanges', { topology });
    const items = vhosts.flatMap(({ vhost, exchanges }) =>
      exchanges.map(({ name, type }) => ({
        label: `$(arrow-swap) ${withoutIcons(exchangeLabel(name, this.words))}`,
        description: withoutIcons(vhosts.length > 1 ? `${type} · ${visibleName(vhost, this.words)}` : type),
        start: { vhost, exchange: name },
      })),
    );
    if (items.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no exchange to route from.'));
      return undefined;
    }
    const choice = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Preview Route'),
      placeHolder: vscode.l10n.t('Which exchange?'),
      matchOnDescription: true,
    });
    return choice?.start;
  }
}

/** A JSON object; empty text for none. `undefined` when the user pressed Escape. */
async function askHeaders(before: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Preview Route: Headers'),
    prompt: vscode.l10n.t('Headers as a JSON object. Leave it empty for none.'),
    placeHolder: '{ "format": "pdf", "pages": 12 }',
    value: before,
    ignoreFocusOut: true,
    validateInput: (input) =>
      isHeaders(input)
        ? undefined
        : vscode.l10n.t('This is no JSON object such as {0}.', '{ "format": "pdf" }'),
  });
  return text?.trim();
}

function isHeaders(input: string): boolean {
  if (input.trim() === '') return true;
  if (input.length > mostHeaderText) return false;
  try {
    const value: unknown = JSON.parse(input);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
