import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { definitionsSections } from '../../src/core/topology/definitionsFile';
import { parseDocument } from '../../src/core/topologyFile/document';
import { createTopologyFileService } from '../../src/core/topologyFile/service';
import type { ImportPlan } from '../../src/core/topologyFile/plan/importPlan';
import { planImport } from '../../src/core/topologyFile/plan/planImport';
import type { RabbitNode } from '../lab/rabbitmq';
import { startRabbit } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import { marked } from '../support/markedDefinitions';
import { unlikePlanned } from '../support/planOutcome';
import type { PlanCase } from '../support/planCases';
import { planCases, seeds } from '../support/planCases';
import { anyDefinitions } from '../support/randomDefinitions';
import { cleanRows } from '../support/cleanTopologyFiles';
import { ruleRows } from '../support/topologyFileCases';
import { syntaxRows } from '../support/topologySyntaxCases';

const rows = [...new Set([...ruleRows, ...syntaxRows, ...cleanRows].map(([source]) => marked(source).text))];
const randomFiles = Number(process.env['AMQP_RANDOM_FILES'] ?? 60);
const randomTexts = fc.sample(anyDefinitions, { numRuns: randomFiles, seed: randomFiles + 1 });
const service = createTopologyFileService();

/** Files whose outcome cannot be read back: names that nobody wrote, a queue that expires at once. */
const unseen: ReadonlySet<string> = new Set([
  'surprise/missing-name',
  'surprise/made-up-routing-key',
  'surprise/duplicate-key',
  'surprise/unknown-hashing-algorithm',
]);
/** A binding without a key gets one that nobody wrote. */
const withoutKey = ({ section, json }: ImportPlan['steps'][number]): boolean =>
  section === 'bindings' && !json.includes('"routing_key"');

// One suite each, so that two processes can share them.
for (const series of allSeries) {
  describe(`an import plan and what an import into RabbitMQ ${series} does`, function () {
    this.timeout(300_000);
    let node: RabbitNode;
    const seen = new Set<string>();
    before(async () => {
      node = await startRabbit({ series });
    });
    after(async () => {
      await node.stop();
    });

    /** Plans for the text with a virtual host of its own in place of `/`, imports it, and compares. */
    const compare = async (text: string, vhost: string, seed: string): Promise<string[]> => {
      await node.send('PUT', `/api/vhosts/${vhost}`, '{}');
      for (const user of ['u', 'v', 'w']) await node.send('DELETE', `/api/users/${user}`);
      await node.send('DELETE', '/api/global-parameters/g');
      for (const other of ['shop', 'other']) await node.send('DELETE', `/api/vhosts/${other}`);
      const seeded = await node.send('POST', '/api/definitions', seed.replaceAll('"/"', `"${vhost}"`));
      assert.equal(seeded.status, 204, seeded.text);
      const here = text.replaceAll('"/"', `"${vhost}"`);
      const document = parseDocument(here);
      const found = service.diagnostics(document, { target: series });
      if (found.some(({ code }) => unseen.has(code)) || /expires":\d{1,4}\b|"tags":\[5/.test(here)) return [];
      const was = await contents(node, vhost);
      const plan = planImport(document, parseDocument(was), { missing: [], vhost, target: series });
      if (plan.steps.some(withoutKey)) return [];
      const path = document.declarations.form === 'vhost' ? `/api/definitions/${vhost}` : '/api/definitions';
      const answer = await node.send('POST', path, here);
      const is = await contents(node, vhost);
      const wrong = isJson(here) ? unlikePlanned(plan, was, is, vhost, node.user) : [];
      note(plan, seen);
      const isRefused = answer.status >= 400;
      const isOpen = plan.steps.some(({ action }) => action === 'unknown');
      if (isRefused !== (plan.refusal !== undefined) && !(isOpen && isRefused))
        wrong.push(
          `refusal planned: ${plan.refusal?.join(' ') ?? 'none'}; said ${answer.status} ${answer.text.slice(0, 150)}`,
        );
      await node.send('DELETE', `/api/vhosts/${vhost}`);
      return wrong.map((line) => `${here}\n   ${line}`);
    };

    const spread = (texts: readonly string[]): PlanCase[] =>
      texts.map((file, index) => ({ file, seed: seeds[index % seeds.length] ?? '{}' }));
    for (const [name, cases, prefix] of [
      ['files with every action and a refusal in every section', planCases, 'p'],
      ['the files of the rules', spread(rows), 'f'],
      ['random files', spread(randomTexts), 'r'],
    ] as const) {
      it(`is what happens: ${name}`, async () => {
        const wrong: string[] = [];
        for (const [index, { file, seed }] of cases.entries())
          wrong.push(...(await compare(file, `${prefix}${index}`, seed)));
        assert.deepEqual(wrong, []);
      });
    }

    it('was tried with every action, and with refusals in every section', () => {
      const actions = ['create', 'identical', 'replace', 'ignored', 'skipped', 'refused', 'unknown'];
      const wanted = [...actions, ...definitionsSections.map((section) => `refused ${section}`)];
      const isNever = series === '3.10' ? ['refused bindings'] : [];
      assert.deepEqual(
        wanted.filter((one) => !seen.has(one) && !isNever.includes(one)),
        [],
      );
    });

    it('says that everything is there already when a broker gets its own export', async () => {
      const vhost = 'own';
      await node.send('PUT', `/api/vhosts/${vhost}`, '{}');
      await node.send('POST', '/api/definitions', (seeds[1] ?? '').replaceAll('"/"', `"${vhost}"`));
      const text = await contents(node, vhost);
      const plan = planImport(parseDocument(text), parseDocument(text), { missing: [], target: series });
      const others = plan.steps.filter(
        (step) => step.vhost === vhost && step.action !== 'identical' && step.action !== 'skipped',
      );
      assert.deepEqual(others, []);
    });
  });
}

/** What a broker has: its export, and of one virtual host also the internal exchanges that 4.3 leaves out there. */
async function contents(node: RabbitNode, vhost: string): Promise<string> {
  const sections = JSON.parse((await node.send('GET', '/api/definitions')).text) as Record<string, unknown[]>;
  const listed = await node.api<{ name: string }[]>('GET', `/api/exchanges/${vhost}`);
  const own = listed.filter(({ name }) => name !== '' && !name.startsWith('amq.'));
  return JSON.stringify({ ...sections, exchanges: own });
}

function note({ steps }: ImportPlan, seen: Set<string>): void {
  for (const { action, section } of steps) {
    seen.add(action);
    if (action === 'refused') seen.add(`refused ${section}`);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
