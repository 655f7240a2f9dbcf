import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CodeLens, Connection } from 'vscode-languageserver/node';
import { createTopologyFileService } from '../../../src/core/topologyFile/service';
import type { LiveObjects } from '../../../src/protocol/topologyService';
import { registerLenses } from '../../../src/server/features/lenses';
import { LiveFacts } from '../../../src/server/liveFacts';
import type { OpenDocuments } from '../../../src/server/openDocuments';
import { eventually } from '../../support/eventually';

const uri = 'file:///repo/definitions.json';
const service = createTopologyFileService();
const document = service.parse('{"vhosts":[{"name":"/"}],"queues":[{"name":"q","vhost":"/"}]}');

/** An editor that shows the file or not, and counts what happens. */
function stage() {
  const counts = { questions: 0, refreshes: 0 };
  let isVisible = true;
  let provide: () => CodeLens[] = () => [];
  let resolve: (lens: CodeLens) => Promise<CodeLens> = (lens) => Promise.resolve(lens);
  const titles = async (): Promise<(string | undefined)[]> =>
    (await Promise.all(provide().map(async (lens) => (lens.command ? lens : await resolve(lens))))).map(
      ({ command }) => command?.title,
    );
  const connection = {
    onCodeLens: (handler: (params: unknown) => CodeLens[]) => {
      provide = () => handler({ textDocument: { uri } });
    },
    onCodeLensResolve: (handler: typeof resolve) => (resolve = handler),
    sendRequest: async () => {
      counts.refreshes += 1;
      // An editor asks again for what it shows, and for nothing else.
      if (isVisible) await titles();
    },
  } as unknown as Connection;
  const live = new LiveFacts(() => {
    counts.questions += 1;
    const queues = [{ name: 'q', ready: counts.questions }];
    return Promise.resolve({ connection: 'p', queues, exchanges: [] } satisfies LiveObjects as never);
  });
  live.broker = { connection: 'p', vhost: '/' };
  const open = { get: () => document } as unknown as OpenDocuments;
  registerLenses(connection, open, service, live, () => true, 20);
  return { counts, titles, hide: () => (isVisible = false) };
}

describe('live lenses', () => {
  it('are kept up to date while somebody looks, with what was known in between', async () => {
    const { counts, titles, hide } = stage();
    assert.deepEqual(await titles(), ['no bindings', 'p: queue · 1 ready']);
    await eventually(() => assert.ok(counts.questions >= 4));
    const now = await titles();
    assert.match(now[1] ?? '', /^p: queue · \d+ ready$/);
    hide();
  });

  it('ask nobody once nobody looks', async () => {
    const { counts, titles, hide } = stage();
    await titles();
    hide();
    await eventually(() => assert.equal(counts.refreshes, 1));
    // Long enough for several more.
    await new Promise((resolve) => setTimeout(resolve, 150));
    assert.deepEqual(counts, { questions: 1, refreshes: 1 });
  });
});
