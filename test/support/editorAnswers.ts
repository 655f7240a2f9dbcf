import * as vscode from 'vscode';

type Dialog =
  | 'showSaveDialog'
  | 'showOpenDialog'
  | 'showQuickPick'
  | 'showInputBox'
  | 'showInformationMessage'
  | 'showWarningMessage';

export interface EditorAnswers {
  /** What the editor was asked to show, in order: the dialog and its first argument or its title. */
  readonly shown: { readonly dialog: Dialog; readonly given: readonly unknown[] }[];
  restore(): void;
}

/** Answers the editor's dialogs in place of a user: each function gets what was shown and returns the answer. */
export function answerDialogs(
  answers: Partial<Record<Dialog, (...given: never[]) => unknown>>,
): EditorAnswers {
  const shown: EditorAnswers['shown'] = [];
  const window = vscode.window as unknown as Record<Dialog, unknown>;
  const before: Partial<Record<Dialog, unknown>> = {};
  for (const dialog of Object.keys(answers) as Dialog[]) {
    before[dialog] = window[dialog];
    const answer = answers[dialog] as (...given: unknown[]) => unknown;
    window[dialog] = (...given: unknown[]) => {
      shown.push({ dialog, given });
      return Promise.resolve(answer(...given));
    };
  }
  return {
    shown,
    restore() {
      for (const [dialog, original] of Object.entries(before)) window[dialog as Dialog] = original;
    },
  };
}
