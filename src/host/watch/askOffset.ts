import * as vscode from 'vscode';
import type { StreamOffset } from '../../core/topology/streamOffset';

interface Choice extends vscode.QuickPickItem {
  readonly offset: () => Promise<StreamOffset | undefined> | StreamOffset;
}

/** Where to begin in a stream, or nothing when the user changes their mind. */
export async function askOffset(kind: 'tail' | 'peek'): Promise<StreamOffset | undefined> {
  const onlyNew: Choice = { label: vscode.l10n.t('New Messages'), offset: () => ({ from: 'next' }) };
  const choices: Choice[] = [
    // A peek reads what is there.
    ...(kind === 'tail' ? [onlyNew] : []),
    { label: vscode.l10n.t('From the First Message'), offset: () => ({ from: 'first' }) },
    {
      label: vscode.l10n.t('From the Last Chunk'),
      detail: vscode.l10n.t('The newest messages that were written together.'),
      offset: () => ({ from: 'last' }),
    },
    { label: vscode.l10n.t('From an Offset...'), offset: askNumber },
    { label: vscode.l10n.t('From a Time...'), offset: askTime },
    { label: vscode.l10n.t('The Last Minutes or Hours...'), offset: askAge },
  ];
  const choice = await vscode.window.showQuickPick(choices, {
    title: kind === 'tail' ? vscode.l10n.t('Live Tail of a Stream') : vscode.l10n.t('Peek at a Stream'),
    placeHolder: vscode.l10n.t('Where to begin? A stream hands out copies: nothing is taken.'),
  });
  return choice?.offset();
}

async function askNumber(): Promise<StreamOffset | undefined> {
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('From an Offset'),
    prompt: vscode.l10n.t('The first message has offset 0. One that is no longer kept begins at the oldest.'),
    ignoreFocusOut: true,
    validateInput: (input) =>
      /^\d{1,18}$/.test(input.trim()) ? undefined : vscode.l10n.t('An offset is a whole number.'),
  });
  return value === undefined ? undefined : { from: 'number', value: value.trim() };
}

async function askTime(): Promise<StreamOffset | undefined> {
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('From a Time'),
    prompt: vscode.l10n.t(
      'Local time as 2026-01-31 12:00 or 2026-01-31 12:00:00, or with a zone: ...T12:00:00Z.',
    ),
    ignoreFocusOut: true,
    validateInput: (input) =>
      secondsOf(input) === undefined ? vscode.l10n.t('This is not a time.') : undefined,
  });
  const seconds = value === undefined ? undefined : secondsOf(value);
  return seconds === undefined ? undefined : { from: 'timestamp', value: String(seconds) };
}

/** Since 1970; only forms that every engine reads alike. */
function secondsOf(input: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?$/.exec(input.trim());
  if (!match) return undefined;
  const ms = Date.parse(`${match[1] ?? ''}T${match[2] ?? ''}${match[3] ?? ''}`);
  return Number.isNaN(ms) || ms < 0 ? undefined : Math.floor(ms / 1_000);
}

async function askAge(): Promise<StreamOffset | undefined> {
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('The Last Minutes or Hours'),
    prompt: vscode.l10n.t('A number and a unit: 90s, 5m, 1h, 7D.'),
    value: '5m',
    ignoreFocusOut: true,
    validateInput: (input) =>
      /^\d{1,9}[YMDhms]$/.test(input.trim())
        ? undefined
        : vscode.l10n.t('A number and one of s, m, h, D, M (months) or Y.'),
  });
  return value === undefined ? undefined : { from: 'age', value: value.trim() };
}
