import { policyKeyRules } from '../../topology/policyKeys';
import type { ArgumentValueRule } from '../../topology/queueArguments';
import {
  argumentFit,
  coreQueueTypes,
  isAtLeast,
  queueArgumentRule,
  queueArgumentRules,
  valueRule,
} from '../../topology/queueArguments';
import { argumentMarkdown, policyKeyMarkdown, valueText } from '../argumentText';
import type { CompletionItem, Completions } from '../completion/item';
import type { Position } from '../finding';
import { exchangeArguments, headersMatch } from '../nestedKeys';
import { exchangeTypes } from '../rules/exchangeRules';
import type { Target } from '../target';
import { inlineCode } from '../wording';
import type { CursorPlace } from './cursorPlace';
import { cursorPlace } from './cursorPlace';
import { fieldAt } from './kindLookup';
import { kindRules } from './kindTable';
import type { FreeKeys, KindRule, ManifestField, NamedKind } from './kinds';
import type { ManifestFolder } from './manifestFolder';
import { fieldMarkdown, typeIn } from './manifestHover';
import { declaredNames } from './manifestNames';
import type { ManifestFile } from './readManifests';

interface Offer {
  readonly label: string;
  readonly kind: CompletionItem['kind'];
  /** What is written; the label unless told. */
  readonly text?: string;
  readonly detail?: string;
  readonly documentation?: string;
}

/** What can be written at the cursor: fields, arguments, words and names that the folder declares. */
export function manifestCompletions(
  folder: ManifestFolder,
  file: ManifestFile,
  position: Position,
  target: Target,
): Completions {
  const place = cursorPlace(file.text, file.lines.offset(position));
  const offers =
    place.key === undefined ? keyOffers(place, target) : valueOffers(place, place.key, folder, target);
  const items = offers.map(({ label, kind, text, detail, documentation }): CompletionItem => ({
    label,
    kind,
    detail,
    documentation,
    edit: { start: place.start, end: place.end, text: text ?? label },
    isSnippet: false,
    filter: text?.startsWith('"') === true && file.text[place.start] === '"' ? text : label,
  }));
  return { items, isIncomplete: false };
}

function keyOffers(place: CursorPlace, target: Target): Offer[] {
  const { path, kind, document } = place;
  const isWritten = place.lineKey !== undefined;
  const key = (
    label: string,
    of: CompletionItem['kind'],
    more: Omit<Offer, 'label' | 'kind'> = {},
  ): Offer => ({
    label,
    kind: of,
    text: isWritten ? label : `${label}: `,
    ...more,
  });
  if (path.length === 0)
    return ['apiVersion', 'kind', 'metadata', 'spec']
      .filter((name) => place.lineKey?.name === name || !new RegExp(`^${name}:`, 'm').test(document))
      .map((name) => key(name, 'section'));
  if (path[0] === 'metadata' && path.length === 1)
    return ['name', 'namespace', 'labels'].map((name) => key(name, 'field'));
  if (!kind || path[0] !== 'spec') return [];
  const inside = path.slice(1);
  const around = inside.length === 0 ? undefined : fieldAt(kind, inside);
  if (around?.value.kind === 'free')
    return freeOffers(around.value.keys, place, target, (label, more) => key(label, 'argument', more));
  const written = inside.length === 0 ? fieldsWritten(document) : new Set<string>();
  return fieldsAt(kind, inside, around)
    .filter(({ name }) => place.lineKey?.name === name || !written.has(name))
    .map((field) =>
      key(field.name, 'field', {
        documentation: fieldMarkdown(field),
        ...(field.isRequired === true ? { detail: 'required' } : {}),
      }),
    );
}

/** The fields of the spec that are there: those with the least indentation below it. */
function fieldsWritten(document: string): ReadonlySet<string> {
  const [, spec = ''] = document.split(/^spec:.*$/m);
  const keys = [...spec.matchAll(/^( +)([\w-]+):/gm)];
  const least = Math.min(...keys.map(([, indent = '']) => indent.length));
  return new Set(keys.flatMap(([, indent = '', key = '']) => (indent.length === least ? [key] : [])));
}

function fieldsAt(
  kind: KindRule,
  inside: readonly string[],
  around: ManifestField | undefined,
): readonly ManifestField[] {
  if (inside.length === 0) return kind.fields;
  return around?.value.kind === 'fields' ? around.value.fields : [];
}

