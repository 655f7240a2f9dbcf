import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable';
import type { Disposable } from '../../core/base/disposable';
import type { Log } from '../../core/base/log';
import { showFailure } from '../messages';
import { commandTable } from './commandTable';
import type { CommandHandlers, CommandId } from './commandTable';

/** Registers the whole table. What a handler throws is told in words and never reaches the editor's own dialog. */
export function registerCommands(handlers: CommandHandlers, log: Log): Disposable {
  const registered = new DisposableStore();
  for (const id of Object.keys(commandTable) as CommandId[]) {
    const handler = handlers[id] as (...args: unknown[]) => void | Promise<void>;
    const run = async (...given: unknown[]): Promise<void> => {
      try {
        await handler(...commandTable[id].args(given));
      } catch (thrown) {
        showFailure(thrown, log);
      }
    };
    registered.add(vscode.commands.registerCommand(id, run));
  }
  return registered;
}
