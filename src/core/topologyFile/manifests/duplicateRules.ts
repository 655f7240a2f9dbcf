import { stringValue } from '../json/jsonRead';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import { sameValue } from '../sameValue';
import { entryNoun } from '../sections';
import type { DefinitionsText, Source } from './definitionsText';
import type { ManifestFindings } from './manifestFinding';
import type { ManifestFolder } from './manifestFolder';

/**
 * Two resources that declare the same thing on the same broker. A second queue or exchange with other arguments is
 * refused by the broker, whichever comes second; of policies and virtual hosts the last one applied wins, again and again.
 */
export function duplicateRules(
  context: RuleContext,
  folder: ManifestFolder,
  definitions: DefinitionsText,
  findings: ManifestFindings,
): void {
  const { table, declarations } = context;
  for (const section of ['vhosts', 'exchanges', 'queues', 'policies'] as const) {
    const seen = new Map<string, { readonly node: number; readonly source: Source | undefined }>();
    for (const entry of declarations.entries(section)) {
      if (entry.name === undefined) continue;
      const key = section === 'vhosts' ? entry.name : `${entry.vhost ?? ''}\0${entry.name}`;
      const first = seen.get(key);
      const source = definitions.sourceAt(table.start(entry.fields.name));
      if (!first) {
        seen.set(key, { node: entry.node, source });
        continue;
      }
      if (!source) continue;
      const isSameFile = first.source?.file === source.file;
      const other = folder.files.find(({ file }) => file === first.source?.file)?.name ?? 'another file';
      const place = isSameFile ? 'above' : `in ${other}`;
      const what = `The ${entryNoun[section]} ${shown(entry.name)} is declared ${place} as well`;
      const report = findings.reporter(source.file);
      if (sameValue(table, first.node, entry.node))
        report('likely/repeated-declaration', source, `${what}, in the same way: remove one of them.`);
      else {
        const effect =
          section === 'queues' || section === 'exchanges'
            ? 'the broker refuses whichever comes second'
            : 'each overwrites the other again and again';
        report(
          isSameFile ? 'surprise/duplicate-declaration' : 'likely/repeated-declaration',
          source,
          `${what}, with other content, so ${effect}: make them one.`,
        );
      }
    }
  }
  reportBindings(context, definitions, findings);
}

function reportBindings(
  { table, declarations }: RuleContext,
  definitions: DefinitionsText,
  findings: ManifestFindings,
): void {
  const seen = new Map<string, number>();
  for (const { node, vhost, fields } of declarations.entries('bindings')) {
    const from = stringValue(table, fields.source) ?? '';
    const to = stringValue(table, fields.destination) ?? '';
    const key = JSON.stringify([
      vhost,
      from,
      to,
      stringValue(table, fields.routing_key),
      table.text.slice(table.start(fields.arguments), table.end(fields.arguments)),
    ]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, node);
    else if (sameValue(table, first, node)) {
      const source = definitions.sourceAt(table.start(fields.source));
      if (!source) continue;
      const message = `The binding from ${shown(from)} to ${shown(to)} is declared twice and counts once: remove one of them.`;
      findings.reporter(source.file)('likely/repeated-declaration', source, message);
    }
  }
}
