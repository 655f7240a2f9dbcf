import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { readRulePage } from '../../src/core/topology/rulePage';
import { inRepository } from '../lab/paths';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import { BrokerImport } from '../support/brokerImport';
import { findingsOf } from '../support/markedDefinitions';

/** An example or a fix of a page in media/rules. */
interface Block {
  readonly name: string;
  readonly text: string;
}

const folder = inRepository('media', 'rules');
const pages = (readdirSync(folder, { recursive: true }) as string[])
  .filter((name) => name.endsWith('.md') && path.dirname(name) !== '.')
  .sort();

function blocksOf(page: string): Block[] {
  const { title, sections } = readRulePage(readFileSync(path.join(folder, page), 'utf8'));
  return sections.flatMap(({ heading, text }) =>
    [...text.matchAll(/^```json[^\n]*\n([\s\S]*?)\n?^```$/gm)].map((match) => ({
      name: `${heading} of ${title}`,
      text: match[1] ?? '',
    })),
  );
}

const blocks = pages.flatMap(blocksOf);

// One suite each, so that two processes can share them.
for (const series of allSeries) {
  describe(`what the pages about codes say of RabbitMQ ${series}`, function () {
    this.timeout(600_000);
    let node: RabbitNode;
    before(async () => {
      node = await startRabbit({ series });
    });
    after(async () => {
      await node.stop();
    });

    it(`is what it does: of ${blocks.length} examples and fixes it refuses just those with a refused/ finding`, async () => {
      const wrong: string[] = [];
      let broker = await BrokerImport.open(node.managementUrl ?? '');
      for (const { name, text } of blocks) {
        const codes = findingsOf(text, { target: series }).map(({ code }) => code);
        // Whether a plugin is there is for the reader to know.
        if (codes.some((code) => code.startsWith('likely/plugin-'))) continue;
        if (!(await broker.reset())) {
          await node.stop();
          node = await startRabbit({ series });
          broker = await BrokerImport.open(node.managementUrl ?? '');
        }
        const { status, reason } = await broker.send(text);
        const isRefused = codes.some((code) => code.startsWith('refused/'));
        if (status >= 400 !== isRefused)
          wrong.push(`${name}: ${codes.join(' ') || 'nothing'}, and the broker said ${status} ${reason}`);
      }
      assert.deepEqual(wrong, []);
    });
  });
}
