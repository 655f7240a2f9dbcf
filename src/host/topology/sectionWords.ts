import type { DefinitionsSection } from '../../core/topology/definitionsFile';
import { definitionsSections } from '../../core/topology/definitionsFile';
import type { Wording } from '../../core/topology/treeModel';

/** The sections of a definitions file as people call them. */
export function sectionTitle(section: DefinitionsSection, words: Wording): string {
  switch (section) {
    case 'users':
      return words.t('Users');
    case 'vhosts':
      return words.t('Virtual Hosts');
    case 'permissions':
      return words.t('Permissions');
    case 'topic_permissions':
      return words.t('Topic Permissions');
    case 'exchanges':
      return words.t('Exchanges');
    case 'global_parameters':
      return words.t('Global Parameters');
    case 'policies':
      return words.t('Policies');
    case 'parameters':
      return words.t('Parameters');
    case 'queues':
      return words.t('Queues');
    case 'bindings':
      return words.t('Bindings');
  }
}

/** "1 queue", "1,204 queues". */
function countedSection(section: DefinitionsSection, count: number, words: Wording): string {
  const number = words.number(count);
  const one = count === 1;
  switch (section) {
    case 'users':
      return one ? words.t('1 user') : words.t('{0} users', number);
    case 'vhosts':
      return one ? words.t('1 virtual host') : words.t('{0} virtual hosts', number);
    case 'permissions':
      return one ? words.t('1 permission') : words.t('{0} permissions', number);
    case 'topic_permissions':
      return one ? words.t('1 topic permission') : words.t('{0} topic permissions', number);
    case 'exchanges':
      return one ? words.t('1 exchange') : words.t('{0} exchanges', number);
    case 'global_parameters':
      return one ? words.t('1 global parameter') : words.t('{0} global parameters', number);
    case 'policies':
      return one ? words.t('1 policy') : words.t('{0} policies', number);
    case 'parameters':
      return one ? words.t('1 parameter') : words.t('{0} parameters', number);
    case 'queues':
      return one ? words.t('1 queue') : words.t('{0} queues', number);
    case 'bindings':
      return one ? words.t('1 binding') : words.t('{0} bindings', number);
  }
}

/** "2 exchanges, 1 queue and 4 bindings", in the order of import. */
export function countedSections(
  objects: readonly { readonly section: DefinitionsSection }[],
  words: Wording,
): string {
  const parts = definitionsSections.flatMap((section) => {
    const count = objects.filter((object) => object.section === section).length;
    return count === 0 ? [] : [countedSection(section, count, words)];
  });
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : words.t('{0} and {1}', parts.join(', '), last);
}

export const sectionIcons: Readonly<Record<DefinitionsSection, string>> = {
  users: 'account',
  vhosts: 'symbol-namespace',
  permissions: 'shield',
  topic_permissions: 'shield',
  exchanges: 'arrow-swap',
  global_parameters: 'settings',
  policies: 'law',
  parameters: 'settings',
  queues: 'inbox',
  bindings: 'link',
};
