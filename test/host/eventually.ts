import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WorkbenchApi } from '../../src/host/api';

/** Waits until the check no longer throws; its last complaint is the failure. */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = 15_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (thrown) {
      if (Date.now() > deadline) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export async function activeExtension(): Promise<WorkbenchApi> {
  const extension = vscode.extensions.getExtension<WorkbenchApi>('amqp-workbench.amqp-workbench');
  assert.ok(extension, 'The extension is not there.');
  return extension.activate();
}

export const isTrustedRun = process.env['AMQP_WORKBENCH_TRUST'] !== 'untrusted';
