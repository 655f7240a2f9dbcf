import { fileBindings } from '../fileBindings';
import { filePolicies } from '../filePolicies';
import type { RuleContext } from '../ruleContext';
import { Settings } from '../settings';
import { freshBroker } from '../surroundings';
import { accountRules } from './accountRules';
import { bindingMatchRules } from './bindingMatchRules';
import { deadLetterRules } from './deadLetterRules';
import { deprecationRules } from './deprecationRules';
import { exchangeUseRules } from './exchangeUseRules';
import { policyArgumentRules } from './policyArgumentRules';
import { policyReachRules } from './policyReachRules';

/**
 * What the parts of a file mean together: all of it `likely/` or `advice/`, because a broker takes it as written. In a
 * damaged file the part that explains another may be the one that is missing, and a broker that has more may have it, so
 * nothing is said of these.
 */
export function meaningRules(context: RuleContext): void {
  if (!context.document.isWhole || context.around !== freshBroker) return;
  const policies = filePolicies(context);
  const bindings = fileBindings(context);
  const settings = new Settings(context, policies);
  accountRules(context);
  deprecationRules(context, policies);
  policyReachRules(context, policies);
  policyArgumentRules(context, policies, settings);
  bindingMatchRules(context, bindings);
  const spokenOf = deadLetterRules(context, bindings, settings);
  exchangeUseRules(context, bindings, settings, spokenOf);
}
