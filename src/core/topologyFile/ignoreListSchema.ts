import { findingCodes } from './findingCodes';
import { families, grades } from './grading';

const familyTexts: Readonly<Record<string, string>> = {
  'refused/*': 'Everything for which a broker refuses the file.',
  'surprise/*': 'Everything that a broker takes and makes something else of.',
  'likely/*': 'Everything that is probably a mistake.',
  'advice/*': 'Everything that is worth knowing.',
};

/**
 * The JSON schema of ignore lists, with every code, for the completion of an editor. It forbids nothing: what makes no
 * sense is said by the language server, in better words and once.
 */
export function ignoreListSchemaText(): string {
  const texts: Readonly<Record<string, string>> = { ...familyTexts, ...findingCodes };
  const codes = [...families, ...Object.keys(findingCodes).sort()];
  const suggested = (
    values: readonly string[],
    enumDescriptions?: readonly (string | undefined)[],
  ): object => ({
    anyOf: [{ enum: values, enumDescriptions }, {}],
  });
  const grade = suggested(grades);
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'AMQP Workbench: what a team has decided about findings in topology files',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      severity: {
        description: 'How grave findings are taken, by code or by family. A code counts before its family.',
        type: 'object',
        properties: Object.fromEntries(codes.map((code) => [code, { description: texts[code], ...grade }])),
      },
      ignore: {
        description: 'Findings that are known and accepted.',
        type: 'array',
        items: {
          type: 'object',
          defaultSnippets: [{ label: 'ignore', body: { code: '$1', name: '$2' } }],
          properties: {
            code: {
              description: 'What is ignored.',
              ...suggested(
                codes,
                codes.map((code) => texts[code]),
              ),
            },
            name: {
              description: 'Only in the entry of this name; without it everywhere.',
              type: 'string',
            },
          },
        },
      },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
