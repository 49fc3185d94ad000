"""The looks of what is given back. A book leaves colours and letters to its reader; a page brings its own."""

BOOK = """\
body { margin: 0 5%; line-height: 1.5; }
h1, h2, h3 { font-weight: normal; line-height: 1.2; text-align: center; margin: 2em 0 1em; }
h1, h2, h3 { page-break-after: avoid; break-after: avoid; }
p { margin: 0; text-indent: 1.2em; orphans: 2; widows: 2; }
h1 + p, h2 + p, h3 + p, hr + p, aside p, .about p, .title-page p, .copy, .skip-note { text-indent: 0; }
hr.scene { border: 0; border-top: 1px solid; width: 5em; margin: 1.8em auto; }
aside { margin: 1.5em 0; padding-left: 1em; border-left: 2px solid; font-size: 0.9em; }
aside p, .about p { margin: 0 0 0.5em; }
.about { margin: 0 0 2em; font-size: 0.9em; }
.notices ul { margin: 1em 0; padding-left: 1.2em; }
.notices li { margin: 0 0 0.5em; }
.title-page { text-align: center; }
.title-page p { margin: 0.5em 0; }
.fields dt { margin-top: 0.6em; font-weight: bold; }
.fields dd { margin: 0 0 0 1em; }
.copy { margin-top: 2em; font-size: 0.85em; }
blockquote { margin: 1em 1.5em; }
blockquote p { margin: 0 0 0.7em; text-indent: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
"""

PAGE = """\
:root { color-scheme: light dark; --paper: #fcfaf5; --ink: #24211d; --quiet: #645c52; --rule: #8a8073; }
@media (prefers-color-scheme: dark) {
:root { --paper: #171512; --ink: #d8d1c5; --quiet: #a39a8c; --rule: #7d7466; }
}
html { background: var(--paper); color: var(--ink); }
html { font: 1.15rem/1.6 "Iowan Old Style", Palatino, Georgia, "Noto Serif", serif; }
body { max-width: 34em; margin: 0 auto; padding: 1em 1.25em 5em; overflow-wrap: break-word; }
a { color: inherit; }
small, .copy, .length, .about, aside { color: var(--quiet); }
aside, .notices { border-inline-start: 3px solid var(--rule); padding-inline-start: 1em; margin: 1.5em 0; }
h1, h2, h3 { font-weight: 400; line-height: 1.2; text-align: center; text-wrap: balance; margin: 2.5em 0 1em; }
.title-page { text-align: center; }
.notices ul { list-style: none; margin: 0; padding: 0; }
p { margin: 0 0 0.8em; text-wrap: pretty; }
hr.scene { border: 0; border-top: 1px solid var(--rule); width: 5em; margin: 2.2em auto; }
.fields dt { font-weight: 600; }
.fields dd { margin: 0 0 0.3em 1em; }
.contents a { display: inline-block; padding: 0.2em 0; }
blockquote { margin: 1em 1.5em; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.back { padding: 0 0.3em; }
.skip-note a:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media print {
:root { --paper: #fff; --ink: #000; --quiet: #333; }
h2 { break-before: page; }
.contents, .skip-note, .back { display: none; }
}
"""
