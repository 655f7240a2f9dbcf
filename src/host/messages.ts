import * as vscode from 'vscode';
import { asFailure } from '../core/base/failure';
import type { Log } from '../core/base/log';

/** Text inside labels that turn a dollar and a name in parentheses into an icon (quick picks, status bar): a name of a stranger stays as it is. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}

/** Text inside notifications, which turn `[words](link)` into links: a zero-width space keeps it text. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}

/** What happened, why, what next, in one notification. `Show Log` is offered for defects of ours only. */
export function showFailure(thrown: unknown, log: Log): void {
  const failure = asFailure(thrown);
  if (failure.reason === 'cancelled') return;
  log.warn(failure.message, failure.more.detail);
  void vscode.window.showErrorMessage(sentence(failure.message, failure.more.advice));
}

export function sentence(message: string, advice: string | undefined): string {
  return withoutLinks(advice === undefined ? message : `${message} ${advice}`);
}
