const subjects = ['kiln', 'glaze', 'clay', 'lake', 'loaf', 'heron', 'violin', 'tide', 'orchard', 'ledger'];
const deeds = ['rests', 'cracks', 'glows', 'sinks', 'rises', 'waits', 'turns'];

/** Text of the short note number `at`, no two alike; another `round` gives another text. */
export function shortNote(at: number, round = 0): string {
	const subject = subjects[at % subjects.length]!;
	const deed = deeds[at % deeds.length]!;
	const words = Array.from(
		{ length: 40 },
		(_, word) => subjects[(at * 7 + word * 3 + round) % subjects.length],
	);
	return `# Note ${at}\n\nThe ${subject} ${deed} in round ${round} of ${at}. ${words.join(' ')}\n`;
}

/** A vault of `count` short notes. */
export function manyNotes(count: number): Readonly<Record<string, string>> {
	return Object.fromEntries(
		Array.from({ length: count }, (_, at) => [`folder ${at % 9}/note ${at}.md`, shortNote(at)]),
	);
}
