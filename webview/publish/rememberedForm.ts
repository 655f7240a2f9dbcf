import type { PublishForm } from '../../src/core/message/publishForm';
import { publishPanelChecks } from '../../src/protocol/publishPanel';
import type { PanelMemory } from '../shared/panelMemory';

/** VS Code throws a hidden panel away: what was typed is kept in its memory, up to a bounded size. */
const longestBody = 1024 * 1024;

export function rememberForm(memory: PanelMemory, revision: number, form: PublishForm | undefined): void {
  const isShort = form !== undefined && form.body.length <= longestBody;
  memory.set({ typed: isShort ? { revision, form } : undefined });
}

/** What was typed into this revision of the form, if anything was. */
export function rememberedForm(memory: PanelMemory, revision: number): PublishForm | undefined {
  const typed = memory.value('typed') as { revision?: unknown; form?: unknown } | undefined;
  if (typed?.revision !== revision) return undefined;
  try {
    return publishPanelChecks.publish({ form: typed.form }).form;
  } catch {
    return undefined;
  }
}
