import type { Client, Contract } from '../../src/protocol/endpoint';
import { connect } from '../../src/protocol/endpoint';
import { panelTrouble } from '../../src/protocol/panelTrouble';
import { registerControls } from './controls';
import { hostTransport } from './hostTransport';
import type { PanelMemory } from './panelMemory';
import { panelMemory } from './panelMemory';
import { TroubleBar } from './troubleBar';
import { webviewApi } from './webviewApi';

/** What a panel's element needs of its surroundings. */
export interface PanelContext<C extends Contract> {
  readonly host: Client<C>;
  readonly memory: PanelMemory;
  /** Shows that something failed, in words; for requests that nobody waits for on the screen. */
  readonly complain: (thrown: unknown) => void;
}

/**
 * Connects the page to the host and puts the panel's element into it. Whatever is thrown and caught by nobody is
 * shown in the panel and told to the host's log: a panel that died must not look like one that waits.
 */
export function startPanel<C extends Contract>(create: (context: PanelContext<C>) => HTMLElement): void {
  const api = webviewApi();
  const bar = new TroubleBar();
  const report = (thrown: unknown): void => {
    bar.show(thrown);
    api.postMessage(panelTrouble(thrown));
  };
  window.addEventListener('error', (event) => {
    report(event.error ?? event.message);
  });
  window.addEventListener('unhandledrejection', (event) => {
    report(event.reason);
  });
  registerControls();
  const host = connect<C>(hostTransport(api));
  const panel = create({
    host,
    memory: panelMemory(api),
    complain: (thrown) => {
      bar.show(thrown);
    },
  });
  document.body.append(bar.element, panel);
}
