import { kindRules } from './kindTable';
import type { KindRule, ManifestField } from './kinds';

const rulesByKind: ReadonlyMap<string, KindRule> = new Map(kindRules.map((rule) => [rule.kind, rule]));

export function kindRule(kind: string): KindRule | undefined {
  return rulesByKind.get(kind);
}

export function kindLookupOf(kind: string | undefined): KindRule | undefined {
  return kind === undefined ? undefined : kindRule(kind);
}

/** The field at a path of keys below `spec`. */
export function fieldAt(rule: KindRule, path: readonly string[]): ManifestField | undefined {
  let fields: readonly ManifestField[] = rule.fields;
  let found: ManifestField | undefined;
  for (const name of path) {
    found = fields.find((one) => one.name === name);
    if (!found) return undefined;
    fields = found.value.kind === 'fields' ? found.value.fields : [];
  }
  return found;
}
