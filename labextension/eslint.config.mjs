// What the linter refuses, and why a rule of ours exists.
import js from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const html = 'A string of a user must never become HTML: let React draw it.';
const request =
  'Ask through src/api: it brings the base URL, the XSRF token and problems as sentences.';

export default tseslint.config(
  { ignores: ['lib', 'dist', 'node_modules', '.yarn', 'src/api/schema.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: ['tsconfig.json', 'tests/tsconfig.json'] }
    },
    plugins: { 'react-hooks': hooks, jupyter },
    rules: {
      ...hooks.configs.recommended.rules,
      curly: ['error', 'all'],
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'off',
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: request },
        { name: 'EventSource', message: request },
        { name: 'XMLHttpRequest', message: request }
      ],
      'no-restricted-properties': [
        'error',
        { object: 'window', property: 'fetch', message: request },
        { object: 'globalThis', property: 'fetch', message: request },
        { object: 'document', property: 'write', message: html },
        { object: 'document', property: 'writeln', message: html }
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML)$/]', message: html },
        { selector: 'JSXAttribute[name.name=dangerouslySetInnerHTML]', message: html },
        { selector: 'Property[key.name=dangerouslySetInnerHTML]', message: html },
        { selector: 'CallExpression[callee.property.name=insertAdjacentHTML]', message: html }
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } }
      ],
      '@typescript-eslint/no-namespace': 'off'
    }
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    rules: {
      ...Object.fromEntries(
        Object.keys(jupyter.configs.recommended[0].rules).map(rule => [rule, 'error'])
      ),
      // Small, and needed before the first panel opens; the panels themselves are loaded late.
      'jupyter/prefer-lazy-imports': [
        'error',
        {
          ignoreImports: [
            './stream',
            './pages',
            './commands',
            './ways',
            './workplace',
            './routes',
            '../ui/*'
          ]
        }
      ]
    }
  },
  {
    // What the server and the network say is in English on both sides.
    files: ['src/api/**'],
    rules: { 'jupyter/no-untranslated-string': 'off' }
  },
  {
    files: ['*.cjs', 'tests/*.cjs'],
    languageOptions: {
      globals: { module: 'writable', require: 'readonly', setTimeout: 'readonly' }
    }
  },
  prettier
);
