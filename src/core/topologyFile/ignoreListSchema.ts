import { findingCodes } from './findingCodes';
import { families, grades } from './grading';

const familyTexts: Readonly<Record<string, string>> = {
  'refused/*': 'Everything for which a broker refuses the file.',
  'surprise/*': 'Everything that a broker takes and makes something else of.',
  'likely/*': 'Everything that is probably a mistake.',
  'advice/*': 'Everything that is worth knowing.',
};

/** The JSON schema of ignore lists, with every code, for the completion of an editor. */
export function ignoreListSchemaText(): string {
  const texts: Readonly<Record<string, string>> = { ...familyTexts, ...findingCodes };
  const codes = [...families, ...Object.keys(findingCodes).sort()];
  const grade = { enum: grades };
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'AMQP Workbench: what a team has decided about findings in topology files',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      severity: {
        description: 'How grave findings are taken, by code or by family. A code counts before its family.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(codes.map((code) => [code, { description: texts[code], ...grade }])),
      },
      ignore: {
        description: 'Findings that are known and accepted.',
        type: 'array',
        items: {
          type: 'object',
          required: ['code'],
          additionalProperties: false,
          defaultSnippets: [{ label: 'ignore', body: { code: '$1', name: '$2' } }],
          properties: {
            code: {
              description: 'What is ignored.',
              enum: codes,
              enumDescriptions: codes.map((code) => texts[code]),
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
