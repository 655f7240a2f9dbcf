import assert from 'node:assert/strict';
import { appendFile, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { checkLayers, complaints } from '../../lab/layers';
import type { LayerReport } from '../../lab/layers';
import { layerRules } from '../../lab/layerRules';

/** Where a forbidden import is planted, what it says, and the rule that must catch it. */
const planted: readonly { file: string; code: string; rule: string }[] = [
  {
    file: 'src/core/base/p1.ts',
    code: `import type { VhostInfo } from '../topology/model';`,
    rule: 'base-imports-nothing',
  },
  {
    file: 'src/core/base/p2.ts',
    code: `import { readFileSync } from 'node:fs';`,
    rule: 'base-imports-nothing',
  },
  {
    file: 'src/core/topology/p1.ts',
    code: `import type { Row } from '../message/row';`,
    rule: 'topology-sees-base',
  },
  {
    file: 'src/core/message/p1.ts',
    code: `export const p = import('../topology/model');`,
    rule: 'message-sees-base',
  },
  { file: 'src/core/message/p2.ts', code: `import * as vscode from 'vscode';`, rule: 'message-sees-base' },
  { file: 'src/core/broker/p1.ts', code: `import { request } from 'undici';`, rule: 'ports-see-data' },
  {
    file: 'src/core/broker/p2.ts',
    code: `import type { P } from './memory/planted';`,
    rule: 'adapters-only-through-open-broker',
  },
  {
    file: 'src/core/broker/rabbitmq/p1.ts',
    code: `import type { P } from '../memory/planted';`,
    rule: 'rabbitmq-adapter',
  },
  {
    file: 'src/core/broker/memory/planted.ts',
    code: `export type P = import('undici').Dispatcher;`,
    rule: 'memory-adapter',
  },
  {
    file: 'src/core/broker/amqp/p1.ts',
    code: `import type { P } from '../memory/planted';`,
    rule: 'amqp-adapter',
  },
  {
    file: 'src/core/broker/http/p1.ts',
    code: `import { connect } from 'amqplib';`,
    rule: 'amqplib-only-in-its-adapter',
  },
  {
    file: 'src/core/broker/http/p2.ts',
    code: `import type { Row } from '../../message/row';`,
    rule: 'http-client',
  },
  {
    file: 'src/core/peek/p1.ts',
    code: `import type { P } from '../broker/memory/planted';`,
    rule: 'peek-sees-ports',
  },
  { file: 'src/core/tail/p1.ts', code: `import { connect } from 'node:net';`, rule: 'tail-sees-ports' },
  {
    file: 'src/core/topologyFile/p1.ts',
    code: `import type { Row } from '../message/row';`,
    rule: 'topology-file-sees-topology',
  },
  {
    file: 'src/core/topologyFile/manifests/p1.ts',
    code: `import type { Row } from '../../message/row';`,
    rule: 'manifests-read-yaml',
  },
  {
    file: 'src/protocol/p1.ts',
    code: `import type { Profile } from '../core/broker/profile';`,
    rule: 'protocol-is-data',
  },
  {
    file: 'src/worker/p1.ts',
    code: `import type { P } from '../core/broker/memory/planted';`,
    rule: 'worker-sees-core',
  },
  { file: 'src/worker/p2.ts', code: `export const p = import('vscode');`, rule: 'worker-sees-core' },
  {
    file: 'src/server/p1.ts',
    code: `import type { Row } from '../core/message/row';`,
    rule: 'server-sees-core',
  },
  {
    file: 'src/server/broker/p1.ts',
    code: `import type { Row } from '../../core/message/row';`,
    rule: 'command-line-sees-brokers',
  },
  {
    file: 'src/host/p1.ts',
    code: `import type { AmqpPort } from '../core/broker/amqpPort';`,
    rule: 'host-sees-protocol',
  },
  {
    file: 'src/host/p2.ts',
    code: `export const p = import('amqplib');`,
    rule: 'amqplib-only-in-its-adapter',
  },
  {
    file: 'src/host/p3.ts',
    code: `import type { LanguageClient } from 'vscode-languageclient/node';`,
    rule: 'language-client-only-there',
  },
  {
    file: 'webview/messages/p1.ts',
    code: `import type { Profile } from '../../src/core/broker/profile';`,
    rule: 'webview-sees-protocol',
  },
  {
    file: 'webview/messages/p2.ts',
    code: `export const p = import('@vscode/webview-ui-toolkit');`,
    rule: 'webview-sees-protocol',
  },
  { file: 'webview/shared/p3.ts', code: `import path from 'node:path';`, rule: 'webview-sees-protocol' },
  {
    file: 'src/core/base/cycleA.ts',
    code: `import type { B } from './cycleB'; export type A = B;`,
    rule: 'no-cycles',
  },
  {
    file: 'src/core/base/cycleB.ts',
    code: `import type { A } from './cycleA'; export type B = A | 1;`,
    rule: 'no-cycles',
  },
  {
    file: 'src/core/broker/openBroker.ts',
    code: `import type { Contract } from '../../protocol/endpoint';`,
    rule: 'open-broker-joins',
  },
  {
    file: 'webview/shared/controls.ts',
    code: `import type { Contract } from '../../src/protocol/endpoint';`,
    rule: 'toolkit-in-one-file',
  },
  { file: 'src/core/base/p4.ts', code: `export { gone } from './nowhere';`, rule: 'nothing-unresolved' },
];

const root = process.cwd();

describe('the layer lint', function () {
  this.timeout(120_000);
  let folder: string;
  let report: LayerReport;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'amqp-layers-'));
    for (const name of ['src', 'webview', 'tsconfig.json', 'package.json']) {
      await cp(path.join(root, name), path.join(folder, name), { recursive: true });
    }
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    for (const { file, code } of planted) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await appendFile(path.join(folder, file), `\n${code}\n`);
    }
    report = await checkLayers(folder);
  });
  after(() => rm(folder, { recursive: true }));

  for (const { file, code, rule } of planted) {
    it(`catches in ${file}: ${code}`, () => {
      // A cycle is reported once, from either of its ends.
      const caught = report.violations.filter(({ from, to }) => [from, to].includes(file)).map((v) => v.rule);
      assert.ok(caught.includes(rule), `caught: ${caught.join(', ') || 'nothing'}`);
    });
  }

  it('has a planted violation for every rule', () => {
    const tried = planted.map(({ rule }) => rule);
    assert.deepEqual(
      layerRules.map(({ name }) => name).filter((name) => !tried.includes(name ?? '')),
      [],
    );
  });

  it('finds nothing wrong in the files that nobody planted', () => {
    const files = new Set(planted.map(({ file }) => file));
    assert.deepEqual(
      report.violations.filter(({ from }) => !files.has(from)),
      [],
    );
  });

  it('read every module that stands on disk', () => {
    assert.ok(report.onDisk >= planted.length);
    assert.equal(report.read, report.onDisk);
  });

  it('complains when it read fewer modules than there are', () => {
    assert.deepEqual(complaints({ read: 3, onDisk: 5, violations: [] }), ['only 3 of 5 modules were read']);
    assert.deepEqual(complaints({ read: 5, onDisk: 5, violations: [] }), []);
  });
});
