import type { NameKind } from '../names/nameTable';
import type { TextEdit } from '../textEdit';
import type { Place } from './place';

/** One thing that can be written, before it is put into words and quotes for its place. */
export interface Proposal {
  readonly label: string;
  readonly kind: 'section' | 'field' | 'argument' | 'value' | 'entry' | NameKind;
  /** JSON, or a snippet of JSON: for a key that of its value. */
  readonly insert: string;
  readonly isSnippet?: boolean;
  /** A few words beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
}

export interface CompletionItem {
  readonly label: string;
  readonly kind: Proposal['kind'];
  readonly detail: string | undefined;
  readonly documentation: string | undefined;
  readonly edit: TextEdit;
  readonly isSnippet: boolean;
  /** What the text between the start of the edit and the cursor is compared with. */
  readonly filter: string;
}

export interface Completions {
  readonly items: readonly CompletionItem[];
  /** There are more; ask again when more has been typed. */
  readonly isIncomplete: boolean;
}

/** The item for a place: a key with its quotes and value, a comma where one is missing. */
export function itemAt(place: Place, text: string, proposal: Proposal): CompletionItem {
  const comma = place.needsComma && !place.hasValue ? ',' : '';
  const isKey = place.kind === 'key';
  const isSnippet = proposal.isSnippet === true && !(isKey && place.hasValue);
  const key = JSON.stringify(proposal.label);
  const written = !isKey
    ? proposal.insert
    : place.hasValue
      ? key
      : `${isSnippet ? snippetText(key) : key}: ${proposal.insert}`;
  const isQuoted = text[place.replace.start] === '"' && place.replace.end > place.replace.start;
  return {
    label: proposal.label,
    kind: proposal.kind,
    detail: proposal.detail,
    documentation: proposal.documentation,
    edit: { ...place.replace, text: written + comma },
    isSnippet,
    filter: isQuoted ? JSON.stringify(proposal.label) : proposal.label,
  };
}

/** Text in a snippet that stands for itself. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** Words to choose from, as a snippet: none may hold a comma or a bar. */
export function choice(tabStop: number, words: readonly string[]): string {
  return `\${${tabStop}|${words.join(',')}|}`;
}
