import { createRequire } from 'node:module';
import type * as Amqplib from 'amqplib';
import { inRepository } from '../lab/paths';

/** amqplib as it comes from npm: in our bundles a codec of ours takes the place of its own. */
export const amqplib = createRequire(inRepository('package.json'))('amqplib') as typeof Amqplib;
