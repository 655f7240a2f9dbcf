import * as vscode from 'vscode';

export type Report = (progress: { message?: string; increment?: number }) => void;

/** Long work with a notification that shows how far it is and can stop it. */
export async function withCancel<T>(
  title: string,
  work: (signal: AbortSignal, report: Report, token: vscode.CancellationToken) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await vscode.window.withProgress(
    options,
    async (progress, token) => await work(abortOf(token), (step) => progress.report(step), token),
  );
}

/** The editor's way to say "never mind" as the platform's. */
export function abortOf(token: vscode.CancellationToken): AbortSignal {
  const cancel = new AbortController();
  if (token.isCancellationRequested) cancel.abort();
  token.onCancellationRequested(() => cancel.abort());
  return cancel.signal;
}
