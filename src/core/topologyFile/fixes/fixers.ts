import { stringValue } from '../json/jsonRead';
import { jsonKind } from '../json/jsonTable';
import type { FindingCode } from '../findingCodes';
import { addFields, addVhost, moveIntoMetadata, queueType, routingKey, turned } from './addFixes';
import type { Fixer } from './fixPlace';
import { certain, none, possible } from './fixPlace';
import { replaceNode } from './jsonEdits';
import { allExchanges, declare, makeQueue, nearName } from './nameFixes';
import {
  argumentKey,
  dropEntry,
  dropMember,
  ignoredKey,
  policyKey,
  removeElement,
  removeEntry,
  removeMember,
  removePolicyKey,
} from './removeFixes';
import { syntax } from './syntaxFixes';
import { renamedKey, rightKey, rightValue } from './valueFixes';

/** A section that is an object or nothing. */
const list: Fixer = ({ table, node }) => {
  const value = node + 1;
  const text = table.text.slice(table.start(value), table.end(value));
  if (table.kind(value) === jsonKind.null || /^\{\s*\}$/.test(text))
    return certain('Write []', replaceNode(table, value, '[]'));
  return table.kind(value) === jsonKind.object
    ? possible('Put it into a list', replaceNode(table, value, `[${text}]`))
    : none;
};

/** x-local-random takes no key; x-match is a word. */
const bindingValue: Fixer = (place) => {
  const isRandom = place.found.message.includes('x-local-random');
  return isRandom ? certain('Write ""', replaceNode(place.table, place.node, '""')) : rightValue(place);
};

const overflow: Fixer = ({ table, node }) =>
  stringValue(table, node) === undefined
    ? none
    : [
        ...possible('Write "reject-publish"', replaceNode(table, node, '"reject-publish"')),
        ...possible('Write "drop-head", which it does', replaceNode(table, node, '"drop-head"')),
      ];

/** What helps against each finding, the most likely first. To add one: a fixer beside this, its row here. */
export const fixers: Partial<Readonly<Record<FindingCode, readonly Fixer[]>>> = {
  'refused/json-syntax': [syntax],
  'refused/trailing-comma': [syntax],
  'refused/comment': [syntax],
  'refused/byte-order-mark': [syntax],
  'likely/lax-json': [syntax],
  'refused/section-not-a-list': [list],
  'refused/entry-not-an-object': [removeElement],
  'surprise/entry-not-an-object': [removeElement],
  'likely/entry-not-an-object': [removeElement],
  'refused/missing-field': [addFields],
  'likely/missing-field': [addFields],
  'refused/missing-vhost': [addVhost],
  'surprise/made-up-routing-key': [routingKey],
  'refused/wrong-type': [rightValue, routingKey],
  'likely/wrong-type': [rightValue],
  'refused/wrong-value': [rightKey, rightValue, removeMember],
  'refused/undeclared-vhost': [nearName, declare],
  'refused/undeclared-user': [nearName, declare],
  'refused/undeclared-exchange': [allExchanges, nearName, declare],
  'refused/undeclared-queue': [makeQueue, nearName, declare],
  'surprise/binding-dropped': [makeQueue, nearName, declare, rightValue],
  'likely/undeclared-dead-letter-exchange': [nearName, declare],
  'likely/undeclared-alternate-exchange': [nearName, declare],
  'refused/unknown-queue-type': [rightValue],
  'refused/unknown-exchange-type': [rightValue],
  'refused/argument-type': [rightValue],
  'refused/argument-value': [rightValue],
  'refused/argument-for-other-type': [removeMember],
  'refused/argument-needs-other': [removeMember],
  'refused/null-argument': [dropMember],
  'refused/empty-policy': [removeEntry],
  'refused/unknown-policy-key': [policyKey],
  'refused/policy-key-needs-other': [removePolicyKey],
  'refused/policy-value-type': [rightValue],
  'refused/policy-value': [rightValue],
  'refused/invalid-binding': [bindingValue],
  'refused/two-passwords': [dropMember],
  'refused/bad-password-hash': [
    (place) => renamedKey(place, 'password').map((draft) => ({ ...draft, isCertain: false })),
  ],
  'surprise/reserved-name': [removeEntry],
  'surprise/duplicate-key': [ignoredKey],
  'surprise/default-exchange-binding': [removeEntry],
  'surprise/type-ignored': [queueType],
  'surprise/default-queue-type-ignored': [moveIntoMetadata],
  'surprise/queue-not-created': [
    turned('true', true),
    turned('false', true),
    (place) => (place.node === place.key ? dropMember(place) : none),
  ],
  'surprise/exclusive-ignored': [dropMember],
  'surprise/overflow-ignored': [overflow],
  'likely/repeated-key': [dropMember],
  'likely/repeated-declaration': [dropEntry],
  'likely/misspelt-argument': [argumentKey],
  'likely/argument-ignored': [rightValue],
  'advice/transient-queue': [turned('true', false)],
};
