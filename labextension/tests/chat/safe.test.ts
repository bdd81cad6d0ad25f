/** @jest-environment <rootDir>/tests/browser.cjs */
import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';

import { ANSWER, answerFactory, SafeSanitizer, withoutDiagrams } from '../../src/chat/safe';

const NOTHING = /<(?!\/?(p|em|a|td|form)\b)|https:|style=|data-|on\w+=|src|background/;

test.each([
  ['<img src="https://evil.example/?q=1" alt="Nice">'],
  ['<img src="/user/bob/api?q=1">'],
  ['<img srcset="https://evil.example/x 2x">'],
  ['<img src="data:image/svg+xml,%3Csvg%3E">'],
  ['<td background="https://evil.example/x">1</td>'],
  ['<video poster="https://evil.example/x"></video>'],
  ['<p style="background:url(https://evil.example/x)">1</p>'],
  ['<button data-commandlinker-command="notebook:run-all-cells">Go</button>'],
  ['<a data-commandlinker-command="terminal:create-new" href="#">Go</a>'],
  ['<a onclick="alert(1)" ping="https://evil.example" href="javascript:alert(1)">Go</a>'],
  ['<iframe src="https://evil.example"></iframe>'],
  ['<form action="https://evil.example"><input type="image" src="https://evil.example"></form>'],
  ['<svg><image href="https://evil.example/x"/></svg>'],
  ['<link rel="stylesheet" href="https://evil.example/x">'],
  ['<style>@import "https://evil.example/x"</style>'],
  ['<object data="https://evil.example/x"></object>']
])('nothing is fetched or done by %s', dirty => {
  expect(new SafeSanitizer().sanitize(dirty)).not.toMatch(NOTHING);
});

test('it is said that a picture is missing', () => {
  const clean = new SafeSanitizer().sanitize('<p>See <img src="https://evil.example/x"></p>');
  expect(clean).toMatch(/^<p>See <\/p><p><em>\[A picture/);
});

test('text, code and links are left as they are', () => {
  const text = '<pre><code class="cm">a &lt; b</code></pre><a href="https://a.example">there</a>';
  expect(new SafeSanitizer().sanitize(text)).toBe(text);
});

test.each([
  ['```mermaid\ngraph', '```text\ngraph'],
  ['> ~~~ Mermaid \n', '> ~~~text\n'],
  ['```m&#101;rmaid\n', '```\n'],
  ['```mermaid title="x"\n', '```\n'],
  ['```python\nx\n```\n', '```python\nx\n```\n']
])('a diagram is text: %j', (source, text) => {
  expect(withoutDiagrams(source)).toBe(text);
});

test('an answer is drawn by it, and by nothing else', () => {
  const rendermime = new RenderMimeRegistry({ initialFactories: standardRendererFactories });
  rendermime.addFactory(answerFactory);
  const data = { [ANSWER]: '**Here**', 'text/html': '<b>Not this</b>' };
  expect(rendermime.preferredMimeType(data, 'ensure')).toBe(ANSWER);
});
