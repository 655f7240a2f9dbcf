import {
  anyBoolean,
  bytes,
  either,
  integer,
  listOf,
  nothing,
  object,
  oneOf,
  optional,
  text,
} from '../core/base/check';
import type { Check } from '../core/base/check';
import { Failure } from '../core/base/failure';
import type { BrokerContract } from '../protocol/brokerContract';
import { definitionsSections } from '../core/topology/definitionsFile';
import { decodingSetupCheck } from './decoding/decodingCheck';
import type { Checks } from '../protocol/endpoint';
import { fieldTableCheck } from '../protocol/fieldCheck';
import {
  completionShape,
  filterShape,
  histogramShape,
  offsetCheck,
  shortText as name,
  sourceCheck,
} from '../protocol/viewChecks';

/** A profile is looked at by the session, which knows what one is. */
const anyObject: Check<object> = (input, where = 'value') => {
  if (typeof input === 'object' && input !== null) return input;
  throw new Failure('badInput', `${where} is not an object.`);
};

/** The most any RabbitMQ takes by default (DOMAIN 3). */
const longestBody = 128 * 1024 * 1024;
const short = optional(text(255));
const seq = integer(0, Number.MAX_SAFE_INTEGER);
/** Among the matches of a filter a place may be negative. */
const place = integer(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
const viewId = text(100);
const view = object({ viewId });

const draft = object({
  exchange: name,
  routingKey: name,
  body: bytes(longestBody),
  properties: object({
    contentType: short,
    contentEncoding: short,
    headers: optional(fieldTableCheck),
    deliveryMode: optional(integer(0, 255)),
    priority: optional(integer(0, 255)),
    correlationId: short,
    replyTo: short,
    expiration: short,
    messageId: short,
    timestamp: optional(text(20)),
    type: short,
    userId: short,
    appId: short,
    clusterId: short,
  }),
});

const transfer = object({
  items: listOf(
    object({
      id: integer(0, Number.MAX_SAFE_INTEGER),
      section: oneOf(...definitionsSections),
      vhost: name,
      json: text(20_000_000),
    }),
    1_000_000,
  ),
  stopAtRefusal: anyBoolean,
});

/** What the host may ask of the worker: the host passes on what webviews sent, so all of it is looked at again. */
export const brokerChecks: Checks<BrokerContract> = {
  open: object({
    profile: anyObject,
    password: text(10_000),
    tracing: optional(listOf(name)),
    network: object({
      proxy: optional(text(2_000)),
      noProxy: listOf(text(2_000)),
      strictSsl: anyBoolean,
      systemCertificates: anyBoolean,
    }),
  }),
  connection: nothing,
  vhosts: nothing,
  exchanges: object({ vhost: name }),
  queues: object({
    vhost: name,
    page: integer(1, 1_000_000),
    size: integer(1, 500),
    name: optional(text(1_000)),
  }),
  bindings: object({ vhost: name, kind: oneOf('queue', 'exchange'), name, side: oneOf('from', 'to') }),
  checkQueue: object({ vhost: name, queue: name }),
  publish: object({ vhost: name, draft }),
  waysToWatch: object({ vhost: name, queue: optional(name), exchange: optional(name) }),
  openTail: object({ source: sourceCheck, confirmed: anyBoolean }),
  openPeek: object({ vhost: name, queue: name, count: integer(1, 500), offset: optional(offsetCheck) }),
  planPeek: object({ viewId, count: integer(1, 500), offset: optional(offsetCheck) }),
  startPeek: object({
    viewId,
    count: integer(1, 500),
    consented: anyBoolean,
    offset: optional(offsetCheck),
  }),
  view,
  rows: object({ viewId, from: place, count: integer(0, 500) }),
  message: object({ viewId, seq, mostBytes: integer(0, longestBody) }),
  pause: object({ viewId, receiving: oneOf('keep', 'stop') }),
  resume: view,
  clear: view,
  setOverflow: object({ viewId, overflow: oneOf('roll', 'pause') }),
  setFilter: object({ viewId, ...filterShape }),
  completeFilter: object({ viewId, ...completionShape }),
  histogram: object({ viewId, ...histogramShape }),
  decode: object({ viewId, seq, decoder: optional(text(100)) }),
  configureDecoding: decodingSetupCheck,
  exportView: object({
    viewId,
    path: text(10_000),
    format: oneOf('jsonl', 'csv'),
    matchingOnly: anyBoolean,
  }),
  startRecording: object({ viewId, path: text(10_000) }),
  stopRecording: view,
  recordingFacts: object({ path: text(10_000) }),
  replay: object({
    vhost: name,
    path: text(10_000),
    userIds: oneOf('keep', 'drop'),
    target: optional(object({ exchange: name, routingKey: optional(name) })),
    timing: either(
      object({ kind: oneOf('original') }),
      object({ kind: oneOf('rate'), perSecond: integer(1, 100_000) }),
    ),
  }),
  exportDefinitions: object({ vhost: optional(name), passwordHashes: anyBoolean }),
  createDefinitions: transfer,
  removeDefinitions: transfer,
  closeView: view,
  tracingKept: object({ vhosts: listOf(name) }),
  close: nothing,
};
