import type { TopologyObject } from '../compare/topologyObjects';
import type { TopologyDocument } from '../document';
import { nameValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import type { SectionName } from '../sections';

/** Something that an entry cannot do without, under its key. */
export interface Need {
  readonly section: SectionName;
  readonly key: string;
}

/** What has to be there before an entry can be made. */
export function needsOf({ table }: TopologyDocument, { entry, vhost }: TopologyObject): Need[] {
  const needs: Need[] = [];
  const global = (section: SectionName, name: string): void => {
    needs.push({ section, key: JSON.stringify(['', name]) });
  };
  const local = (section: SectionName, node: NodeId): void => {
    const name = nameValue(table, node);
    if (name) needs.push({ section, key: JSON.stringify([vhost, name]) });
  };
  if (vhost !== '') global('vhosts', vhost);
  if (entry.section === 'permissions' || entry.section === 'topic_permissions') {
    const user = nameValue(table, entry.fields.user);
    if (user !== undefined) global('users', user);
  }
  if (entry.section === 'topic_permissions') local('exchanges', entry.fields.exchange);
  if (entry.section === 'bindings') {
    const { source, destination, destination_type: kind } = entry.fields;
    local('exchanges', source);
    local(nameValue(table, kind) === 'exchange' ? 'exchanges' : 'queues', destination);
  }
  return needs;
}
