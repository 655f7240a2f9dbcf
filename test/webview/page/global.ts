import type { ScriptedHost } from './script';

/** What the page's script leaves in the page, for the functions that tests send there. */
declare global {
  var scripted: ScriptedHost;
}
