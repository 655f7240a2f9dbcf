import * as vscode from 'vscode';
import type { DefinitionsReference } from '../../core/topology/rabbitmqConf';
import { definitionsReferences, isAbsolutePath, lastPartOf } from '../../core/topology/rabbitmqConf';

/** A node has one of them; a file that is something else may be of any size. */
const longestText = 1_000_000;
const mostCandidates = 50;

/** Links the lines of a rabbitmq.conf that load definitions to the files they load. */
export function registerConfLinks(): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider({ pattern: '**/*.conf' }, { provideDocumentLinks });
}

async function provideDocumentLinks(
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<vscode.DocumentLink[]> {
  const text = document.getText();
  if (text.length > longestText) return [];
  return await Promise.all(
    definitionsReferences(text).map(async (reference) => {
      const { start, end } = reference;
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const { target, tooltip } = await destination(reference, document.uri, token);
      const link = new vscode.DocumentLink(range, target);
      link.tooltip = tooltip;
      return link;
    }),
  );
}

interface Destination {
  readonly target?: vscode.Uri;
  readonly tooltip: string;
}

async function destination(
  { value, kind }: DefinitionsReference,
  conf: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<Destination> {
  if (kind === 'url') {
    const isWeb = /^https?:\/\//i.test(value);
    const tooltip = vscode.l10n.t('The node loads its definitions from this address when it boots.');
    return isWeb ? { target: vscode.Uri.parse(value), tooltip } : { tooltip };
  }
  const folder = vscode.Uri.joinPath(conf, '..');
  const exact = isAbsolutePath(value)
    ? conf.with({ path: value.replaceAll('\\', '/').replace(/^(?=[a-zA-Z]:)/, '/') })
    : vscode.Uri.joinPath(folder, value.replaceAll('\\', '/'));
  const loads = vscode.l10n.t('The node loads these definitions when it boots.');
  if (await isFile(exact)) return { target: exact, tooltip: loads };
  // A path inside a container or on a server: the file of that name here is what is put there.
  const name = lastPartOf(value);
  const beside = vscode.Uri.joinPath(folder, name);
  const found = (await isFile(beside)) ? beside : await nearest(name, conf, token);
  if (found) {
    const shown = vscode.workspace.asRelativePath(found);
    const tooltip = vscode.l10n.t('Open {0}: {1} is not on this machine.', shown, value);
    return { target: found, tooltip };
  }
  return { tooltip: vscode.l10n.t('No file named {0} was found beside this one or in the workspace.', name) };
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}

/** Of the workspace's files of that name the one with the longest part of the way in common. */
async function nearest(
  name: string,
  conf: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<vscode.Uri | undefined> {
  if (name === '' || /[*?{}[\]]/.test(name)) return undefined;
  const found = await vscode.workspace.findFiles(
    `**/${name}`,
    '**/{node_modules,.git}/**',
    mostCandidates,
    token,
  );
  const own = conf.path.split('/');
  const shared = (uri: vscode.Uri): number => {
    const parts = uri.path.split('/');
    const differs = parts.findIndex((part, index) => part !== own[index]);
    return differs < 0 ? parts.length : differs;
  };
  return found.sort((a, b) => shared(b) - shared(a) || (a.path < b.path ? -1 : 1))[0];
}
