import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Failure } from '../../../src/core/base/failure';
import { goodAnswer, pastTheEnd } from '../../../src/core/broker/rabbitmq/answers';
import {
  bindingOf,
  consumerOf,
  exchangeOf,
  items,
  overviewOf,
  queueOf,
  vhostOf,
} from '../../../src/core/broker/rabbitmq/shapes';

describe('answers of the management API', () => {
  it('leave unknown what is missing or null, and make no zero of it', () => {
    const fresh = queueOf({
      name: 'q',
      vhost: '/',
      arguments: {},
      policy: null,
      operator_policy: null,
      durable: true,
    });
    assert.deepEqual(fresh, { name: 'q', vhost: '/', arguments: [], durable: true });
  });

  it('are read in full', () => {
    const queue = queueOf({
      name: 'q',
      vhost: '/',
      type: 'quorum',
      auto_delete: false,
      arguments: { 'x-queue-type': 'quorum', 'x-max-length': 5 },
      state: 'running',
      policy: 'p',
      effective_policy_definition: { 'delivery-limit': 5 },
      messages_ready: 3,
      messages_unacknowledged: 2,
      consumers: 1,
      single_active_consumer_tag: 'noise of 4.3',
      message_stats: { publish_details: { rate: 1.5 }, deliver_get_details: { rate: 2 } },
    });
    assert.deepEqual(
      [queue?.type, queue?.ready, queue?.unacked, queue?.rateIn, queue?.rateOut, queue?.effectivePolicy],
      ['quorum', 3, 2, 1.5, 2, { 'delivery-limit': 5 }],
    );
    assert.equal(queue?.singleActiveConsumer, undefined);
  });

  it('never break on items of odd shapes, which are left out or partly known', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        for (const read of [vhostOf, exchangeOf, queueOf, bindingOf, consumerOf]) {
          items<unknown>(
            [json, { name: json, vhost: json, source: json, arguments: json, message_stats: json }],
            read,
          );
          items<unknown>(json, read);
        }
        overviewOf(json, json);
      }),
    );
    assert.deepEqual(items([{ vhost: '/' }, 'x', null, { name: 'ok', vhost: '/' }], queueOf).length, 1);
  });

  it('know LavinMQ, and tags in both spellings', () => {
    const lavin = overviewOf({ lavinmq_version: '2.9.1' }, { tags: 'management,policymaker' });
    assert.deepEqual(
      [lavin.product, lavin.version, lavin.userTags],
      ['LavinMQ', '2.9.1', ['management', 'policymaker']],
    );
  });

  const refusals: readonly (readonly [string, number, unknown, string, RegExp])[] = [
    [
      'a wrong login',
      401,
      { error: 'not_authorized', reason: 'Not_Authorized' },
      'auth',
      /user or the password/,
    ],
    [
      'a user without the tag',
      401,
      { error: 'not_authorised', reason: 'Not management user' },
      'refused',
      /no `management` tag/,
    ],
    [
      'a right that is missing',
      401,
      { error: 'not_authorised', reason: 'Not monitor user' },
      'refused',
      /Not monitor user/,
    ],
    [
      'something missing',
      404,
      { error: 'Object Not Found', reason: 'Not Found' },
      'notFound',
      /knows no queue `q`/,
    ],
    ['a broker in trouble', 503, undefined, 'closed', /failed over queue `q` \(503\)/],
    ['a page that is no API', 200, undefined, 'protocol', /not the management API/],
    [
      'bad input',
      400,
      { error: 'bad_request', reason: '{value_negative,-1}' },
      'precondition',
      /value negative, -1/,
    ],
  ];
  for (const [what, status, json, reason, words] of refusals) {
    it(`say plainly what ${what} means`, () => {
      assert.throws(
        () => goodAnswer({ status, json }, 'queue `q`'),
        (error: Failure) => error.reason === reason && words.test(error.message),
      );
    });
  }

  it('take a page past the end for an empty one', () => {
    const reason = 'Page out of range, page: 9 page size: 2, len: 3';
    assert.equal(pastTheEnd({ status: 400, json: { error: 'page_out_of_range', reason } }), 3);
    assert.equal(pastTheEnd({ status: 400, json: { error: 'other' } }), undefined);
    assert.equal(pastTheEnd({ status: 200, json: [] }), undefined);
  });
});
