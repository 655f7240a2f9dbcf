import type { WebviewApi } from './webviewApi';

/** What a panel remembers of itself across hiding and reloading: a small record in VS Code's webview state. */
export interface PanelMemory {
  number(key: string): number | undefined;
  /** Whatever was set: the reader checks it. */
  value(key: string): unknown;
  /** Sets some entries and leaves the others, which may be the host's. */
  set(entries: Readonly<Record<string, unknown>>): void;
}

export function panelMemory(api: WebviewApi): PanelMemory {
  const read = (): Record<string, unknown> => {
    const state = api.getState();
    return typeof state === 'object' && state !== null ? { ...state } : {};
  };
  return {
    number: (key) => {
      const value = read()[key];
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    },
    value: (key) => read()[key],
    set: (entries) => {
      api.setState({ ...read(), ...entries });
    },
  };
}
