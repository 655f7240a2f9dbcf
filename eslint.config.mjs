import tseslint from 'typescript-eslint';

const pureCore = 'src/core/{base,topology,message,peek,tail,topologyFile}/**/*.ts';

/** What exists only in Node or only in a browser: the pure core runs in both. */
const platformGlobals = [
  'Buffer',
  'process',
  'require',
  'module',
  '__dirname',
  '__filename',
  'global',
  'setImmediate',
  'window',
  'document',
  'navigator',
  'localStorage',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
];

/** Time comes through the Clock port, or a test cannot turn it. */
const hiddenClocks = ['setTimeout', 'setInterval', 'performance'];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'test/fixtures/', '.vscode-test/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'No default exports: a thing has one name everywhere.',
        },
        {
          selector: 'ExportAllDeclaration',
          message: 'No barrels: import from the file that declares it.',
        },
        {
          selector: 'ExportNamedDeclaration[source]',
          message: 'No barrels: import from the file that declares it.',
        },
        {
          selector: 'TSImportType',
          message: 'Import types at the top of the file, where the layer lint sees them.',
        },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: ['class', 'interface', 'typeAlias'],
          format: ['PascalCase'],
          custom: { regex: '(Manager|Helper|Utils?|^I[A-Z][a-z])', match: false },
        },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: [pureCore],
    rules: {
      'no-restricted-globals': [
        'error',
        ...platformGlobals.map((name) => ({
          name,
          message: 'The pure core runs in Node and in the browser: take it through a port.',
        })),
        ...hiddenClocks.map((name) => ({ name, message: 'Time comes through the Clock port.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes through the Clock port.' },
      ],
    },
  },
  {
    // What is printed there is for the terminal.
    files: ['src/server/cli.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['it', 'describe'] }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
