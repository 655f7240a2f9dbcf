import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { readRulePage, rulePageSections, rulePageSummary } from '../../../src/core/topology/rulePage';
import { findingCodes } from '../../../src/core/topologyFile/findingCodes';
import { isTarget } from '../../../src/core/topologyFile/target';
import type { Target } from '../../../src/core/topologyFile/target';
import { inRepository } from '../../lab/paths';
import { findingsOf } from '../../support/markedDefinitions';
import { manifestFindings } from '../../support/markedManifests';

const folder = inRepository('media', 'rules');

/** What a fenced block of Markdown cannot show: bytes one does not see, and files of megabytes. */
const inWordsOnly: ReadonlySet<string> = new Set([
  'refused/byte-order-mark',
  'refused/blank-file',
  'likely/empty-file',
  'likely/nested-too-deep',
  'likely/too-large',
  'advice/more-findings',
]);

interface Block {
  readonly text: string;
  readonly isManifest: boolean;
  readonly target: Target | undefined;
}

/** The fenced blocks of JSON and YAML of a section; a target stands behind the language. */
function blocksOf(section: string): Block[] {
  const fenced = section.matchAll(/^```(json|yaml) *(\S*)\n([\s\S]*?)^```$/gm);
  return [...fenced].map(([, language, target = '', text = '']) => {
    assert.ok(target === '' || isTarget(target), `"${target}" is no target.`);
    return {
      text: text.replace(/\n$/, ''),
      isManifest: language === 'yaml',
      target: target === '' ? undefined : target,
    };
  });
}

function codesIn({ text, target, isManifest }: Block, fallback: Target): string[] {
  const options = { target: target ?? fallback };
  const found = isManifest ? manifestFindings({ 'a.yaml': text }, options) : findingsOf(text, options);
  return found.map(({ code }) => code);
}

const isError = (code: string): boolean => /^(refused|surprise)\//.test(code);

function pagesThere(): string[] {
  const names = readdirSync(folder, { recursive: true }) as string[];
  return names
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.md') && name.includes('/'))
    .sort();
}

describe('pages about codes', () => {
  it('are there for every code, and for nothing else', () => {
    const expected = Object.keys(findingCodes).map((code) => `${code}.md`);
    assert.deepEqual(pagesThere(), expected.sort());
  });

  for (const name of pagesThere()) {
    const code = name.slice(0, -'.md'.length);
    const text = readFileSync(path.join(folder, name), 'utf8');
    const page = readRulePage(text);
    const section = (heading: string): string =>
      page.sections.find((one) => one.heading === heading)?.text ?? '';

    describe(code, () => {
      it('has a title, every section, and a length that is read', () => {
        assert.ok(text.startsWith(`# ${code}\n`), 'The first line is the code.');
        assert.deepEqual(
          page.sections.map(({ heading }) => heading),
          rulePageSections,
        );
        for (const { heading, text: said } of page.sections) assert.notEqual(said, '', heading);
        assert.match(rulePageSummary(page), /^[A-Z"`].{20,}\.$/);
        assert.ok(text.split('\n').length <= 60, 'At most 60 lines.');
      });

      it('links only to pages that are there', () => {
        assert.doesNotMatch(text, /https?:|<[a-z]/i);
        for (const [, link = ''] of text.matchAll(/\]\(([^)]*)\)/g))
          assert.ok(existsSync(path.join(folder, path.dirname(name), link)), link);
      });

      if (inWordsOnly.has(code)) return;

      it('has an example that yields it, and a fix that does not', () => {
        const [example] = blocksOf(section('Example'));
        assert.ok(example, 'An example is a fenced block of json or yaml.');
        const target = example.target ?? '4.3';
        const found = codesIn(example, target);
        assert.ok(found.includes(code), `The example has: ${found.join(', ')}`);
        assert.deepEqual([...new Set(found)].filter(isError), isError(code) ? [code] : []);
        for (const fix of blocksOf(section('Fix'))) {
          const left = codesIn(fix, target).filter((one) => one === code || isError(one));
          assert.deepEqual(left, []);
        }
      });
    });
  }
});
