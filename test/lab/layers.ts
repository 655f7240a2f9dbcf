import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ICruiseResult } from 'dependency-cruiser';
import { layerRules } from './layerRules';

export interface LayerReport {
  /** Modules of ours that the lint read, and that stand on disk. */
  readonly read: number;
  readonly onDisk: number;
  readonly violations: readonly { rule: string; from: string; to: string }[];
}

const folders = ['src', 'webview'];

/** Holds every import below `root` against the layer table. Reads only; throws when nothing can be read. */
export async function checkLayers(root: string): Promise<LayerReport> {
  // Both are modules that a CommonJS bundle can only load this way.
  const { cruise } = await import('dependency-cruiser');
  const { default: extractTsConfig } = await import('dependency-cruiser/config-utl/extract-ts-config');
  const result = await cruise(
    folders,
    {
      baseDir: root,
      ruleSet: { forbidden: [...layerRules] },
      validate: true,
      // Types are imports too: a layer that knows another's types knows the layer.
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '\\.css$' },
      moduleSystems: ['es6', 'cjs'],
    },
    {
      extensions: ['.ts', '.js', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
    { tsConfig: extractTsConfig(path.join(root, 'tsconfig.json')) },
  );
  const { modules, summary } = result.output as ICruiseResult;
  const files = await Promise.all(folders.map((folder) => typescriptFiles(path.join(root, folder))));
  return {
    read: modules.filter((module) => /^(src|webview)\/.*\.ts$/.test(module.source)).length,
    onDisk: files.flat().length,
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

/** A sentence for each thing that is wrong; none means the layers hold. A lint that read too little has not looked. */
export function complaints({ read, onDisk, violations }: LayerReport): string[] {
  return [
    ...(read < onDisk ? [`only ${read} of ${onDisk} modules were read`] : []),
    ...violations.map(({ rule, from, to }) => `${from} must not import ${to} (${rule})`),
  ];
}

async function typescriptFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.ts'));
}
