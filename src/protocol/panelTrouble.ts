/** A defect in a panel's script, on its way to the host's log. Not part of a contract: it must work when those do not. */
export interface PanelTrouble {
  readonly kind: 'trouble';
  readonly text: string;
}

const longest = 4_000;

export function panelTrouble(thrown: unknown): PanelTrouble {
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { kind: 'trouble', text: text.slice(0, longest) };
}

/** Whether a message from a webview is one; it is bounded again, because a webview is not trusted. */
export function readPanelTrouble(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { kind, text } = message as { kind?: unknown; text?: unknown };
  return kind === 'trouble' && typeof text === 'string' ? text.slice(0, longest) : undefined;
}