function freeOffers(
  keys: FreeKeys,
  { document }: CursorPlace,
  target: Target,
  offer: (label: string, more: { readonly detail?: string; readonly documentation?: string }) => Offer,
): Offer[] {
  switch (keys) {
    case 'queueArguments': {
      const type = typeIn(document) ?? 'classic';
      return queueArgumentRules
        .filter((rule) => argumentFit(rule, type, target) === 'taken')
        .map((rule) =>
          offer(rule.name, {
            detail: valueText(valueRule(rule, target)),
            documentation: argumentMarkdown(rule, target, type),
          }),
        );
    }
    case 'policyKeys': {
      const isOperator = /^kind:[ \t]*["']?OperatorPolicy/m.test(document);
      return policyKeyRules
        .filter((rule) => isAtLeast(target, rule.since) && !(rule.removed && isAtLeast(target, rule.removed)))
        .filter((rule) => !isOperator || rule.operator !== undefined)
        .map((rule) => offer(rule.name, { documentation: policyKeyMarkdown(rule, target) }));
    }
    case 'exchangeArguments':
      return exchangeArguments.map(({ name, summary }) => offer(name, { documentation: summary }));
    case 'bindingArguments':
      return [offer(headersMatch.name, { documentation: headersMatch.summary })];
    case 'any':
      return [];
  }
}

function valueOffers(
  { path, kind, document }: CursorPlace,
  key: string,
  folder: ManifestFolder,
  target: Target,
): Offer[] {
  const word = (label: string, documentation?: string): Offer => ({
    label,
    kind: 'value',
    ...(documentation === undefined ? {} : { documentation }),
  });
  if (path.length === 0) {
    if (key === 'apiVersion')
      return ['rabbitmq.com/v1beta1', 'rabbitmq.com/v1alpha1'].map((label) => word(label));
    return key === 'kind' ? kindRules.map((rule) => word(rule.kind, rule.summary)) : [];
  }
  if (!kind || path[0] !== 'spec') return [];
  const inside = path.slice(1);
  const around = inside.length === 0 ? undefined : fieldAt(kind, inside);
  if (around?.value.kind === 'free') {
    if (key === 'x-dead-letter-exchange' || key === 'dead-letter-exchange' || key === 'alternate-exchange')
      return nameOffers(folder, 'exchange', document);
    const rule = around.value.keys === 'queueArguments' ? queueArgumentRule(key) : undefined;
    if (rule) return words(valueRule(rule, target)).map((label) => word(label));
    const policyRule = policyKeyRules.find(({ name }) => name === key);
    return around.value.keys === 'policyKeys' && policyRule
      ? words(policyRule.value).map((label) => word(label))
      : [];
  }
  const value = fieldAt(kind, [...inside, key])?.value;
  if (!value) return [];
  if (value.kind === 'boolean') return ['true', 'false'].map((label) => word(label));
  if (value.kind !== 'text') return [];
  if (value.oneOf) return value.oneOf.map((label) => word(label));
  if (key === 'type' && kind.kind === 'Queue') return coreQueueTypes.map((label) => word(label));
  if (key === 'type' && kind.kind === 'Exchange') return exchangeTypes(target).map((label) => word(label));
  return value.names === undefined ? [] : nameOffers(folder, value.names, document);
}

function words(rule: ArgumentValueRule): readonly string[] {
  if (rule.kind === 'boolean') return ['true', 'false'];
  return rule.kind === 'text' ? (rule.oneOf ?? []) : [];
}

function nameOffers(folder: ManifestFolder, names: NamedKind, document: string): Offer[] {
  if (names === 'policy') return [];
  const isToExchange = /^ +destinationType:[ \t]*["']?exchange/m.test(document);
  const kind = names === 'destination' ? (isToExchange ? 'exchange' : 'queue') : names;
  const builtIn =
    kind === 'exchange'
      ? ['amq.direct', 'amq.fanout', 'amq.topic', 'amq.headers']
      : kind === 'vhost'
        ? ['/']
        : [];
  const shownKind: CompletionItem['kind'] = kind === 'cluster' ? 'value' : kind;
  return [...new Set([...declaredNames(folder, kind), ...builtIn])].map((label) => ({
    label,
    kind: shownKind,
    // A plain scalar may begin with few characters and end in no colon.
    text:
      /^[A-Za-z/][\w./-]*$/.test(label) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(label)
        ? label
        : JSON.stringify(label),
    documentation: `Declared in this folder: ${inlineCode(label)}.`,
  }));
}
