import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocuments } from 'vscode-languageserver/node';
import { isDefinitionsContent, isDefinitionsName } from '../core/topology/definitionsFile';
import { isYamlName } from '../core/topology/manifestFile';
import { matchesGlob } from '../core/topology/glob';
import type { TopologyDocument } from '../core/topologyFile/document';
import type { TopologyFileService } from '../core/topologyFile/service';
import type { ServerSettings } from './settings';
import { defaultSettings } from './settings';
import type { VersionedText } from './validation';

/** The open JSON files and the last parse of each, shared by every feature. */
export class OpenDocuments {
  readonly texts = new TextDocuments(TextDocument);
  /** Whether the client takes links, which mark the whole name, for definitions. */
  linksSupported = false;
  /** Whether it takes completions with tab stops. */
  snippetsSupported = false;
  /** The address of the pages about codes, for a client that can open them; it has the command amqp.showRule as well. */
  rulePages: string | undefined;
  /** Whether it is our own editor side, which knows our commands. */
  commandsSupported = false;
  private readonly parsed = new Map<string, { version: number; document: TopologyDocument | undefined }>();
  private current = defaultSettings;

  constructor(
    private readonly service: TopologyFileService,
    /** What a file's own folder says, as far as known. */
    private readonly ownSettings: (uri: string) => ServerSettings | undefined = () => undefined,
  ) {}

  settingsOf(uri: string): ServerSettings {
    return this.ownSettings(uri) ?? this.current;
  }

  get settings(): ServerSettings {
    return this.current;
  }

  /** Which files count may have changed with them. */
  set settings(settings: ServerSettings) {
    this.current = settings;
    this.parsed.clear();
  }

  /** The open file as it is now, `undefined` for one that is not open or no topology file. */
  get(uri: string): TopologyDocument | undefined {
    const text = this.texts.get(uri);
    return text && this.parse(text);
  }

  parse(text: VersionedText): TopologyDocument | undefined {
    const known = this.parsed.get(text.uri);
    if (known?.version === text.version) return known.document;
    const content = text.getText();
    const document = this.isTopologyFile(text.uri, content) ? this.service.parse(content) : undefined;
    this.parsed.set(text.uri, { version: text.version, document });
    return document;
  }

  forget(uri: string): void {
    this.parsed.delete(uri);
  }

  /** By name or content, whether it is open or not. */
  isTopologyFile(uri: string, content: string): boolean {
    return !isYamlName(uri) && (this.isNamedSo(uri) || isDefinitionsContent(content));
  }

  /** Its name says so, whatever it holds. */
  isNamedSo(uri: string): boolean {
    const path = decodePath(uri);
    return isDefinitionsName(path) || this.current.patterns.some((glob) => matchesGlob(path, glob));
  }
}

function decodePath(uri: string): string {
  try {
    return decodeURIComponent(new URL(uri).pathname);
  } catch {
    return uri;
  }
}
