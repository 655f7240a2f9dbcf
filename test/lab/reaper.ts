import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * Reads one order a line: `+ PID` and `- PID` add and drop a process group, `d FOLDER` and `k FOLDER` do so for a folder.
 * When its input ends, the run is over, however it ended: what is still listed is killed, last started first, and removed.
 */
const script = `
trap '' INT TERM HUP
groups= ; folders=
while IFS=' ' read -r verb what; do
  case $verb in
    +) groups="$what $groups" ;;
    -) kept= ; for one in $groups; do [ "$one" = "$what" ] || kept="$kept $one"; done; groups=$kept ;;
    d) folders="$folders|$what|" ;;
    k) folders=$(printf %s "$folders" | sed "s#|$what|##") ;;
  esac
done
for one in $groups; do kill -KILL "-$one" 2>/dev/null; done
printf %s "$folders" | tr '|' '\\n' | while IFS= read -r one; do [ -z "$one" ] || rm -rf -- "$one"; done
`;

let input: Writable | undefined;

/**
 * A second pair of eyes for the one end that no handler of ours survives: SIGKILL. It is a shell of its own session,
 * started at the first order, and ends with this process.
 */
export function tellReaper(verb: '+' | '-' | 'd' | 'k', what: number | string): void {
  if (process.platform === 'win32') return;
  input ??= startReaper();
  input.write(`${verb} ${what}\n`);
}

function startReaper(): Writable {
  const child = spawn('/bin/sh', ['-c', script], {
    detached: true,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  // Without this the open pipe would keep a finished run from ending.
  (child.stdin as unknown as { unref?(): void }).unref?.();
  child.stdin.on('error', () => undefined);
  return child.stdin;
}
