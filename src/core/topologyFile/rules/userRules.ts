import { children, isInteger, member, stringValue } from '../json/jsonRead';
import type { JsonKind, NodeId } from '../json/jsonTable';
import { absent, jsonKind } from '../json/jsonTable';
import { lookUp } from '../declarations';
import type { Entry } from '../declarations';
import { patternProblem } from '../pattern/patternProblem';
import type { RuleContext } from '../ruleContext';
import { brokerName, shown } from '../ruleContext';
import { kindNames } from '../valueProblem';
import { builtInExchanges, theEntry } from './nameRules';

/** Users and what they may do (DOMAIN 5.1, 5.2; `rabbit_auth_backend_internal:put_user/3`). A fresh broker has `guest`. */
export function userRules(context: RuleContext): void {
  checkUsers(context);
  checkPermissions(context);
}

function checkUsers(context: RuleContext): void {
  const { declarations } = context;
  for (const user of declarations.entries('users')) {
    const { password, password_hash: hash, tags, administrator } = user.fields;
    if (tags === absent && administrator === absent) {
      const message = `${theEntry(user)} has no "tags", so ${context.refuses}: add "tags": [].`;
      context.reportEntry('refused/missing-field', user, message);
    }
    checkTags(context, tags);
    // Those of a user that is there already are passed over (seen on 3.10.8).
    if (user.name === undefined || !context.around.hasUser(user.name))
      checkOwnPermissions(context, user.fields.permissions);
    checkLimits(context, user.fields.limits);
    if (password !== absent && hash !== absent) {
      const message = `${theEntry(user)} has both a password and a password hash, so ${context.refuses}: remove the password.`;
      context.report('refused/two-passwords', password, message);
    } else if (password === absent && hash === absent) {
      const message = `${theEntry(user)} has neither "password_hash" nor "password" and cannot log in with a password: add one, unless it logs in by certificate or token.`;
      context.reportEntry('likely/no-password', user, message);
    } else if (hash !== absent) {
      checkHash(context, hash);
      checkAlgorithm(context, user);
    } else wrongType(context, password, [jsonKind.string], 'The password', 'text in quotes');
  }
}

/** Each becomes an Erlang atom, which whole numbers and most else can, but fractions and lists of text cannot. */
function checkTags(context: RuleContext, tags: NodeId): void {
  const { table } = context;
  wrongType(context, tags, [jsonKind.string, jsonKind.array], '"tags"', 'a list such as ["management"]');
  if (table.kind(tags) !== jsonKind.array) return;
  for (const tag of children(table, tags)) {
    const kind = table.kind(tag);
    const isFraction = kind === jsonKind.number && !isInteger(table, tag);
    const isListOfText =
      kind === jsonKind.array && table.kind(tag + 1) === jsonKind.string && table.next(tag) > tag + 1;
    if (!isFraction && !isListOfText) continue;
    const message = `This tag is ${kindNames[kind]}, so ${context.refuses}: write a word in quotes.`;
    context.report('refused/wrong-type', tag, message);
  }
}

const hashingAlgorithms = ['sha256', 'sha512', 'md5'].map((name) => `rabbit_password_hashing_${name}`);

/** The name of an Erlang module that nobody looks up before somebody logs in (seen on 3.10.8, 4.0.5 and 4.3.6). */
function checkAlgorithm(context: RuleContext, user: Entry<'users'>): void {
  const { table } = context;
  const node = user.fields.hashing_algorithm;
  const name = stringValue(table, node);
  const kind = table.kind(node);
  if (kind === jsonKind.missing || (name !== undefined && hashingAlgorithms.includes(name))) return;
  if (kind === jsonKind.number || kind === jsonKind.object) {
    const message = `The hashing algorithm is ${kindNames[kind]}, so ${context.refuses}: write "${hashingAlgorithms[0] ?? ''}".`;
    context.report('refused/wrong-type', node, message);
    return;
  }
  // Without a hash nobody can log in with a password anyway.
  if (stringValue(table, user.fields.password_hash) === '') return;
  const message = `${theEntry(user)} cannot log in, since ${brokerName(context.target)} takes this hashing algorithm and has none of that name: write ${hashingAlgorithms.map((known) => `"${known}"`).join(' or ')}.`;
  context.report('surprise/unknown-hashing-algorithm', node, message);
}

/** Very old exports write permissions into the user. Users are imported before virtual hosts. */
function checkOwnPermissions(context: RuleContext, permissions: NodeId): void {
  const { table, around } = context;
  wrongType(
    context,
    permissions,
    [jsonKind.object],
    '"permissions"',
    'an object of virtual hosts, or remove it',
  );
  if (table.kind(permissions) !== jsonKind.object) return;
  for (const key of children(table, permissions)) {
    const vhost = stringValue(table, key) ?? '';
    if (!around.hasVhost(vhost)) {
      const message = `Users are imported before virtual hosts, so ${context.refuses} where ${shown(vhost)} does not exist yet: move this to "permissions" of the file.`;
      context.report('refused/undeclared-vhost', key, message);
    } else
      for (const field of ['configure', 'write', 'read'])
        checkPattern(context, key + 1, member(table, key + 1, field), field);
  }
}

