import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { WorkbenchApi } from '../../src/host/api';

export async function activeExtension(): Promise<WorkbenchApi> {
  const extension = vscode.extensions.getExtension<WorkbenchApi>('amqp-workbench.amqp-workbench');
  assert.ok(extension, 'The extension is not there.');
  return extension.activate();
}

export const isTrustedRun = process.env['AMQP_WORKBENCH_TRUST'] !== 'untrusted';
