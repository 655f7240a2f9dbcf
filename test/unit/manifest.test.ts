import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { decoderNames } from '../../src/core/message/decode/decodingSetup';
import { commandTable } from '../../src/host/commands/commandTable';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly icon: string;
  readonly l10n: string;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string; icon?: string }[];
    readonly menus: Readonly<Record<string, readonly { command: string; when?: string; group?: string }[]>>;
    readonly keybindings: readonly { command: string; when?: string }[];
    readonly views: Readonly<Record<string, readonly { id: string; name: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { id: string; icon: string }[] };
    readonly viewsWelcome: readonly { view: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, SettingSchema>> };
    readonly walkthroughs: readonly {
      steps: readonly { media: { svg: string }; completionEvents: string[] }[];
    }[];
  };
}

interface SettingSchema {
  readonly items?: { readonly properties?: Readonly<Record<string, unknown>> };
}

const root = process.cwd();
const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const english = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Record<
  string,
  string
>;
const { contributes } = manifest;
const codicons = readFileSync(path.join(root, 'node_modules/@vscode/codicons/dist/codicon.css'), 'utf8');

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(root, folder, name));
}

const hostSources = [...filesBelow('src/host'), path.join(root, 'src/extension.ts')].map((file) =>
  readFileSync(file, 'utf8'),
);

