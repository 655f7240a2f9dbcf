import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('the extension host', () => {
  it('is a real one, at least as new as the manifest asks for', () => {
    const [major = 0, minor = 0] = vscode.version.split('.').map(Number);
    assert.ok(major > 1 || (major === 1 && minor >= 101), vscode.version);
  });

  it('has the trust that this run is about', () => {
    const expected = process.env['AMQP_WORKBENCH_TRUST'] !== 'untrusted';
    assert.equal(vscode.workspace.isTrusted, expected);
  });
});
