import type { Check } from '../core/base/check';
import { anyNumber, either, integer, object, oneOf, optional, text } from '../core/base/check';
import { Failure } from '../core/base/failure';
import type { StreamOffset } from '../core/topology/streamOffset';
import { fieldTableCheck } from './fieldCheck';
import type { ViewSource } from './view';

/** A short string of AMQP: names and keys. */
export const shortText = text(255);

const decimal: Check<string> = (input, where = 'value') => {
  const value = text(20)(input, where);
  if (/^\d+$/.test(value)) return value;
  throw new Failure('badInput', `${where} is not a whole number.`);
};

const age: Check<string> = (input, where = 'value') => {
  const value = text(20)(input, where);
  if (/^\d+[YMDhms]$/.test(value)) return value;
  throw new Failure('badInput', `${where} is not an age like 30m or 1h.`);
};

export const offsetCheck: Check<StreamOffset> = either(
  object({ from: oneOf('first', 'last', 'next') }),
  either(
    object({ from: oneOf('number', 'timestamp'), value: decimal }),
    object({ from: oneOf('age'), value: age }),
  ),
);

const queueSource = object({ kind: oneOf('queue', 'consume'), vhost: shortText, queue: shortText });
const bindingSource = object({
  kind: oneOf('binding'),
  vhost: shortText,
  exchange: shortText,
  routingKey: shortText,
  arguments: optional(fieldTableCheck),
  queue: optional(shortText),
});
const streamSource = object({
  kind: oneOf('stream'),
  vhost: shortText,
  queue: shortText,
  offset: offsetCheck,
});
const firehoseSource = object({
  kind: oneOf('firehose'),
  vhost: shortText,
  queue: optional(shortText),
  exchange: optional(shortText),
});

/** A source from a webview, from its saved state, or on its way to the worker. */
export const sourceCheck: Check<ViewSource> = either(
  queueSource,
  either(bindingSource, either(streamSource, firehoseSource)),
);

const longestFilter = 10_000;

export const filterShape = {
  text: text(longestFilter),
  range: optional(object({ from: anyNumber, to: anyNumber })),
};
export const completionShape = { text: text(longestFilter), caret: integer(0, longestFilter) };
export const histogramShape = { buckets: integer(1, 500) };