function checkLimits(context: RuleContext, limits: NodeId): void {
  const { table } = context;
  wrongType(context, limits, [jsonKind.object], '"limits"', '{} for none');
  if (table.kind(limits) !== jsonKind.object) return;
  for (const key of children(table, limits)) {
    const name = stringValue(table, key) ?? '';
    if (name !== 'max-connections' && name !== 'max-channels') {
      const message = `${context.refuses} because users have no limit ${shown(name)}: use "max-connections" or "max-channels".`;
      context.report('refused/wrong-value', key, message);
    } else if (!isInteger(table, key + 1) && table.kind(key + 1) !== jsonKind.missing) {
      const message = `The limit ${name} is ${kindNames[table.kind(key + 1)]}, so ${context.refuses}: write a whole number.`;
      context.report('refused/wrong-type', key + 1, message);
    }
  }
}

/** Reports a field that is there and of none of these kinds. */
function wrongType(
  context: RuleContext,
  node: NodeId,
  kinds: readonly JsonKind[],
  what: string,
  should: string,
): void {
  const kind = context.table.kind(node);
  if (kind === jsonKind.missing || kinds.includes(kind)) return;
  const message = `${what} is ${kindNames[kind]}, so ${context.refuses}: write ${should}.`;
  context.report('refused/wrong-type', node, message);
}

function checkHash(context: RuleContext, hash: NodeId): void {
  const { table } = context;
  const text = stringValue(table, hash);
  if (text === undefined) {
    const isEmptyList = table.kind(hash) === jsonKind.array && table.next(hash) === hash + 1;
    if (table.kind(hash) === jsonKind.missing || isEmptyList) return;
    const message = `The password hash is ${kindNames[table.kind(hash)]} and not text, so ${context.refuses}: write the base64 of salt and hash.`;
    context.report('refused/wrong-type', hash, message);
  } else if (!isBase64(text)) {
    const message = `The password hash is not base64, so ${context.refuses}: write the base64 of salt and hash, or use "password" for clear text.`;
    context.report('refused/bad-password-hash', hash, message);
  }
}

/** As Erlang's base64:decode/1 reads it, which passes over white space. */
function isBase64(text: string): boolean {
  const packed = text.replace(/[\t\n\r ]/g, '');
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
}

function checkPermissions(context: RuleContext): void {
  const { table, declarations, target, document } = context;
  const declared = new Set(declarations.entries('users').map((user) => user.name));
  const isThere = (user: string): boolean => declared.has(user) || context.around.hasUser(user);
  for (const section of ['permissions', 'topic_permissions'] as const) {
    const patterns =
      section === 'permissions' ? (['configure', 'write', 'read'] as const) : (['write', 'read'] as const);
    for (const entry of declarations.entries(section)) {
      const user = stringValue(table, entry.fields.user);
      // A manifest may name its user in another way, which is judged with it.
      if (entry.fields.user === absent && context.delivery === 'import') {
        const start = table.start(entry.node);
        const message = `This permission names no user, so ${context.refuses}: add "user".`;
        context.reportSpan('refused/missing-field', start, start + 1, message);
      }
      wrongType(context, entry.fields.user, [jsonKind.string], '"user"', 'the name of a user in quotes');
      if (user !== undefined && !isThere(user) && document.isWhole) {
        const message = `The file does not declare the user ${shown(user)}, so ${brokerName(target)} refuses it where that does not exist yet: add the user to "users".`;
        context.report('refused/undeclared-user', entry.fields.user, message);
      }
      if (section === 'topic_permissions') checkTopicExchange(context, entry as Entry<'topic_permissions'>);
      for (const field of patterns) {
        const node = (entry.fields as Readonly<Record<(typeof patterns)[number], NodeId>>)[field];
        checkPattern(context, entry.node, node, field);
      }
    }
  }
}

/** 4.3 looks the exchange up (seen on 4.3.6); older series take any name. "" stands for all exchanges. */
function checkTopicExchange(context: RuleContext, entry: Entry<'topic_permissions'>): void {
  const { table, target, document } = context;
  const node = entry.fields.exchange;
  const name = stringValue(table, node);
  if (target !== '4.3') return;
  if (node === absent) {
    const start = table.start(entry.node);
    const message = `This topic permission names no exchange, so ${context.refuses}: add "exchange", "" for all.`;
    context.reportSpan('refused/missing-field', start, start + 1, message);
  } else wrongType(context, node, [jsonKind.string], 'The exchange', 'its name in quotes, "" for all');
  if (!document.isWhole || name === undefined || entry.vhost === undefined) return;
  if (builtInExchanges.has(name) || lookUp(context.exchanges, entry.vhost, name)) return;
  if (context.around.exchangeType(entry.vhost, name) !== undefined) return;
  const message = `There will be no exchange ${shown(name)} in this virtual host, so RabbitMQ 4.3 refuses the file: write the name of an exchange, or "" for all.`;
  context.report('refused/undeclared-exchange', node, message);
}

function checkPattern(context: RuleContext, entry: NodeId, node: NodeId, field: string): void {
  const { table } = context;
  if (node === absent) {
    const start = table.start(entry);
    const message = `This permission has no "${field}", so ${context.refuses}: add "${field}": "" for none or ".*" for all.`;
    context.reportSpan('refused/missing-field', start, start + 1, message);
    return;
  }
  wrongType(context, node, [jsonKind.string], `"${field}"`, 'a regular expression in quotes');
  const problem = patternProblem(stringValue(table, node) ?? '', context.target);
  if (problem) {
    context.report(
      'refused/bad-pattern',
      node,
      `${context.refuses} because this regular expression is not valid: ${problem}.`,
    );
  }
}
