import * as vscode from 'vscode';
import { Failure } from '../core/base/failure';
import { readRulePage, rulePageSummary } from '../core/topology/rulePage';

/** The pages about codes, as they are in the extension's own folder. */
export function rulePagesFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'media', 'rules');
}

/**
 * Opens the page about a code as rendered Markdown, in the same editor in which the link of a problem opens it: the
 * manifest associates the preview with the pages, because links of problems run no commands (VS Code 1.139).
 */
export async function showRule(extensionUri: vscode.Uri, asked: string | undefined): Promise<void> {
  const folder = rulePagesFolder(extensionUri);
  const code = asked ?? (await pickCode(folder));
  if (code === undefined) return;
  const page = vscode.Uri.joinPath(folder, `${code}.md`);
  // Anybody can call the command with anything, and ".." leads anywhere.
  if (!/^[a-z]+\/[a-z0-9-]+$/.test(code) || !(await exists(page))) {
    throw new Failure('notFound', vscode.l10n.t('There is no page about "{0}".', code.slice(0, 80)), {
      advice: vscode.l10n.t('Run "AMQP: Show Rule..." to choose from all of them.'),
    });
  }
  await vscode.commands.executeCommand('vscode.openWith', page, 'vscode.markdown.preview.editor');
}

async function exists(file: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}

async function pickCode(folder: vscode.Uri): Promise<string | undefined> {
  const picked = await vscode.window.showQuickPick(readItems(folder), {
    title: vscode.l10n.t('Rules for Topology Files'),
    placeHolder: vscode.l10n.t('The code of a problem, or a word about it'),
    matchOnDetail: true,
  });
  return picked?.label;
}

/** The gravest family first, as in the Problems panel. */
const families = ['refused', 'surprise', 'likely', 'advice'];

async function readItems(folder: vscode.Uri): Promise<vscode.QuickPickItem[]> {
  const { fs } = vscode.workspace;
  const found = (await fs.readDirectory(folder)).flatMap(([name, type]) =>
    type === vscode.FileType.Directory ? [name] : [],
  );
  const rank = (family: string): number => (families.indexOf(family) + 1 || Infinity) - 1;
  found.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const groups = await Promise.all(
    found.map(async (family) => {
      const files = (await fs.readDirectory(vscode.Uri.joinPath(folder, family)))
        .map(([name]) => name)
        .sort();
      const items = files.map(async (name): Promise<vscode.QuickPickItem> => {
        const bytes = await fs.readFile(vscode.Uri.joinPath(folder, family, name));
        const detail = rulePageSummary(readRulePage(new TextDecoder().decode(bytes)));
        return { label: `${family}/${name.replace(/\.md$/, '')}`, detail };
      });
      const separator = { label: family, kind: vscode.QuickPickItemKind.Separator };
      return [separator, ...(await Promise.all(items))];
    }),
  );
  return groups.flat();
}
