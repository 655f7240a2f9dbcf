import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { BrokerSeries } from '../../src/core/topology/queueArguments';
import type { Finding } from '../../src/core/topologyFile/finding';
import { createTopologyFileService } from '../../src/core/topologyFile/service';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import type { ReadBack } from '../support/importedTopology';
import { BrokerImport } from '../support/brokerImport';
import { unlikeWritten, unlikeWrittenAnywhere } from '../support/importedTopology';
import { marked } from '../support/markedDefinitions';
import { anyDefinitions } from '../support/randomDefinitions';
import { cleanRows } from '../support/cleanTopologyFiles';
import { ruleRows } from '../support/topologyFileCases';
import { syntaxRows } from '../support/topologySyntaxCases';
import { lintRows } from '../support/topologyLintCases';
import { unlintedRows } from '../support/topologyUnlintedCases';

const rows = [...ruleRows, ...lintRows, ...syntaxRows, ...cleanRows, ...unlintedRows];
// Importing the user guest would lock the test out.
const texts = [...new Set(rows.map(([source]) => marked(source).text))].filter(
  (text) => !text.includes('{"users":[{"name":"guest"'),
);
/** `AMQP_RANDOM_FILES` makes a longer search, with another seed for each number. */
const randomFiles = Number(process.env['AMQP_RANDOM_FILES'] ?? 150);
const randomTexts = fc.sample(anyDefinitions, { numRuns: randomFiles, seed: randomFiles });
/** `AMQP_DEFINITIONS_FOLDER` adds the files of a folder: real ones, which are nobody's to commit here. */
const folder = process.env['AMQP_DEFINITIONS_FOLDER'];
const service = createTopologyFileService();

/** Predicts for the text as it is and imports it with a virtual host of its own in place of `/`. */
async function compare(
  node: RabbitNode,
  series: BrokerSeries,
  text: string,
  vhost: string,
): Promise<string | undefined> {
  const document = service.parse(text);
  const found = service.diagnostics(document, { target: series });
  // Of two with one name the broker takes whichever its workers reach first, and may refuse the other.
  if (found.some(({ code }) => code === 'surprise/duplicate-declaration')) return undefined;
  const predicted = found.some(({ code }) => code.startsWith('refused/'));
  await node.send('PUT', `/api/vhosts/${vhost}`, '{}');
  const path = document.declarations.isVhostExport ? `/api/definitions/${vhost}` : '/api/definitions';
  const answer = await node.send('POST', path, text.replaceAll('"/"', `"${vhost}"`));
  await node.send('DELETE', '/api/users/u');
  const refused = answer.status >= 400;
  const codes = found.map(({ code }) => code).join(' ') || 'nothing';
  if (refused === predicted) return refused ? undefined : await surprise(node, text, vhost, found, codes);
  return `${text}\n   predicted ${codes}, the broker said ${answer.status} ${answer.text.slice(0, 200)}`;
}

/** Cannot be seen in what the management API says of the objects. */
const unseen: ReadonlySet<string> = new Set([
  'surprise/empty-name',
  'surprise/long-name',
  'surprise/overflow-ignored',
  'surprise/unknown-hashing-algorithm',
  'surprise/vhost-not-created',
  'surprise/default-queue-type-ignored',
  'surprise/duplicate-key',
  'surprise/missing-name',
  'surprise/entry-not-an-object',
  'surprise/made-up-routing-key',
  'surprise/default-exchange-binding',
]);

/** Whether an accepted file made just what it says, or a `surprise/` finding says that it does not. */
async function surprise(
  node: RabbitNode,
  text: string,
  vhost: string,
  found: readonly Finding[],
  codes: string,
): Promise<string | undefined> {
  const surprises = found.filter(({ code }) => code.startsWith('surprise/'));
  // Only one virtual host is read back, and a queue that expires at once is there no more.
  const isElsewhere = /"(?:vhost|name)":"(?:shop|other)"|"x-expires":\d{1,4}\b/.test(text);
  if (isElsewhere || surprises.some(({ code }) => unseen.has(code)) || !isJson(text)) return undefined;
  const read = async (what: string): Promise<ReadBack['queues']> =>
    node.api<ReadBack['queues']>('GET', `/api/${what}/${vhost}`);
  const differences = unlikeWritten(text.replaceAll('"/"', `"${vhost}"`), {
    queues: await read('queues'),
    exchanges: await read('exchanges'),
    bindings: await read('bindings'),
    policies: await read('policies'),
  });
  if (differences.length > 0 === surprises.length > 0) return undefined;
  return `${text}\n   predicted ${codes}, the broker made ${differences.join('; ') || 'just that'}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A file as it is, on a broker as it is after its first start. */
async function compareFile(
  broker: BrokerImport,
  series: BrokerSeries,
  file: Buffer,
  name: string,
): Promise<string | undefined> {
  const text = file.toString('utf8');
  const document = service.parse(text);
  const found = service.diagnostics(document, { target: series });
  const codes = [...new Set(found.map(({ code }) => code))].join(' ') || 'nothing';
  const predicted = found.some(({ code }) => code.startsWith('refused/'));
  const answer = await broker.send(file, document.declarations.isVhostExport ? '/' : undefined);
  const refused = answer.status >= 400;
  if (refused !== predicted)
    return `${name}: predicted ${codes}, the broker said ${answer.status} ${answer.reason}`;
  const surprises = found.filter(({ code }) => code.startsWith('surprise/'));
  const isUnseen = surprises.some(({ code }) => unseen.has(code)) || document.declarations.isVhostExport;
  if (refused || isUnseen || !isJson(text)) return undefined;
  const differences = unlikeWrittenAnywhere(text, answer.made);
  if (differences.length > 0 === surprises.length > 0) return undefined;
  return `${name}: predicted ${codes}, the broker made ${differences.join('; ') || 'just that'}`;
}

// One suite each, so that two processes can share them.
for (const series of allSeries) {
  describe(`definitions files and what RabbitMQ ${series} says of them`, function () {
    this.timeout(300_000);
    let node: RabbitNode;
    before(async () => {
      node = await startRabbit({ series });
    });
    after(async () => {
      await node.stop();
    });

    it(`refuses just those of ${texts.length} files that are predicted to be refused, and makes of the others what they say, surprises aside`, async () => {
      const wrong: string[] = [];
      for (const [index, text] of texts.entries()) {
        const difference = await compare(node, series, text, `v${index}`);
        if (difference !== undefined) wrong.push(difference);
      }
      assert.deepEqual(wrong, []);
    });

    if (folder !== undefined) {
      it(`refuses just those of the files in ${folder} that are predicted to be refused, and makes of the others what they say`, async function () {
        this.timeout(3_600_000);
        const wrong: string[] = [];
        let open = await BrokerImport.open(node.managementUrl ?? '');
        for (const name of readdirSync(folder)) {
          if (!(await open.reset())) {
            await node.stop();
            node = await startRabbit({ series });
            open = await BrokerImport.open(node.managementUrl ?? '');
          }
          const difference = await compareFile(open, series, readFileSync(path.join(folder, name)), name);
          if (difference !== undefined) wrong.push(difference);
        }
        // The last file may have taken guest's rights away.
        await open.reset();
        assert.deepEqual(wrong, []);
      });
    }

    it('refuses just those of random files that are predicted to be refused, and makes of the others what they say', async () => {
      const wrong: string[] = [];
      for (const [index, text] of randomTexts.entries()) {
        const difference = await compare(node, series, text, `r${index}`);
        if (difference !== undefined) wrong.push(difference);
      }
      assert.deepEqual(wrong, []);
    });
  });
}
