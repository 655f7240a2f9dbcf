import type { ArgumentValueRule } from '../../topology/queueArguments';
import type { FieldValue } from '../fieldFacts';

/** What stands behind a new key: a snippet of JSON with the cursor where something is to be written. */
export function fieldSnippet(value: FieldValue): string {
  switch (value.kind) {
    case 'boolean':
    case 'number':
      return `\${1:${String(value.usual)}}`;
    case 'words':
      return `"\${1|${value.words.join(',')}|}"`;
    case 'object':
      return '{$1}';
    case 'list':
      return '[$1]';
    case 'any':
      return '$1';
    case 'text':
    case 'name':
      return '"$1"';
  }
}

/** The same for an argument or policy key. */
export function ruleSnippet(rule: ArgumentValueRule): string {
  switch (rule.kind) {
    case 'integer':
      return '${1:' + String(Math.max(Number.isFinite(rule.least) ? rule.least : 0, 1)) + '}';
    case 'boolean':
      return '${1:true}';
    case 'text':
      return rule.oneOf ? `"\${1|${rule.oneOf.join(',')}|}"` : '"$1"';
    case 'age':
      return '"${1:7D}"';
    case 'unchecked':
      return rule.meant === 'an integer' ? '${1:1}' : '"$1"';
  }
}
