/**
 * What a scalar without quotes means to the tools that bring manifests to Kubernetes. They read YAML with Go's
 * yaml.v2 (`resolve.go`, by way of sigs.k8s.io/yaml): `yes` and `on` are true, `010` is 8, `0x1F` is 31 and a date is
 * text. `undefined` for what has no place in JSON, such as `.inf`.
 */
export function plainValue(text: string): string | number | boolean | null | undefined {
  if (isNullWord(text)) return null;
  if (trueWords.has(text)) return true;
  if (falseWords.has(text)) return false;
  if (/^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/.test(text)) return undefined;
  if (!/^[-+.0-9]/.test(text)) return text;
  return numberOf(text.replace(/_/g, '')) ?? text;
}

function isNullWord(text: string): boolean {
  return text === '' || text === '~' || text === 'null' || text === 'Null' || text === 'NULL';
}

const trueWords: ReadonlySet<string> = new Set([
  'y',
  'Y',
  'yes',
  'Yes',
  'YES',
  'true',
  'True',
  'TRUE',
  'on',
  'On',
  'ON',
]);
const falseWords: ReadonlySet<string> = new Set([
  'n',
  'N',
  'no',
  'No',
  'NO',
  'false',
  'False',
  'FALSE',
  'off',
  'Off',
  'OFF',
]);

function numberOf(text: string): number | undefined {
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/.exec(text) ?? [];
  const factor = sign === '-' ? -1 : 1;
  if (/^0[xX][0-9a-fA-F]+$|^0[oO][0-7]+$|^0[bB][01]+$/.test(digits))
    return factor * Number(digits.toLowerCase());
  if (/^0[0-7]+$/.test(digits)) return factor * Number(`0o${digits.slice(1)}`);
  if (/^[0-9]+$/.test(digits)) return factor * Number(digits);
  if (/^[0-9]*\.?[0-9]+(?:[eE][-+][0-9]+)?$|^[0-9]+\.$/.test(digits)) {
    const number = factor * Number(digits);
    return Number.isFinite(number) ? number : undefined;
  }
  return undefined;
}
