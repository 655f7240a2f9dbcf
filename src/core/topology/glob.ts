/**
 * Whether a path matches a glob as VS Code's settings write them: `*`, `?`, `**`, `{a,b}`. A glob without a slash
 * looks at the file name only; slashes of either kind are the same. A glob that makes no sense matches nothing.
 */
export function matchesGlob(path: string, glob: string): boolean {
  const slashed = path.replace(/\\/g, '/');
  const subject = glob.includes('/') ? slashed.replace(/^\//, '') : (slashed.split('/').pop() ?? '');
  try {
    return new RegExp(`^${pattern(glob.replace(/\\/g, '/').replace(/^\//, ''))}$`).test(subject);
  } catch {
    return false;
  }
}

function pattern(glob: string): string {
  let result = '';
  let braces = 0;
  for (let at = 0; at < glob.length; at += 1) {
    const char = glob[at] ?? '';
    if (char === '*') {
      const isDouble = glob[at + 1] === '*';
      if (isDouble) {
        at += 1;
        if (glob[at + 1] === '/') at += 1;
        result += '(?:.*/)?';
        if (at + 1 >= glob.length) result += '.*';
      } else result += '[^/]*';
    } else if (char === '?') result += '[^/]';
    else if (char === '{') {
      braces += 1;
      result += '(?:';
    } else if (char === '}' && braces > 0) {
      braces -= 1;
      result += ')';
    } else if (char === ',' && braces > 0) result += '|';
    else result += char.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  }
  return result;
}
