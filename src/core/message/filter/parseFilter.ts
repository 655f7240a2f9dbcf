import { knownField } from './filterFields';
import type { KnownField } from './filterFields';
import type { FilterNode, FilterProblem } from './filterNode';
import { FilterScanner } from './filterScanner';
import type { TypedField } from './filterScanner';
import type { Comparison } from './operand';
import { readCondition } from './readCondition';

export interface ParsedFilter {
  /** What was understood; missing where nothing was asked for or it cannot be told what. */
  readonly node?: FilterNode;
  /** The first mistake. */
  readonly problem?: FilterProblem;
}

/** Where a caret stands in a filter: at a field or free text, or at the value of a field. */
export interface FilterSpot {
  readonly kind: 'field' | 'value';
  /** Of `value`: the field in front. */
  readonly field?: TypedField;
  /** The field must be there, its value does not matter (`has:`). */
  readonly presence?: boolean;
  /** What would be replaced. */
  readonly from: number;
  readonly to: number;
}

const deepest = 50;
const mostConditions = 200;

type Where = { readonly typed: TypedField; readonly info: KnownField };

/**
 * Reads a filter (README.md has the grammar). Never throws and always ends; after a mistake it goes on as well as it
 * can, so that completion works in a filter that is not finished. `now` is what times are relative to, in
 * milliseconds since the epoch; `onSpot` hears of every place where something is or may be typed.
 */
export function parseFilter(text: string, now: number, onSpot?: (spot: FilterSpot) => void): ParsedFilter {
  const parser = new FilterParser(new FilterScanner(text), now, onSpot);
  const node = parser.filter();
  const { problem } = parser;
  return { ...(node && !problem && { node }), ...(problem && { problem }) };
}

class FilterParser {
  problem: FilterProblem | undefined;
  private depth = 0;
  private conditions = 0;

  constructor(
    private readonly scanner: FilterScanner,
    private readonly now: number,
    private readonly onSpot: ((spot: FilterSpot) => void) | undefined,
  ) {}

  filter(): FilterNode | undefined {
    const { scanner } = this;
    const parts: FilterNode[] = [];
    for (;;) {
      const node = this.either(undefined);
      if (node) parts.push(node);
      scanner.skipSpace();
      if (scanner.atEnd) break;
      // Only a closing bracket ends an expression early.
      this.complain(
        'This bracket closes nothing. Put it in quotes to search for it.',
        scanner.at,
        scanner.at + 1,
      );
      scanner.at++;
    }
    return joined('and', parts);
  }

  private complain(message: string, from: number, to: number): void {
    this.problem ??= { message, from, to };
  }

  /** `where`: the field that bare values belong to, inside `field:(...)`. */
  private either(where: Where | undefined): FilterNode | undefined {
    const { scanner } = this;
    const parts = [this.both(where)];
    for (;;) {
      scanner.skipSpace();
      const at = scanner.at;
      if (!scanner.keyword('OR')) return joined('or', parts);
      if (parts.length === 1 && !parts[0]) this.complain('OR needs a condition before it.', at, at + 2);
      const next = this.both(where);
      if (!next) this.complain('OR needs a condition after it.', at, at + 2);
      parts.push(next);
    }
  }

  private both(where: Where | undefined): FilterNode | undefined {
    const { scanner } = this;
    const parts: (FilterNode | undefined)[] = [];
    let lastAnd = -1;
    for (;;) {
      scanner.skipSpace();
      if (scanner.atEnd || scanner.peek() === ')') break;
      const at = scanner.at;
      if (scanner.keyword('OR')) {
        scanner.at = at;
        break;
      }
      if (scanner.keyword('AND')) {
        if (parts.length === 0 || lastAnd >= 0) this.complain('AND needs a condition before it.', at, at + 3);
        lastAnd = at;
        continue;
      }
      lastAnd = -1;
      parts.push(this.term(where));
    }
    if (lastAnd >= 0) this.complain('AND needs a condition after it.', lastAnd, lastAnd + 3);
    this.spot({
      kind: where ? 'value' : 'field',
      from: scanner.at,
      to: scanner.at,
      ...(where && { field: where.typed }),
    });
    return joined('and', parts);
  }

  private term(where: Where | undefined): FilterNode | undefined {
    const { scanner } = this;
    const from = scanner.at;
    if (!(scanner.keyword('NOT') || this.minus(where))) return this.primary(where);
    scanner.skipSpace();
    const isNothing = scanner.atEnd || scanner.peek() === ')';
    if (isNothing) this.complain('NOT needs a condition after it.', from, scanner.at);
    if (isNothing || this.isTooDeep(from)) return undefined;
    const part = this.term(where);
    this.depth--;
    return part && { kind: 'not', part };
  }

