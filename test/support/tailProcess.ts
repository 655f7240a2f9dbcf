// The worker's server with a tail, in a process that a test can kill: node out/lab/tailProcess.js PROFILE QUEUE
// Prints the state of the tail as one line of JSON once it runs.
import { openBroker } from '../../src/core/broker/openBroker';
import { systemClock } from '../../src/core/broker/systemClock';
import type { Profile } from '../../src/core/broker/profile';
import { workerSession } from './workerSession';

async function main(profile: string, queue: string): Promise<void> {
  const worker = workerSession(openBroker, systemClock);
  await worker.open(JSON.parse(profile) as Profile);
  const { status } = await worker.tail({ kind: 'queue', vhost: '/', queue });
  console.log(JSON.stringify(status));
  setInterval(() => undefined, 1_000);
}

void main(process.argv[2] ?? '', process.argv[3] ?? '');