describe('manifest', () => {
  it('declares exactly the commands of the table, with their titles', () => {
    const declared = Object.fromEntries(
      contributes.commands.map(({ command, title }) => [command, english[title.slice(1, -1)]]),
    );
    const expected = Object.fromEntries(Object.entries(commandTable).map(([id, { title }]) => [id, title]));
    assert.deepEqual(declared, expected);
    for (const { category } of contributes.commands) assert.equal(category, 'AMQP');
  });

  it('uses only declared commands in menus, keys, links and walkthroughs', () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(
      ({ command }) => command,
    );
    const linked = [...JSON.stringify(english).matchAll(/\(command:([\w.]+)\)/g)].map(
      (match) => match[1] ?? '',
    );
    const awaited = [...manifestText.matchAll(/onCommand:([\w.]+)/g)].map((match) => match[1] ?? '');
    for (const command of [...used, ...linked, ...awaited]) assert.ok(command in commandTable, command);
  });

  it('hides from the palette what only works on a row, and nothing else', () => {
    const hidden = (contributes.menus['commandPalette'] ?? [])
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    const rowOnly = Object.entries(commandTable).flatMap(([id, { palette }]) => (palette ? [] : [id]));
    assert.deepEqual(hidden.sort(), rowOnly.sort());
  });

  it('hands no arguments to the command of a row, which the editor forgets between the clicks of a double-click', () => {
    const drawn = hostSources.filter((text) => text.includes('new vscode.TreeItem('));
    assert.equal(drawn.length, 1);
    assert.doesNotMatch(drawn[0] ?? '', /\.command = \{[^}]*arguments/);
    assert.match(drawn[0] ?? '', /\.command = \{ command: open, title: row\.label \}/);
  });

  it('has every %key% in English, and no key that nothing uses', () => {
    const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
  });

  it('translates every title, description and label', () => {
    for (const [, key, value] of manifestText.matchAll(
      /"(title|description|markdownDescription|contents|altText|contextualTitle)": "([^"]*)"/g,
    )) {
      if (value !== 'AMQP Workbench') assert.match(value ?? '', /^%.*%$/, `${key ?? ''}: ${value ?? ''}`);
    }
  });

  it('hands translators every text of the code (media/l10n/bundle.l10n.json)', () => {
    const sources = [
      ...hostSources,
      ...filesBelow('src/core/topology').map((file) => readFileSync(file, 'utf8')),
    ];
    const said = sources.flatMap((text) =>
      [...text.matchAll(/\b(?:l10n|words)\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1] ?? ''),
    );
    const sorted = [...new Set(said)].sort();
    const bundle = JSON.parse(
      readFileSync(path.join(root, manifest.l10n, 'bundle.l10n.json'), 'utf8'),
    ) as unknown;
    assert.deepEqual(bundle, Object.fromEntries(sorted.map((text) => [text, text])));
  });

  it('has the views, icons and files that it names', () => {
    const containers = contributes.viewsContainers.activitybar.map(({ id }) => id);
    assert.deepEqual(Object.keys(contributes.views), containers);
    const views = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    for (const view of views)
      assert.ok(
        hostSources.some((text) => text.includes(`createTreeView('${view}'`)),
        view,
      );
    for (const { view } of contributes.viewsWelcome) assert.ok(views.includes(view), view);
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const files = [manifest.icon, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon)];
    for (const file of [...files, ...steps.map(({ media }) => media.svg), manifest.l10n]) {
      assert.ok(existsSync(path.join(root, file)), file);
    }
    for (const name of ['tail', 'peek', 'publish']) {
      for (const theme of ['light', 'dark']) {
        assert.ok(existsSync(path.join(root, `media/icons/${name}-${theme}.svg`)), `${name}-${theme}`);
      }
    }
  });

  it('uses icons that exist', () => {
    const named = contributes.commands.flatMap(({ icon }) => (icon === undefined ? [] : [icon.slice(2, -1)]));
    const inCode = hostSources.flatMap((text) =>
      [...text.matchAll(/icon: '([a-z-]+)'|\$\(([a-z-]+)[~)]/g)].map((match) => match[1] ?? match[2] ?? ''),
    );
    for (const icon of [...named, ...inCode]) assert.ok(codicons.includes(`.codicon-${icon}:before`), icon);
  });

  it('has every setting that the code reads, and restricts what names a broker or a command', () => {
    const settings = Object.keys(contributes.configuration.properties);
    assert.deepEqual(settings, [
      'amqp.connections',
      'amqp.topologyFiles.target',
      'amqp.topologyFiles.patterns',
      'amqp.topologyFiles.severity',
      'amqp.decoders',
    ]);
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, [
      'amqp.connections',
      'amqp.decoders',
    ]);
    const described = contributes.configuration.properties['amqp.connections']?.items?.properties ?? {};
    const checked = readFileSync(path.join(root, 'src/core/broker/profile.ts'), 'utf8');
    const fields = /profileCheck = object\(\{(.*?)\}\);/s.exec(checked)?.[1] ?? '';
    assert.deepEqual(
      Object.keys(described),
      [...fields.matchAll(/^ {2}(\w+):/gm)].map((match) => match[1]),
    );
  });

  it('describes the rules for decoding as they are read', () => {
    const described = contributes.configuration.properties['amqp.decoders']?.items?.properties ?? {};
    const checked = readFileSync(path.join(root, 'src/host/decoding/decoderRules.ts'), 'utf8');
    const fields = /entryCheck = object\(\{(.*?)\}\);/s.exec(checked)?.[1] ?? '';
    assert.deepEqual(
      Object.keys(described),
      [...fields.matchAll(/^ {2}(\w+):/gm)].map((match) => match[1]),
    );
    assert.deepEqual((described['decoder'] as { enum: string[] }).enum, decoderNames);
  });

  it('tests rows for flags that rows really have', () => {
    const flags = [...JSON.stringify(contributes.menus).matchAll(/viewItem =~ \/(.*?)\/"/g)].flatMap(
      (match) =>
        [...(match[1] ?? '').replace(/\\\\[a-z]/g, ' ').matchAll(/[a-z]{4,}/gi)].map((word) => word[0]),
    );
    assert.ok(flags.length > 10);
    for (const flag of flags) {
      assert.ok(
        hostSources.some((text) => new RegExp(`['\`;]${flag}\\b`).test(text)),
        flag,
      );
    }
  });
});
