/** Notes that tests add to the sample vault, which has none of their subject. */
export const pottery = {
	'pottery/Kiln log.md': `# Kiln log

## Bisque firing

The kiln climbs to a thousand degrees over nine hours. Any faster, and the damp that is left in the clay
turns to steam and the pots crack.

## Glaze firing

Twelve hundred degrees for [[Celadon]], held for twenty minutes.

\`\`\`text
cone 6, then [[Celadon]]
\`\`\`
`,
	'pottery/Celadon.md': `# Celadon

A pale green glaze of feldspar, silica, whiting and one percent of iron oxide. It needs little air while it
is fired, and comes out grey otherwise. Temperatures are in the [[Kiln log]].
`,
	'pottery/Wheel throwing.md': `# Wheel throwing

Centre the clay with wet hands, open it with the thumbs, and pull the walls up in three slow passes.
Bowls collapse when the wheel turns too fast.

What is dry is dipped in [[Celadon]].
`,
	/** Latin-1, as an old editor left it: 0xE9 is no UTF-8. */
	'pottery/Old recipe.md': Uint8Array.from(Buffer.from('# Émail\n\nUn vieux carnet, oublié.\n', 'latin1')),
} as const;
