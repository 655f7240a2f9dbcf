import * as vscode from 'vscode';
import { byName, visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { Pickers } from '../commands/pickers';
import type { TopologyTarget } from '../commands/commandTable';
import { withoutIcons } from '../messages';
import type { StoredProfile } from '../profiles/profileMerge';
import { isDefinitionsFile } from '../topologyFiles';
import { fileName } from './topologySide';
import type { BrokerSide, FileSide, TopologySides } from './topologySide';

/** Files that a quick pick offers; the others are a file dialog away. */
const mostFiles = 200;
const fileGlob = '**/{definitions.json,*.definitions.json,*rabbitmq*definitions*.json}';

/** Whether a question about a connection offers all of it, one of its virtual hosts, or both. */
export type BrokerPart = 'any' | 'vhost' | 'whole';

/** The questions "which file" and "which broker". Each gives `undefined` when the user pressed Escape. */
export class TopologyQuestions {
  constructor(
    private readonly pickers: Pickers,
    private readonly sides: TopologySides,
    private readonly words: Wording,
  ) {}

  /** The file that was right-clicked, else the one in front if it is a topology file, else the one the user picks. */
  async file(target: TopologyTarget, title: string): Promise<FileSide | undefined> {
    if (typeof target === 'object' && target.kind === 'file') return target;
    // From a row of the tree any file can be meant; from the palette the one in front is.
    if (target === undefined) {
      const active = vscode.window.activeTextEditor?.document;
      if (active !== undefined && isDefinitionsFile(active)) {
        return { kind: 'file', uri: active.uri.toString() };
      }
    }
    return this.pickFile(title);
  }

  /** Asks for the connection, logs in, and asks for its virtual host where that matters. */
  async broker(
    target: TopologyTarget,
    title: string,
    part: BrokerPart,
    fits: (stored: StoredProfile) => boolean = () => true,
  ): Promise<BrokerSide | undefined> {
    const none = vscode.l10n.t('There is no connection yet. Add one, or try the demo broker.');
    const given =
      typeof target === 'string'
        ? target
        : target === undefined || target.kind === 'file'
          ? undefined
          : target.profileId;
    const profileId = given ?? (await this.pickers.connection(fits, none, title));
    if (profileId === undefined) return undefined;
    const whole: BrokerSide = { kind: 'broker', profileId };
    if (typeof target === 'object' && 'vhost' in target && part !== 'whole') {
      return { ...whole, vhost: target.vhost };
    }
    const session = await this.sides.session(whole);
    if (session === undefined) return undefined;
    // A right-click on a connection means all of it, unless one virtual host has to be chosen.
    if (part === 'whole' || (part === 'any' && given !== undefined && typeof target !== 'string')) {
      return whole;
    }
    if (session.state.status === 'connected' && !session.state.management.available) return whole;
    const vhosts = [...(await session.client.request('vhosts', undefined))].sort(byName);
    const items = vhosts.map(({ name }) => ({
      label: withoutIcons(visibleName(name, this.words)),
      description: vscode.l10n.t('virtual host'),
      side: { ...whole, vhost: name },
    }));
    const everything = {
      label: vscode.l10n.t('All Virtual Hosts'),
      description: vscode.l10n.t('with users, permissions and policies'),
      side: whole,
    };
    if (part === 'vhost' && items.length === 1) return items[0]?.side;
    const choice = await vscode.window.showQuickPick(part === 'any' ? [everything, ...items] : items, {
      title,
      placeHolder: vscode.l10n.t('Which virtual host?'),
    });
    return choice?.side;
  }

  private async pickFile(title: string): Promise<FileSide | undefined> {
    const found = await vscode.workspace.findFiles(fileGlob, '**/node_modules/**', mostFiles);
    const items = found
      .map((uri) => ({
        label: withoutIcons(fileName(uri.toString())),
        description: withoutIcons(vscode.workspace.asRelativePath(uri)),
        uri: uri.toString(),
      }))
      .sort((a, b) => (a.description < b.description ? -1 : 1));
    const other = { label: vscode.l10n.t('Another File...'), description: '', uri: undefined };
    if (items.length === 0) return this.browse(title);
    const choice = await vscode.window.showQuickPick([...items, other], {
      title,
      placeHolder: vscode.l10n.t('Which definitions file?'),
      matchOnDescription: true,
    });
    if (choice === undefined) return undefined;
    return choice.uri === undefined ? this.browse(title) : { kind: 'file', uri: choice.uri };
  }

  private async browse(title: string): Promise<FileSide | undefined> {
    const [uri] =
      (await vscode.window.showOpenDialog({
        title,
        openLabel: vscode.l10n.t('Choose'),
        canSelectMany: false,
        filters: { JSON: ['json'], [vscode.l10n.t('All Files')]: ['*'] },
      })) ?? [];
    return uri === undefined ? undefined : { kind: 'file', uri: uri.toString() };
  }
}
