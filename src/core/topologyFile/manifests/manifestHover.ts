import { policyKeyRule } from '../../topology/policyKeys';
import { queueArgumentRule } from '../../topology/queueArguments';
import { argumentMarkdown, policyKeyMarkdown } from '../argumentText';
import type { Position } from '../finding';
import type { Hover } from '../hover';
import { exchangeArguments, headersMatch } from '../nestedKeys';
import { coreQueueType } from '../queueType';
import type { Target } from '../target';
import { inlineCode } from '../wording';
import type { CursorPlace } from './cursorPlace';
import { cursorPlace } from './cursorPlace';
import { fieldAt } from './kindLookup';
import type { ManifestField } from './kinds';
import type { ManifestFile } from './readManifests';

/** What the line at the cursor says: the rule behind its key, in words. */
export function manifestHover(file: ManifestFile, position: Position, target: Target): Hover | undefined {
  const place = cursorPlace(file.text, file.lines.offset(position));
  const { lineKey } = place;
  if (!lineKey) return undefined;
  const markdown = explained(place, lineKey.name, target);
  if (markdown === undefined) return undefined;
  return {
    range: file.lines.range(lineKey.start, lineKey.end),
    markdown: `${inlineCode(lineKey.name)}\n\n${markdown}`,
  };
}

function explained({ kind, path, document }: CursorPlace, key: string, target: Target): string | undefined {
  if (path.length === 0) return key === 'kind' ? kind?.summary : undefined;
  if (!kind || path[0] !== 'spec') return undefined;
  const inside = path.slice(1);
  const around = fieldAt(kind, inside);
  if (around?.value.kind === 'free') return freeKey(around.value.keys, key, document, target);
  const field = fieldAt(kind, [...inside, key]);
  return field && fieldMarkdown(field);
}

export function fieldMarkdown({
  summary,
  value,
  isRequired,
  isFixed,
  default: usual,
}: ManifestField): string {
  const lines = [summary];
  if (value.kind === 'text' && value.oneOf) lines.push(`One of ${value.oneOf.map(inlineCode).join(', ')}.`);
  if (value.kind === 'texts' && value.oneOf)
    lines.push(`A list of ${value.oneOf.map(inlineCode).join(', ')}.`);
  if (isRequired === true) lines.push('Required.');
  if (usual !== undefined) lines.push(`Without it: ${inlineCode(usual)}.`);
  if (isFixed === true) lines.push('It cannot be changed later: Kubernetes refuses the update.');
  return lines.join('\n\n');
}

/** The type of queue that the text of a resource says. */
export function typeIn(document: string): ReturnType<typeof coreQueueType> {
  const [, word] = /^ +(?:type|x-queue-type):[ \t]*["']?(\w+)/m.exec(document) ?? [];
  return coreQueueType(word);
}

function freeKey(keys: string, key: string, document: string, target: Target): string | undefined {
  if (keys === 'queueArguments') {
    const rule = queueArgumentRule(key);
    return rule && argumentMarkdown(rule, target, typeIn(document));
  }
  if (keys === 'policyKeys') {
    const rule = policyKeyRule(key);
    return rule && policyKeyMarkdown(rule, target);
  }
  if (keys === 'exchangeArguments') return exchangeArguments.find(({ name }) => name === key)?.summary;
  return keys === 'bindingArguments' && key === headersMatch.name ? headersMatch.summary : undefined;
}
