import * as vscode from 'vscode';
import type { DefinitionsSection } from '../../core/topology/definitionsFile';
import { visibleName } from '../../core/topology/treeModel';
import type { Wording } from '../../core/topology/treeModel';
import type { TopologyText } from '../../protocol/topologyService';
import type { BrokerSession } from '../brokers/brokerSession';
import type { BrokerSessions } from '../brokers/brokerSessions';
import type { Login } from '../brokers/login';
import { abortOf } from '../withCancel';

export interface FileSide {
  readonly kind: 'file';
  readonly uri: string;
}

export interface BrokerSide {
  readonly kind: 'broker';
  readonly profileId: string;
  /** Missing: all that the login may see. */
  readonly vhost?: string;
}

/** A definitions file, or what a broker holds. */
export type TopologySide = FileSide | BrokerSide;

export interface ReadTopology {
  readonly topology: TopologyText;
  /** What the login may not see; a file has nothing to hide. */
  readonly missing: readonly { readonly section: DefinitionsSection; readonly why: string }[];
  /** Of the broker; empty for a file. */
  readonly version: string;
}

/** Reads and names the two kinds of sides. */
export class TopologySides {
  constructor(
    private readonly sessions: BrokerSessions,
    private readonly login: Login,
    private readonly words: Wording,
  ) {}

  /** "shop.definitions.json", "shop-dev", "shop-dev, virtual host eu". */
  name(side: TopologySide): string {
    if (side.kind === 'file') return visibleName(fileName(side.uri), this.words);
    const connection = visibleName(this.sessions.nameOf(side.profileId), this.words);
    return side.vhost === undefined
      ? connection
      : this.words.t('{0}, virtual host {1}', connection, visibleName(side.vhost, this.words));
  }

  /** The session of a broker, connected; `undefined` when the user gave up the login. */
  async session({ profileId }: BrokerSide): Promise<BrokerSession | undefined> {
    return (await this.login.connect(profileId)) ? this.sessions.byId(profileId) : undefined;
  }

  /** `undefined` when the user gave up a login. Rejects with `cancelled` and with the broker's refusal. */
  async read(side: TopologySide, token: vscode.CancellationToken): Promise<ReadTopology | undefined> {
    if (side.kind === 'file') return { topology: await fileText(side.uri), missing: [], version: '' };
    const session = await this.session(side);
    if (session === undefined) return undefined;
    const { vhost } = side;
    const params = { ...(vhost === undefined ? {} : { vhost }), passwordHashes: isAdministrator(session) };
    const { text, missing, version } = await session.client.request(
      'exportDefinitions',
      params,
      abortOf(token),
    );
    return { topology: { text }, missing, version };
  }
}

/** Only an administrator sees users and their password hashes (DOMAIN 4.2). */
export function isAdministrator({ state }: BrokerSession): boolean {
  return (
    state.status === 'connected' &&
    state.management.available &&
    state.management.userTags.includes('administrator')
  );
}

export function fileName(uri: string): string {
  return vscode.Uri.parse(uri).path.split('/').pop() ?? uri;
}

/**
 * The language server knows files on disk and the JSON documents that are open; of everything else it gets the text.
 */
async function fileText(uri: string): Promise<TopologyText> {
  const parsed = vscode.Uri.parse(uri);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  const known = open === undefined || open.languageId === 'json' || open.languageId === 'jsonc';
  if (parsed.scheme === 'file' && known) return { uri };
  return { text: (open ?? (await vscode.workspace.openTextDocument(parsed))).getText() };
}

/** Whether a definitions file is of the form without `vhost` fields, which has to be told where it goes. */
export async function namesNoVhost(uri: string): Promise<boolean> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  const text =
    open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri)));
  return !/"vhosts?"\s*:/.test(text);
}
