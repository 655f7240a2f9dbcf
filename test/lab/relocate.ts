import { chmod, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './run';

/**
 * Makes the Erlang unpacked in `stage` run from `final` on the C library unpacked beside it: a newer Debian's programs do not start
 * on an older one's. Absolute paths are needed (the kernel takes no other program interpreter), so the folder cannot move afterwards.
 */
export async function relocateErlang(stage: string, final: string, patchelf: string): Promise<void> {
  const erlang = path.join(stage, 'usr/lib/erlang');
  const files = await filesBelow(erlang);
  const loader = await findLoader(stage);
  const libraries = (await libraryFolders(stage)).map((folder) => path.join(final, folder)).join(':');
  for (const file of files) {
    const kind = await elfKind(file);
    if (kind === 'none' || file.endsWith('.a') || file.endsWith('.o')) continue;
    // Objects without dynamic section (static ones) are none of our business.
    const interpreter = await run(patchelf, ['--print-interpreter', file]).catch(() => '');
    if (interpreter) await run(patchelf, ['--set-interpreter', path.join(final, loader), file]);
    await run(patchelf, ['--force-rpath', '--set-rpath', libraries, file]);
  }
  for (const file of files.filter((name) => /\/bin\/(erl|start|start_erl)(\.src)?$/.test(name))) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (!text.startsWith('#!')) continue;
    await writeFile(
      file,
      text.replaceAll(/ROOTDIR=\/usr\/lib\/erlang\b/g, `ROOTDIR=${path.join(final, 'usr/lib/erlang')}`),
    );
    await chmod(file, 0o755);
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** The dynamic loader, as a path inside the unpacked tree. */
async function findLoader(stage: string): Promise<string> {
  for (const folder of await libraryFolders(stage)) {
    const names = await readdir(path.join(stage, folder));
    const name = names.find((candidate) => /^ld-linux.*\.so\.\d+$/.test(candidate));
    if (name) return path.join(folder, name);
  }
  throw new Error('The unpacked packages hold no dynamic loader.');
}

/** `lib/x86_64-linux-gnu` and its like; older Debians also use the folder without `usr`. */
async function libraryFolders(stage: string): Promise<string[]> {
  const found: string[] = [];
  for (const base of ['usr/lib', 'lib']) {
    const names = await readdir(path.join(stage, base)).catch(() => []);
    for (const name of names) if (name.endsWith('-linux-gnu')) found.push(path.join(base, name));
  }
  return found;
}

async function elfKind(file: string): Promise<'elf' | 'none'> {
  const { size } = await stat(file);
  if (size < 64) return 'none';
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === '\x7fELF' ? 'elf' : 'none';
  } finally {
    await handle.close();
  }
}
