import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { BrokerSeries } from '../../src/core/topology/queueArguments';
import { createManifestService } from '../../src/core/topologyFile/manifests/service';
import { startRabbit } from '../lab/rabbitmq';
import type { RabbitNode } from '../lab/rabbitmq';
import { allSeries } from '../lab/rabbitmqInstall';
import { operatorCalls } from '../support/operatorCalls';
import { brokerRows, cleanManifests } from '../support/manifestCases';

const texts = [...new Set([...brokerRows.map(([source]) => source.replace(/[⟦⟧]/g, '')), ...cleanManifests])];
const service = createManifestService();

/** Does what the operator would do with a file, and compares the broker's answers with the findings. */
async function compare(
  node: RabbitNode,
  series: BrokerSeries,
  text: string,
  vhost: string,
): Promise<string[]> {
  const file = service.parse(text);
  const folder = { files: [{ name: 'a.yaml', id: 'a.yaml', file }], isComplete: true };
  const found = service.diagnostics(folder, file, { target: series });
  // What depends on a plugin is no promise.
  if (found.some(({ code }) => code.startsWith('likely/plugin-'))) return [];
  await node.send('PUT', `/api/vhosts/${vhost}`, '{}');
  const differences: string[] = [];
  for (const call of operatorCalls(file, vhost)) {
    if (JSON.stringify(call.body).includes('federation-upstream')) continue;
    const { start, end } = file.lines.range(call.start, call.end);
    const refusing = found.filter(
      ({ code, range }) =>
        code.startsWith('refused/') && range.start.line >= start.line && range.start.line <= end.line,
    );
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const { status, text: reason } = await node.send(call.method, call.path, body);
    // What is not there yet is tried again, and nothing has been said of the rest.
    if (status === 404) continue;
    if (status >= 400 !== refusing.length > 0)
      differences.push(
        `${text}\n   predicted ${refusing.map(({ code }) => code).join(' ') || 'nothing'}, ${call.method} ${call.path} ${body} said ${status} ${reason.slice(0, 200)}`,
      );
  }
  return differences;
}

describe('manifests and what brokers say to the operator', () => {
  for (const series of allSeries) {
    describe(`RabbitMQ ${series}`, function () {
      this.timeout(300_000);
      let node: RabbitNode;
      before(async () => {
        node = await startRabbit({ series });
      });
      after(async () => {
        await node.stop();
      });

      it(`agrees on refuse or accept for the resources of ${texts.length} files`, async () => {
        const differences: string[] = [];
        for (const [index, text] of texts.entries())
          differences.push(...(await compare(node, series, text, `m${index}`)));
        assert.deepEqual(differences, []);
      });
    });
  }
});
