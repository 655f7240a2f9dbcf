import { readYaml } from './readYaml';
import type { YamlNode } from './yamlTree';
import { textAt, textOf, valueAt } from './yamlTree';

export function isKustomizationName(name: string): boolean {
  return /^kustomization(?:\.ya?ml)?$/i.test(name);
}

/** The files of its own folder that a kustomization uses as patches: they hold parts of resources only. */
export function patchFiles(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (path: string | undefined): void => {
    const name = path?.replace(/^\.\//, '');
    if (name !== undefined && !/[/\n]/.test(name)) found.add(name);
  };
  for (const { root } of readYaml(text).documents) {
    for (const item of itemsOf(valueAt(root, 'patches'))) add(textAt(item, 'path'));
    for (const item of itemsOf(valueAt(root, 'patchesJson6902'))) add(textAt(item, 'path'));
    for (const item of itemsOf(valueAt(root, 'patchesStrategicMerge'))) add(textOf(item));
  }
  return found;
}

function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}
