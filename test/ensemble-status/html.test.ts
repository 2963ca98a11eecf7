import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, html } from '../../src/ensemble-status/html.ts';

describe('HTML', () => {
  it('escapes every value, and no piece of its own', () => {
    const name = `<script>alert("x")</script>&'`;
    expect(html`<p title="${name}">${name}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;</p>',
    );
    expect(html`${html`<b>${1}</b>`}${[html`<i></i>`]}${undefined}`.text).toBe('<b>1</b><i></i>');
  });

  it('lets no text end a tag or an attribute, and shows what is hidden', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"'\0\u202e\n]/.test(escapeHtml(text))),
    );
    expect(escapeHtml('a\u202eb\x1b[2J')).toBe('a\\u{202e}b\\x1b[2J');
    expect(escapeHtml('x'.repeat(1_000_000)).length).toBeLessThanOrEqual(2_000);
  });
});
