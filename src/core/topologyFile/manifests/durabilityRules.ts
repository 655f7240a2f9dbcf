import type { ManifestFix, Report } from './manifestFinding';
import type { ManifestFile, ManifestResource } from './readManifests';
import type { YamlMap } from './yamlTree';
import { entryOf, textAt, valueAt } from './yamlTree';

/**
 * `durable` left out. Queues were not durable then until operator 1.20, whose defaulting webhook makes them so; a
 * quorum queue or stream without it was refused. Exchanges are not durable to this day.
 */
export function durabilityRules(
  file: ManifestFile,
  { kind, spec, head }: ManifestResource,
  report: Report,
): void {
  if (spec?.value.kind !== 'map' || entryOf(spec.value, 'durable')) return;
  const fix = durableLine(file, spec.value);
  if (kind.kind === 'Exchange') {
    const message =
      'An exchange without "durable" is gone when its node restarts, and its bindings with it: write "durable: true".';
    if (!isBuiltIn(textAt(spec.value, 'name'))) report('advice/transient-exchange', head, message, fix);
    return;
  }
  if (kind.kind !== 'Queue') return;
  const isTyped = (textAt(spec.value, 'type') ?? '') !== '';
  const type = isTyped ? textAt(spec.value, 'type') : textAt(spec.value, 'arguments', 'x-queue-type');
  const at =
    (isTyped ? valueAt(spec.value, 'type') : valueAt(spec.value, 'arguments', 'x-queue-type')) ?? head;
  if (type === 'quorum' || type === 'stream') {
    const noun = type === 'quorum' ? 'a quorum queue' : 'a stream';
    const message = `Operators before 1.20 take a queue without "durable" for one that is not, which ${noun} cannot be: write "durable: true".`;
    report('likely/durable-unsaid', at, message, fix);
  } else {
    const message =
      'Operators before 1.20 take a queue without "durable" for one that is not, which is gone when its node restarts: write "durable: true".';
    report('likely/durable-unsaid', at, message, fix);
  }
}

function isBuiltIn(name: string | undefined): boolean {
  return name?.startsWith('amq.') === true;
}

/** A line of its own above the first field, where fields have lines of their own. */
function durableLine({ text }: ManifestFile, spec: YamlMap): ManifestFix | undefined {
  const [first] = spec.entries;
  if (!first) return undefined;
  const lineStart = text.lastIndexOf('\n', first.keyStart - 1) + 1;
  const indent = text.slice(lineStart, first.keyStart);
  if (!/^ +$/.test(indent)) return undefined;
  return {
    title: 'Add durable: true',
    start: first.keyStart,
    end: first.keyStart,
    text: `durable: true\n${indent}`,
  };
}
