import { describe, expect, test } from 'vitest';
import { toMarkdown } from './richPaste';

describe('formatted text becomes Markdown', () => {
  test.each([
    ['<p>a <b>bold</b> and <em>slanted</em> word</p>', 'a **bold** and *slanted* word'],
    ['<b>bold </b>then', '**bold** then'],
    ['<u>under</u> <s>out</s> <code>a*b</code>', '__under__ ~~out~~ `a*b`'],
    ['<a href="https://a.example/x">here</a>', '[here](https://a.example/x)'],
    ['<a href="https://a.example/x">https://a.example/x</a>', 'https://a.example/x'],
    ['<a href="javascript:alert(1)">no</a>', 'no'],
    ['<h2>Title</h2><p>text</p>', '## Title\n\ntext'],
    ['<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>', '- one\n- two\n  - deep'],
    ['<ol start="3"><li>three</li><li>four</li></ol>', '3. three\n4. four'],
    ['<blockquote><p>said</p></blockquote>after', '> said\n\nafter'],
    ['<pre><code>a &lt; b\n  c</code></pre>', '```\na < b\n  c\n```'],
    ['one<br>two', 'one\ntwo'],
    ['2 * 3 * 4 _x_', '2 \\* 3 \\* 4 \\_x\\_'],
    ['<b style="font-weight:normal"><span style="font-weight:700">x</span> y</b>', '**x** y'],
    ['<style>p{}</style><script>alert("<b>")</script>text<!-- <b> -->', 'text'],
    ['<b></b><i> </i>x', 'x'],
    ['&amp;&#65;&#x42;&unknown; <', '&AB&unknown; <'],
  ])('%s', (html, expected) => {
    expect(toMarkdown(html)).toBe(expected);
  });

  test('nonsense ends', () => {
    expect(toMarkdown('<b><i><u>'.repeat(2000))).toBe('');
    expect(toMarkdown(`${'<'.repeat(5000)}x`).endsWith('x')).toBe(true);
  });
});
