/** The sections of a page in `media/rules`, in their order; its README says what stands in each. */
export const rulePageSections = ['What', 'Why', 'Example', 'Fix', 'Source'] as const;

export interface RulePage {
  /** The text of the first line, which is the code: `refused/comment`. */
  readonly title: string;
  /** In the order of the page, each without white space around it. */
  readonly sections: readonly { readonly heading: string; readonly text: string }[];
}

/** Takes a page apart. Headings inside fenced blocks are text. */
export function readRulePage(markdown: string): RulePage {
  const sections: { heading: string; lines: string[] }[] = [];
  let title = '';
  let isFenced = false;
  for (const line of markdown.split(/\r?\n/)) {
    if (line.startsWith('```')) isFenced = !isFenced;
    if (!isFenced && line.startsWith('## ')) sections.push({ heading: line.slice(3).trim(), lines: [] });
    else if (!isFenced && title === '' && line.startsWith('# ')) title = line.slice(2).trim();
    else sections.at(-1)?.lines.push(line);
  }
  return {
    title,
    sections: sections.map(({ heading, lines }) => ({ heading, text: lines.join('\n').trim() })),
  };
}

/** The first paragraph of `What` in one line: what a list of rules says of this one. */
export function rulePageSummary({ sections }: RulePage): string {
  const what = sections.find(({ heading }) => heading === 'What')?.text ?? '';
  return (what.split(/\n\s*\n/)[0] ?? '').replace(/\s+/g, ' ');
}
