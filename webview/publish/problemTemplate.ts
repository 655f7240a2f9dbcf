import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { visibleText } from '../../src/core/message/visibleText';
import type { FormProblem } from '../../src/core/message/publishForm';

/** What is wrong with a field, right below it. */
export function problemTemplate(
  problems: readonly FormProblem[],
  field: string,
): TemplateResult | typeof nothing {
  const own = problems.filter((problem) => problem.field === field);
  if (own.length === 0) return nothing;
  return html`<p class="problem" id=${problemId(field)}>
    <span class="icon icon-error" aria-hidden="true"></span>
    <span>${visibleText(own.map((problem) => problem.message).join(' '))}</span>
  </p>`;
}

export function problemId(field: string): string {
  return `problem-${field.replace('.', '-')}`;
}
