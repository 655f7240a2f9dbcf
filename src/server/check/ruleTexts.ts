import { nearestName } from '../../core/topologyFile/spelling';

/** What a code means, in a line. */
export type CodeTexts = Readonly<Record<string, string>>;

/** The pages of media/rules by code, as Markdown. */
export type RulePages = Readonly<Record<string, string>>;

/** Outside of the folder of pages a relative link leads nowhere: its text, which is a code, stays. */
export function withoutLinks(markdown: string): string {
  return markdown.replace(/\[([^\]\n]*)\]\([^)\n]*\)/g, '$1');
}

export type Explanation =
  | { readonly text: string; readonly problem?: never }
  /** One sentence, with the codes that may have been meant. */
  | { readonly problem: string; readonly text?: never };

/** The page about a code, or its one line where it has no page; without a code, all codes with their lines. */
export function explain(code: string | undefined, texts: CodeTexts, pages: RulePages): Explanation {
  if (code === undefined) {
    const lines = Object.entries(texts).map(([known, summary]) => `${known}  ${summary}\n`);
    return { text: lines.join('') };
  }
  const summary = Object.hasOwn(texts, code) ? texts[code] : undefined;
  if (summary === undefined) {
    const meant = similarCodes(code, Object.keys(texts));
    const hint =
      meant.length > 0 ? `did you mean ${meant.join(', ')}?` : 'explain without a code lists them.';
    return { problem: `There is no code ${JSON.stringify(code.slice(0, 80))}: ${hint}` };
  }
  const page = Object.hasOwn(pages, code) ? pages[code] : undefined;
  return { text: page === undefined ? `# ${code}\n\n${summary}\n` : withoutLinks(page) };
}

/** Three at most: the same name in another family, names with that word in them, names a few letters off. */
function similarCodes(written: string, known: readonly string[]): string[] {
  const nameOf = (code: string): string => code.slice(code.indexOf('/') + 1);
  const name = nameOf(written.toLowerCase());
  const sameName = known.filter((code) => nameOf(code) === name);
  const near = nearestName(written, known, 3) ?? nearestName(name, known.map(nameOf), 3);
  const nearCodes = known.filter((code) => code === near || nameOf(code) === near);
  const containing = name.length < 3 ? [] : known.filter((code) => code.includes(name));
  return [...new Set([...sameName, ...nearCodes, ...containing])].slice(0, 3);
}
