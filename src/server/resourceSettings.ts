import type { ServerSettings } from './settings';
import { readSettings } from './settings';

/** The settings of single files, which differ between the folders of a workspace; asked for once each. */
export class ResourceSettings {
  private readonly known = new Map<string, ServerSettings>();
  private readonly asking = new Map<string, Promise<ServerSettings>>();

  constructor(
    /** The settings where a file has none of its own. */
    private readonly usual: () => ServerSettings,
    /** The section `amqp.topologyFiles` for a file; `undefined` where the client cannot be asked. */
    private readonly ask: (uri: string) => Promise<unknown> | undefined,
  ) {}

  /** As far as known by now. */
  get(uri: string): ServerSettings | undefined {
    return this.known.get(uri);
  }

  async of(uri: string): Promise<ServerSettings> {
    const known = this.known.get(uri);
    if (known) return known;
    let asking = this.asking.get(uri);
    if (!asking) this.asking.set(uri, (asking = this.read(uri)));
    return await asking;
  }

  forget(uri?: string): void {
    if (uri === undefined) {
      this.known.clear();
      this.asking.clear();
    } else {
      this.known.delete(uri);
      this.asking.delete(uri);
    }
  }

  private async read(uri: string): Promise<ServerSettings> {
    const asked = this.ask(uri);
    if (!asked) return this.usual();
    const settings = await asked.then(readSettings, () => this.usual());
    // Not when it has been forgotten meanwhile: then this is how it was.
    if (this.asking.has(uri)) this.known.set(uri, settings);
    return settings;
  }
}
