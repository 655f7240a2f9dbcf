import * as vscode from 'vscode';

/** Folders with other people's files, beside what `files.exclude` hides. */
const excluded = '**/{node_modules,bower_components,.git,.hg,.svn}/**';

/** Files that are topology files by their names. Letters count: a file system may tell them apart. */
const named = ['**/definitions.json', '**/*.definitions.json', '**/*rabbitmq*definitions*.json'];
/** Files that may be topology files by what they hold. */
const perhaps = ['**/*.json', '**/*.{yaml,yml}'];

const mostNamed = 2_000;
/** Each is opened, and its beginning read. */
const mostPerhaps = 5_000;

export interface FoundTopologyFiles {
  /** Those with a name that tells come first. */
  readonly uris: readonly string[];
  /** There were more than are looked at. */
  readonly isCut: boolean;
}

/** The files of the workspace that are topology files, or may be by what they hold. */
export async function findTopologyFiles(token: vscode.CancellationToken): Promise<FoundTopologyFiles> {
  const patterns = vscode.workspace.getConfiguration('amqp.topologyFiles').get<string[]>('patterns', []);
  const found = new Set<string>();
  let isCut = false;
  const add = async (glob: string, most: number): Promise<void> => {
    // One more than wanted shows that there are more.
    const uris = await vscode.workspace.findFiles(glob, excluded, most + 1, token);
    if (uris.length > most) isCut = true;
    for (const uri of uris.slice(0, most)) if (uri.scheme === 'file') found.add(uri.toString());
  };
  for (const glob of [...named, ...patterns.map(inEveryFolder)]) await add(glob, mostNamed);
  for (const glob of perhaps) await add(glob, mostPerhaps);
  return { uris: [...found], isCut };
}

/** As the setting means it: without a slash the name counts, wherever the file is. */
function inEveryFolder(glob: string): string {
  return glob.includes('/') ? glob.replace(/^\//, '') : `**/${glob}`;
}
