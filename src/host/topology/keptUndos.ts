import type * as vscode from 'vscode';
import type { Profile } from '../../core/broker/profile';
import type { DefinitionsItem, ItemOutcome } from '../../protocol/definitionsTransfer';

/** An import that was applied, for undoing it. */
export interface AppliedImport {
  /** The file's name, for words. */
  readonly file: string;
  readonly profile: Profile;
  readonly items: readonly DefinitionsItem[];
  readonly outcomes: readonly ItemOutcome[];
}

export class KeptUndos {
  keep(_applied: AppliedImport): Promise<vscode.Uri | undefined> {
    return Promise.resolve(undefined);
  }
}
