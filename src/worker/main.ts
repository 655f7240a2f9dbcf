import { parentPort } from 'node:worker_threads';
import { asFailure } from '../core/base/failure';
import { openBroker } from '../core/broker/openBroker';
import { serveBroker } from './brokerServer';
import { PortTransport } from './portTransport';
import { systemClock } from '../core/broker/systemClock';

if (!parentPort) throw new Error('This script runs in a worker thread.');

const { log } = serveBroker(new PortTransport(parentPort), openBroker, systemClock);

// A slip somewhere must not end every tail of this connection: it is written down and the rest goes on.
const survive = (thrown: unknown): void => {
  const { message, more } = asFailure(thrown);
  log.error('Something went wrong inside the broker worker.', more.detail ?? message);
};
process.on('uncaughtException', survive);
process.on('unhandledRejection', survive);
