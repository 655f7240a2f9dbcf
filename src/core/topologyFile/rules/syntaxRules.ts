import type { FindingCode } from '../findingCodes';
import type { SyntaxProblem, SyntaxProblemKind } from '../json/syntaxProblem';
import type { RuleContext } from '../ruleContext';
import { brokerName } from '../ruleContext';
import type { Target } from '../target';

/**
 * What broken JSON means for an import. RabbitMQ 3.10 and older read JSON with jsx, which takes trailing commas,
 * comments, single quotes, raw control characters and a byte order mark; since 3.11 thoas takes none of them, and
 * 4.3 skips the mark by itself (DOMAIN 5.2b; `rabbit_json`, `rabbit_definitions:decode/1`).
 */
export function syntaxRules(context: RuleContext): void {
  for (const problem of context.document.problems) {
    const [code, message] = verdict(problem, context);
    context.reportSpan(code, problem.start, problem.end, message);
  }
}

const laxOnly: ReadonlySet<SyntaxProblemKind> = new Set([
  'trailingComma',
  'comment',
  'singleQuotes',
  'controlCharacter',
  'badEscape',
]);

function verdict(problem: SyntaxProblem, { target, document }: RuleContext): readonly [FindingCode, string] {
  const what = descriptions[problem.kind];
  if (problem.kind === 'empty' && document.text.length === 0) {
    return ['likely/empty-file', 'The file is empty, so importing it changes nothing: add at least {}.'];
  }
  if (problem.kind === 'tooLarge') return ['likely/too-large', `${what}, so it was not checked: split it.`];
  if (problem.kind === 'tooDeep') {
    return ['likely/nested-too-deep', `${what}, so the rest of the file was not checked: flatten it.`];
  }
  if (isSkipped(problem.kind, target)) {
    const others = problem.kind === 'byteOrderMark' ? '3.11 to 4.2' : '3.11 and newer';
    return [
      'likely/lax-json',
      `${what}; ${brokerName(target)} reads it, RabbitMQ ${others} refuse the whole file: ${cures[problem.kind] ?? 'write plain JSON.'}`,
    ];
  }
  const cure = cures[problem.kind] ?? 'correct the syntax.';
  return [
    codes[problem.kind] ?? 'refused/json-syntax',
    `${what}, so ${brokerName(target)} refuses the whole file: ${cure}`,
  ];
}

function isSkipped(kind: SyntaxProblemKind, target: Target): boolean {
  if (kind === 'byteOrderMark') return target === '3.10' || target === '4.3';
  return target === '3.10' && laxOnly.has(kind);
}

const codes: Partial<Readonly<Record<SyntaxProblemKind, FindingCode>>> = {
  empty: 'refused/blank-file',
  byteOrderMark: 'refused/byte-order-mark',
  comment: 'refused/comment',
  trailingComma: 'refused/trailing-comma',
  template: 'refused/template-placeholder',
  truncated: 'refused/truncated',
};

const descriptions: Readonly<Record<SyntaxProblemKind, string>> = {
  empty: 'The file holds nothing but white space, which is not JSON',
  byteOrderMark: 'The file begins with a byte order mark',
  comment: 'JSON has no comments',
  trailingComma: 'JSON allows no comma before a closing bracket',
  template: 'This is a template placeholder, not JSON',
  truncated: 'The file ends before its last bracket is closed',
  tooLarge: 'The file is longer than 80 million characters',
  tooDeep: 'The file nests deeper than 512 levels',
  singleQuotes: 'JSON text stands in double quotes',
  controlCharacter: 'Text in JSON may hold no raw line break, tab or control character',
  badEscape: 'JSON does not know this backslash sequence',
  unterminatedString: 'The closing quote of this text is missing',
  badNumber: 'This is not a JSON number',
  badWord: 'This is not a JSON value',
  bareKey: 'A JSON key stands in double quotes',
  missingComma: 'A comma is missing before this',
  missingColon: 'A colon is missing after the key',
  missingValue: 'A value is missing here',
  mismatchedBracket: 'This bracket closes nothing that is open here',
  unexpected: 'This character does not belong here',
  trailingText: 'There is text after the end of the JSON document',
};

const cures: Partial<Readonly<Record<SyntaxProblemKind, string>>> = {
  empty: 'add at least {}.',
  byteOrderMark: 'save it as UTF-8 without one.',
  comment: 'remove the comment.',
  trailingComma: 'remove the comma.',
  template: 'fill the template in before importing it.',
  truncated: 'complete it.',
};
