import { absent } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { brokerName, shown } from '../ruleContext';
import { entryNoun, vhostSections } from '../sections';
import { checkDefaultQueueType } from './queueRules';

/** Which virtual host things are in. A fresh broker has `/` and no other. */
export function vhostRules(context: RuleContext): void {
  const { declarations, target, document } = context;
  if (declarations.form === 'vhost') return;
  const vhosts = declarations.entries('vhosts');
  for (const vhost of vhosts) checkDefaultQueueType(context, vhost);
  const known = new Set(['/', ...vhosts.map((vhost) => vhost.name)]);
  for (const section of vhostSections) {
    for (const entry of declarations.entries(section)) {
      const node = entry.fields.vhost;
      const noun = entryNoun[section];
      if (node === absent) {
        const message = `This ${noun} names no virtual host while others in the file do, so ${brokerName(target)} refuses the file: add "vhost".`;
        context.reportEntry('refused/missing-vhost', entry, message);
      } else if (entry.vhost !== undefined && !known.has(entry.vhost) && document.isWhole) {
        const message = `The file does not declare the virtual host ${shown(entry.vhost)}, so ${brokerName(target)} refuses it where that does not exist yet: add it to "vhosts".`;
        context.report('refused/undeclared-vhost', node, message);
      }
    }
  }
}