  /** Among the values of a field, `-5` is a number. */
  private minus(where: Where | undefined): boolean {
    const { scanner } = this;
    if (scanner.peek() !== '-' || (where && /^-[\d.]/.test(scanner.text.slice(scanner.at, scanner.at + 2)))) {
      return false;
    }
    scanner.at++;
    return true;
  }

  /** Whoever goes on counts the depth down again. */
  private isTooDeep(from: number): boolean {
    if (++this.depth <= deepest) return false;
    this.giveUp('This filter is nested too deeply.', from);
    return true;
  }

  /** What is too large is not read to its end. */
  private giveUp(message: string, from: number): void {
    const { scanner } = this;
    this.complain(message, from, scanner.text.length);
    scanner.at = scanner.text.length;
  }

  private primary(where: Where | undefined): FilterNode | undefined {
    const { scanner } = this;
    if (++this.conditions > mostConditions) {
      this.giveUp(`A filter has at most ${String(mostConditions)} conditions.`, scanner.at);
      return undefined;
    }
    if (scanner.peek() === '(') return this.group(where);
    const from = scanner.at;
    if (!where) {
      const typed = scanner.field();
      const comparison = typed && this.operator();
      if (typed && comparison) return this.comparison(typed, comparison);
      scanner.at = from;
    }
    const comparison = where ? (this.operator() ?? ':') : ':';
    return this.value(where, comparison === '!=' ? '=' : comparison, comparison === '!=');
  }

  /** `size > 10` is `size:>10`; only a colon must follow its field at once. */
  private operator(): Comparison | '!=' | undefined {
    const { scanner } = this;
    const from = scanner.at;
    scanner.skipSpace();
    const isApart = scanner.at > from;
    if (isApart && scanner.peek() === ':') return undefined;
    const comparison = scanner.comparison();
    if (!comparison) return undefined;
    const end = scanner.at;
    scanner.skipSpace();
    if (scanner.at > end && (scanner.keyword('AND') || scanner.keyword('OR'))) scanner.at = end;
    return comparison;
  }

  private group(where: Where | undefined): FilterNode | undefined {
    const { scanner } = this;
    const from = scanner.at++;
    if (this.isTooDeep(from)) return undefined;
    const node = this.either(where);
    this.depth--;
    if (scanner.peek() !== ')') this.complain('This bracket is not closed.', from, from + 1);
    else {
      scanner.at++;
      if (!node) this.complain('There is nothing between these brackets.', from, scanner.at);
    }
    return node;
  }

  private comparison(typed: TypedField, comparison: Comparison | '!='): FilterNode | undefined {
    const { scanner } = this;
    this.spot({ kind: 'field', from: typed.from, to: typed.to });
    if (typed.name === 'has' && typed.path.length === 0 && comparison === ':') return this.has();
    const info = this.known(typed);
    const where = { typed, info: info ?? { type: 'text', field: { kind: 'key' } } } as const;
    if (scanner.peek() === '(' && comparison === ':') return this.group(where);
    const node = this.value(where, comparison === '!=' ? '=' : comparison, comparison === '!=');
    return info && node;
  }

  private has(): FilterNode | undefined {
    const { scanner } = this;
    const from = scanner.at;
    const typed = scanner.field();
    this.spot({ kind: 'field', presence: true, from, to: scanner.at });
    if (!typed) this.complain('Name a field after has:, such as has:header.x-tenant.', from, from);
    const info = typed && this.known(typed);
    return info && { kind: 'has', field: info.field };
  }

  private known({ name, path, from, to }: TypedField): KnownField | undefined {
    const known = knownField(name, path);
    if (typeof known !== 'string') return known;
    this.complain(known, from, to);
    return undefined;
  }

  /** A bare value: of the field, or free text. */
  private value(where: Where | undefined, comparison: Comparison, negated: boolean): FilterNode | undefined {
    const { scanner } = this;
    const from = scanner.at;
    const condition = readCondition(scanner, where?.info.type, comparison, this.now);
    this.spot({
      kind: where ? 'value' : 'field',
      from,
      to: scanner.at,
      ...(where && { field: where.typed }),
    });
    if ('message' in condition) {
      // A field without a value is what is wrong, not the place behind it.
      this.complain(
        condition.message,
        condition.from === condition.to && where ? where.typed.from : condition.from,
        condition.to,
      );
      return undefined;
    }
    const node: FilterNode = where
      ? { kind: 'field', field: where.info.field, condition }
      : { kind: 'text', condition };
    return negated ? { kind: 'not', part: node } : node;
  }

  private spot(spot: FilterSpot): void {
    this.onSpot?.(spot);
  }
}

function joined(kind: 'and' | 'or', nodes: readonly (FilterNode | undefined)[]): FilterNode | undefined {
  const parts = nodes.filter((node) => node !== undefined);
  return parts.length < 2 ? parts[0] : { kind, parts };
}
