/** A paragraph long enough not to share a passage with its neighbour. */
function paragraph(opening: string): string {
	const filler = [
		'Keep a dated record of every attempt, because memory flatters and a pencil does not.',
		'Whoever reads this later should be able to repeat it without asking anybody anything.',
		'Most of what goes wrong goes wrong in the first ten minutes and shows only at the end.',
		'Change one thing at a time, write down which, and wait for the outcome before the next change.',
		'When two attempts disagree, trust neither, and do it a third time with more patience.',
	];
	return `${opening} ${filler.join(' ')}`;
}

/** Notes of an evening potter: two passages in one note, links, tags, and one that no other is like. */
export const smallVault: Readonly<Record<string, string>> = {
	'pottery/Kiln.md': `---
tags: [pottery, heat]
---
# Kiln

## Firing

${paragraph('The kiln climbs to cone six in nine hours; the glaze from [[Glazes]] melts at the top.')}

## Cooling

${paragraph('Open the lid below ninety degrees, or the crockery cracks with a sound like ice on a pond.')}
`,
	'pottery/Glazes.md': `# Glazes

A celadon glaze turns green from a little iron. Mix it thin. It goes with [[Clay]]. #pottery
`,
	'pottery/Clay.md': `# Clay

Stoneware clay wants wedging before it is thrown on the wheel. See [[Kiln]]. #pottery
`,
	'Lake.md': `# Lake

A dip in the icy water at dawn wakes the whole body; bring a towel and warm tea.
`,
	'Sourdough.md': `# Sourdough

Feed the starter twice a day. The loaf bakes under a lid, with steam, until the crust sings.
`,
};
