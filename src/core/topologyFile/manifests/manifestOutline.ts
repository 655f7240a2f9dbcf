import type { Range } from '../finding';
import type { ManifestFile } from './readManifests';
import { textAt } from './yamlTree';

export interface ManifestOutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly range: Range;
  readonly selection: Range;
}

/** The resources of a file, by what they are called on the broker. */
export function manifestOutline({ resources, lines }: ManifestFile): ManifestOutlineItem[] {
  return resources.map(({ kind, root, spec, resourceName, head }) => {
    const binding = `${textAt(spec?.value, 'source') ?? ''} → ${textAt(spec?.value, 'destination') ?? ''}`;
    const own = kind.kind === 'Binding' ? binding : textAt(spec?.value, 'name');
    const name = own ?? resourceName ?? '';
    return {
      name: name === '' ? kind.kind : name,
      detail: kind.kind,
      range: lines.range(root.start, root.end),
      selection: lines.range(head.start, head.end),
    };
  });
}
