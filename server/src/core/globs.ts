import picomatch from 'picomatch';

/** Tests a path against globs as VS Code's `files.exclude` means them: a bare name matches at any depth. */
export function matchAny(globs: readonly string[]): (path: string) => boolean {
	if (globs.length === 0) return () => false;
	const patterns = globs.flatMap((glob) => {
		const bare = glob.normalize('NFC').replace(/\/+$/, '');
		const anywhere = bare.includes('/') ? bare : `**/${bare}`;
		return [anywhere, `${anywhere}/**`];
	});
	const test = picomatch(patterns, { dot: true });
	// A file system may spell an `é` in two characters where the setting has one.
	return (path) => test(path.normalize('NFC'));
}

/** The first of `globs` that matches a path. */
export function globFor(path: string, globs: readonly string[]): string | undefined {
	return globs.find((glob) => matchAny([glob])(path));
}
