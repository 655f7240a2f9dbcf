import { CodeActionKind, DocumentHighlightKind, MarkupKind, SymbolKind } from 'vscode-languageserver/node';
import type {
  CodeAction,
  CompletionList,
  Diagnostic,
  DocumentHighlight,
  DocumentSymbol,
  Hover,
  Location,
  Position,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { ManifestLocation } from '../../core/topologyFile/manifests/manifestNames';
import type { ManifestRenameStart } from '../../core/topologyFile/manifests/manifestRename';
import type { ManifestService } from '../../core/topologyFile/manifests/service';
import type { RenameRefusal } from '../../core/topologyFile/rename';
import type { Target } from '../../core/topologyFile/target';
import { toItem } from '../features/toItem';
import type { OpenDocuments } from '../openDocuments';
import type { ManifestDocuments, PlacedManifest } from './manifestDocuments';

/** What the editor asks about an open manifest. */
export class ManifestFeatures {
  constructor(
    private readonly open: OpenDocuments,
    private readonly documents: ManifestDocuments,
    private readonly service: ManifestService,
  ) {}

  has(uri: string): boolean {
    return this.documents.fileOf(uri) !== undefined;
  }

  async completions(uri: string, position: Position): Promise<CompletionList | undefined> {
    const manifest = await this.documents.get(uri);
    if (!manifest) return undefined;
    const { file, folder } = manifest;
    const { items, isIncomplete } = this.service.completions(
      folder,
      file,
      position,
      this.target(uri, manifest),
    );
    return {
      isIncomplete,
      items: items.map((item, index) => toItem(file, item, index, this.open.snippetsSupported)),
    };
  }

  async hover(uri: string, position: Position): Promise<Hover | undefined> {
    const manifest = await this.documents.get(uri);
    const hover = manifest && this.service.hover(manifest.file, position, this.target(uri, manifest));
    return hover && { range: hover.range, contents: { kind: MarkupKind.Markdown, value: hover.markdown } };
  }

  async definitions(uri: string, position: Position): Promise<Location[]> {
    return located((await this.places(uri, position)).filter(({ isDeclaration }) => isDeclaration));
  }

  async references(uri: string, position: Position, withDeclarations: boolean): Promise<Location[]> {
    const places = await this.places(uri, position);
    return located(places.filter(({ isDeclaration }) => withDeclarations || !isDeclaration));
  }

  async highlights(uri: string, position: Position): Promise<DocumentHighlight[]> {
    return (await this.places(uri, position))
      .filter(({ id }) => id === uri)
      .map(({ range, isDeclaration }) => ({
        range,
        kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
  }

  async prepareRename(
    uri: string,
    position: Position,
  ): Promise<ManifestRenameStart | RenameRefusal | undefined> {
    const manifest = await this.documents.get(uri);
    return manifest && this.service.prepareRename(manifest.folder, manifest.file, position);
  }

  async rename(uri: string, position: Position, newName: string): Promise<WorkspaceEdit | RenameRefusal> {
    const manifest = await this.documents.get(uri);
    const edits = manifest ? this.service.rename(manifest.folder, manifest.file, position, newName) : [];
    if ('refusal' in edits) return edits;
    const changes: Record<string, TextEdit[]> = {};
    for (const { id, range, text } of edits) (changes[id] ??= []).push({ range, newText: text });
    return { changes };
  }

  symbols(uri: string): DocumentSymbol[] {
    const file = this.documents.fileOf(uri);
    return (file ? this.service.outline(file) : []).map(({ name, detail, range, selection }) => ({
      name,
      detail,
      kind: SymbolKind.Object,
      range,
      selectionRange: selection,
    }));
  }

  async fixes(uri: string, range: Range, diagnostics: readonly Diagnostic[]): Promise<CodeAction[]> {
    const manifest = await this.documents.get(uri);
    if (!manifest) return [];
    const { file, folder } = manifest;
    const [start, end] = [file.lines.offset(range.start), file.lines.offset(range.end)];
    const { target } = this.open.settingsOf(uri);
    return this.service.fixes(folder, file, start, end, target).map(({ finding, fix }) => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      isPreferred: true,
      diagnostics: diagnostics.filter(
        ({ code, message }) => code === finding.code && message === finding.message,
      ),
      edit: {
        changes: { [uri]: [{ range: file.lines.range(fix.start, fix.end), newText: fix.text }] },
      },
    }));
  }

  private async places(uri: string, position: Position): Promise<ManifestLocation[]> {
    const manifest = await this.documents.get(uri);
    return manifest ? this.service.references(manifest.folder, manifest.file, position) : [];
  }

  private target(uri: string, { folder }: PlacedManifest): Target {
    return this.service.target(folder, this.open.settingsOf(uri).target);
  }
}

function located(places: readonly ManifestLocation[]): Location[] {
  return places.map(({ id, range }) => ({ uri: id, range }));
}
