import type { Decimal } from './decimal';
import type { LinearRegex } from './linearRegex';

/** A filter as it was understood. */
export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly part: FilterNode }
  /** Free text: routing key, exchange or body. */
  | { readonly kind: 'text'; readonly condition: Condition }
  | { readonly kind: 'field'; readonly field: FilterField; readonly condition: Condition }
  | { readonly kind: 'has'; readonly field: FilterField };

export type FilterField =
  | {
      readonly kind:
        'exchange' | 'key' | 'body' | 'size' | 'received' | 'redelivered' | 'persistent' | 'dead';
    }
  | { readonly kind: 'property'; readonly name: FilterProperty }
  | { readonly kind: 'header' | 'json'; readonly path: readonly PathStep[] };

/** The basic properties that a filter can name; headers have a field of their own. */
export type FilterProperty =
  | 'contentType'
  | 'contentEncoding'
  | 'deliveryMode'
  | 'priority'
  | 'correlationId'
  | 'replyTo'
  | 'expiration'
  | 'messageId'
  | 'timestamp'
  | 'type'
  | 'userId'
  | 'appId'
  | 'clusterId';

export type PathStep =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  /** Every element of an array, every member of an object. */
  | { readonly kind: 'any' };

export type Condition =
  /** `:`, contains for text, equal for numbers; `glob` where a `*` stands for any text. */
  | { readonly kind: 'like'; readonly operand: Operand; readonly glob?: readonly string[] }
  | { readonly kind: 'equal'; readonly operand: Operand }
  | { readonly kind: 'between'; readonly low?: Bound; readonly high?: Bound }
  | { readonly kind: 'regex'; readonly regex: LinearRegex };

export interface Bound {
  readonly operand: Operand;
  readonly inclusive: boolean;
}

/** A value as typed; `number` where it reads as one. */
export interface Operand {
  readonly text: string;
  readonly number?: Decimal;
}

/** What is wrong with a filter, as a sentence, from one UTF-16 offset of the text to another. */
export interface FilterProblem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}
