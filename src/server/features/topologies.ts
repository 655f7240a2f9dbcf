import { readFile, stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Check } from '../../core/base/check';
import { listOf, object, oneOf, optional, text } from '../../core/base/check';
import { definitionsSections } from '../../core/topology/definitionsFile';
import { brokerSeries } from '../../core/topology/queueArguments';
import { compareTopologies } from '../../core/topologyFile/compare/compareTopologies';
import type { TopologyDocument } from '../../core/topologyFile/document';
import { planImport } from '../../core/topologyFile/plan/planImport';
import { headersOf } from '../../core/topologyFile/routes/messageHeaders';
import { previewRoute } from '../../core/topologyFile/routes/preview';
import { documentTopology } from '../../core/topologyFile/routes/documentTopology';
import { topologyVhosts } from '../../core/topologyFile/routes/topologyVhosts';
import type { TopologyFileService } from '../../core/topologyFile/service';
import { targetFor } from '../../core/topologyFile/target';
import type { TopologyRequests, TopologyText } from '../../protocol/topologyService';
import { reasonOf } from '../check/reasonOf';
import { filePath } from '../filePath';
import type { OpenDocuments } from '../openDocuments';

/** An export of 40,000 queues; a file on disk may be as large as an editor opens. */
const mostText = 80_000_000;
const mostBytes = 50 * 1024 * 1024;

const name = text(10_000);
const vhost = optional(text(1_000));
const topology: Check<TopologyText> = (input, where) =>
  typeof input === 'object' && input !== null && 'uri' in input
    ? object({ uri: text(10_000) })(input, where)
    : object({ text: text(mostText) })(input, where);

const checks = {
  compare: object({ left: topology, right: topology, vhost }),
  plan: object({
    file: topology,
    broker: topology,
    missing: listOf(oneOf(...definitionsSections), definitionsSections.length),
    vhost,
    target: oneOf(...brokerSeries),
  }),
  route: object({ topology, vhost: name, exchange: name, routingKey: name, headers: text(1_000_000) }),
  exchanges: object({ topology }),
};

/** What is asked about whole topologies: files that are open or on disk, and exports of brokers. */
export function registerTopologies(
  connection: Connection,
  open: OpenDocuments,
  service: TopologyFileService,
): void {
  const read = async (given: TopologyText): Promise<TopologyDocument> => {
    if (!('uri' in given)) return service.parse(given.text);
    const document = open.get(given.uri);
    if (document) return document;
    const unsaved = open.texts.get(given.uri);
    return service.parse(unsaved ? unsaved.getText() : await onDisk(given.uri));
  };

  /** Checks the params, and stops between two steps once the answer is no longer wanted. */
  const answer = <K extends keyof typeof checks>(
    method: K,
    handle: (
      params: TopologyRequests[K]['params'],
      step: () => Promise<void>,
    ) => Promise<TopologyRequests[K]['result']>,
  ): void => {
    connection.onRequest(`amqp/${method}`, async (params: unknown, token: CancellationToken) => {
      const step = async (): Promise<void> => {
        await nextTurn();
        if (token.isCancellationRequested)
          throw new ResponseError(LSPErrorCodes.RequestCancelled, 'No longer wanted.');
      };
      return await handle(checks[method](params), step);
    });
  };

  answer('compare', async (params, step) => {
    const left = await read(params.left);
    await step();
    const right = await read(params.right);
    await step();
    return compareTopologies(left, right, { vhost: params.vhost });
  });

  answer('plan', async ({ file, broker, missing, vhost: home, target }, step) => {
    const document = await read(file);
    await step();
    const has = await read(broker);
    await step();
    return planImport(document, has, { missing, vhost: home, target });
  });

  answer('route', async ({ topology: given, vhost: home, exchange, routingKey, headers }, step) => {
    const document = await read(given);
    await step();
    const parsed = headersOf(headers);
    if ('problem' in parsed) return { queues: [], notes: [], problem: parsed.problem };
    const asked = 'uri' in given ? open.settingsOf(given.uri).target : undefined;
    const known = documentTopology(document, home, targetFor(document.table, asked));
    return previewRoute(known, { exchange, routingKey, headers: parsed.headers });
  });

  answer('exchanges', async ({ topology: given }, step) => {
    const document = await read(given);
    await step();
    return topologyVhosts(document);
  });
}

async function onDisk(uri: string): Promise<string> {
  const file = filePath(uri);
  if (file === undefined) throw refused(`${uri} is on a file system that cannot be read without opening it.`);
  try {
    const { size } = await stat(file);
    if (size <= mostBytes) return (await readFile(file)).toString('utf8');
  } catch (error) {
    throw refused(`${file} cannot be read: ${reasonOf(error)}`);
  }
  throw refused(`${file} is larger than 50 MB and was not read.`);
}

/** The sentence goes to the one who asked, as the message of the failure. */
function refused(message: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
