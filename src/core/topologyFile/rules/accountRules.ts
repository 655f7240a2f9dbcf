import type { Entry } from '../declarations';
import { children, member, stringValue } from '../json/jsonRead';
import type { NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import type { RuleContext } from '../ruleContext';
import { shown } from '../ruleContext';
import { theEntry } from './nameRules';

/** Bytes of salt and hash (`rabbit_password_hashing_*`; DOMAIN 5.3). */
const hashLengths: ReadonlyMap<string, number> = new Map([
  ['rabbit_password_hashing_sha256', 36],
  ['rabbit_password_hashing_sha512', 68],
  ['rabbit_password_hashing_md5', 20],
]);

/** Users whose password everybody can read, or with which nobody can log in (DOMAIN 5.2, 5.5). */
export function accountRules(context: RuleContext): void {
  const { table, declarations } = context;
  // A file with guest alone is one of a fresh broker, which has just that.
  const isShared = declarations.entries('users').length > 1;
  for (const user of declarations.entries('users')) {
    const { password, password_hash: hash } = user.fields;
    if (hash === absent && isSecret(user.name, stringValue(table, password))) {
      const message = `${theEntry(user)} has its password in clear text, where everybody who sees the file can read it: write "password_hash" instead, as an export of the broker does.`;
      context.report('likely/plain-password', password, message);
    }
    checkHash(context, user);
    if (isShared) checkGuest(context, user);
  }
}

/** Neither the password that every broker begins with nor what a deployment fills in later. */
function isSecret(user: string | undefined, password: string | undefined): boolean {
  if (password === undefined || password === '') return false;
  return !(user === 'guest' && password === 'guest') && !/^(?:\$|\{\{|<%|%\w+%$|__\w+__$)/.test(password);
}

function checkHash(context: RuleContext, user: Entry<'users'>): void {
  const { table } = context;
  const { password_hash: hash, hashing_algorithm: node } = user.fields;
  const written = stringValue(table, node);
  const algorithm = written ?? (isOld(context) ? undefined : 'rabbit_password_hashing_sha256');
  if (algorithm === undefined) return;
  const wanted = hashLengths.get(algorithm);
  // Any other is said to be unknown by the rules for users.
  if (wanted === undefined) return;
  const text = stringValue(table, hash)?.replace(/[\t\n\r ]/g, '');
  // An empty hash is how a user without a password is exported; what is no base64 is refused.
  if (
    text === undefined ||
    text === '' ||
    !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
  )
    return;
  const length = (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  if (length === wanted) return;
  const name = algorithm.replace('rabbit_password_hashing_', '');
  const message = `This hash has ${length} bytes and a salted ${name} hash has ${wanted}, so ${shown(user.name ?? '')} cannot log in with any password: write the hash as an export of the broker does.`;
  context.report('likely/unusable-password-hash', hash, message);
}

/** Exports before 3.6.1 do not name the algorithm, which was another one then (`rabbit_definitions`). */
function isOld({ table }: RuleContext): boolean {
  const version = stringValue(table, member(table, 0, 'rabbit_version'));
  return version !== undefined && /^(?:[0-2]\.|3\.[0-5]\.|3\.6\.0)/.test(version);
}

function checkGuest(context: RuleContext, user: Entry<'users'>): void {
  if (user.name !== 'guest') return;
  const tag = administratorTag(context, user.fields.tags);
  if (tag === absent) return;
  const message =
    'The user guest is an administrator under a name that everybody tries first: give administrators names of their own and leave guest out of files for brokers that others can reach.';
  context.report('advice/guest-administrator', tag, message);
}

function administratorTag({ table }: RuleContext, tags: NodeId): NodeId {
  if (table.kind(tags) === jsonKind.array)
    return (
      Array.from(children(table, tags)).find((tag) => stringValue(table, tag) === 'administrator') ?? absent
    );
  const words = stringValue(table, tags)?.split(',') ?? [];
  return words.some((word) => word.trim() === 'administrator') ? tags : absent;
}
