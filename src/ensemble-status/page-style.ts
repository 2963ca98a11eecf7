/**
 * The style of the page, allowed by its sum. Every pair of text and ground has a contrast of 4.5 and more (WCAG 1.4.3), and
 * no state is told by its colour alone.
 */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ground:#fff;--card:#f5f6f8;--line:#b9bfca;--text:#1b1f27;--faint:#525a68;--link:#0b57b0;--good:#0d6832;--bad:#b3261e;--warn:#7a4d00}
@media(prefers-color-scheme:dark){:root{--ground:#14171c;--card:#1e232b;--line:#465062;--text:#e8ebf0;--faint:#a9b2c1;--link:#8ab8ff;--good:#6fd597;--bad:#ff9a92;--warn:#f0c060}}
*{box-sizing:border-box}
body{margin:0;padding:1rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:64rem;margin:0 auto}
h1{font-size:1.4rem;margin:0}
h2{font-size:1.15rem;margin:1.8rem 0 .6rem}
h3{font-size:1rem;margin:0}
p{margin:.35rem 0}
a{color:var(--link)}
a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
ul{list-style:none;margin:0;padding:0}
.cards{display:grid;gap:.8rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr))}
.cards>li,.lines>li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.8rem}
.lines>li+li{margin-top:.6rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.5rem 0 0}
dt,.faint,footer{color:var(--faint)}
dd{margin:0}
.good,.bad,.warn{font-weight:600}
.good{color:var(--good)}
.bad{color:var(--bad)}
.warn{color:var(--warn)}
.quorum{font-size:1.1rem;border-left:.35rem solid currentcolor;padding-left:.7rem;margin:.7rem 0}
footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.6rem;font-size:.9rem}
`;
