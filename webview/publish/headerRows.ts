import type { TemplateResult } from 'lit';
import { html } from 'lit';
import type { FieldType } from '../../src/core/base/fieldValue';
import type { FormHeader, FormProblem } from '../../src/core/message/publishForm';
import { valueOf } from '../shared/controlEvents';
import { headerTypes } from './fields';
import { problemTemplate } from './problemTemplate';

export interface HeaderActions {
  change(index: number, change: Partial<FormHeader>): void;
  remove(index: number): void;
  add(): void;
}

/** The typed headers, one row each. */
export function headerRows(
  headers: readonly FormHeader[],
  problems: readonly FormProblem[],
  actions: HeaderActions,
): TemplateResult {
  return html`<div class="headers">
    ${headers.map((header, index) => headerRow(header, index, problems, actions))}
    <vscode-button
      appearance="secondary"
      class="add-header"
      @click=${() => {
        actions.add();
      }}
      ><span slot="start" class="icon icon-add" aria-hidden="true"></span>Add Header</vscode-button
    >
  </div>`;
}

function headerRow(
  header: FormHeader,
  index: number,
  problems: readonly FormProblem[],
  actions: HeaderActions,
): TemplateResult {
  const number = index + 1;
  const field = `headers.${index}`;
  const hint = headerTypes.find(({ type }) => type === header.type)?.hint ?? '';
  return html`<div class="header-row" role="group" aria-label="Header ${number}">
      <vscode-text-field
        class="unlabelled name"
        placeholder="name"
        maxlength="255"
        .value=${header.name}
        @input=${(event: Event) => {
          actions.change(index, { name: valueOf(event) });
        }}
        >Name of header ${number}</vscode-text-field
      >
      <vscode-dropdown
        class="type"
        aria-label="Type of header ${number}"
        .value=${header.type}
        @change=${(event: Event) => {
          actions.change(index, { type: valueOf(event) as FieldType });
        }}
      >
        ${headerTypes.map(
          ({ type, label }) =>
            html`<vscode-option value=${type} ?selected=${type === header.type}>${label}</vscode-option>`,
        )}
      </vscode-dropdown>
      <vscode-text-field
        class="unlabelled value"
        placeholder=${hint}
        ?disabled=${header.type === 'void'}
        .value=${header.value}
        @input=${(event: Event) => {
          actions.change(index, { value: valueOf(event) });
        }}
        >Value of header ${number}</vscode-text-field
      >
      <button
        class="plain icon icon-trash"
        title="Remove this header"
        aria-label="Remove header ${number}"
        @click=${() => {
          actions.remove(index);
        }}
      ></button>
    </div>
    ${problemTemplate(problems, field)}`;
}
