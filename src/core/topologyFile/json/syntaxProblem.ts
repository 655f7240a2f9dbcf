/** What is wrong with a JSON text at one place. The names are stable: finding codes are made of them. */
export type SyntaxProblemKind =
  | 'empty' // nothing but white space, or nothing at all
  | 'byteOrderMark'
  | 'comment'
  | 'trailingComma'
  | 'template' // {{ x }}, ${x}, {% x %}, <% x %> outside a string
  | 'truncated' // the text ends inside a value
  | 'tooLarge' // longer than we read at all
  | 'tooDeep' // deeper than we look; the rest of the text is unread
  | 'singleQuotes'
  | 'controlCharacter' // a raw line break or tab inside a string
  | 'badEscape'
  | 'unterminatedString'
  | 'badNumber'
  | 'badWord' // True, None, NaN, an unquoted value
  | 'bareKey'
  | 'missingComma'
  | 'missingColon'
  | 'missingValue'
  | 'mismatchedBracket'
  | 'unexpected'
  | 'trailingText'; // something after the end of the document

export interface SyntaxProblem {
  readonly kind: SyntaxProblemKind;
  readonly start: number;
  readonly end: number;
}

/** After one of these the declarations that follow may be unread, so nothing may be concluded from what is not there. */
const losesText: ReadonlySet<SyntaxProblemKind> = new Set([
  'empty',
  'template',
  'truncated',
  'tooLarge',
  'tooDeep',
  'unterminatedString',
  'missingColon',
  'missingValue',
  'mismatchedBracket',
  'unexpected',
  'trailingText',
]);

export function isReadWhole(problems: readonly SyntaxProblem[]): boolean {
  return !problems.some((problem) => losesText.has(problem.kind));
}
