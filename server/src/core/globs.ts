import picomatch from 'picomatch';

/** Tests a path against globs as VS Code's `files.exclude` means them: a bare name matches at any depth. */
export function matchAny(globs: readonly string[]): (path: string) => boolean {
	if (globs.length === 0) return () => false;
	const patterns = globs.flatMap((glob) => {
		const bare = glob.replace(/\/+$/, '');
		const anywhere = bare.includes('/') ? bare : `**/${bare}`;
		return [anywhere, `${anywhere}/**`];
	});
	return picomatch(patterns, { dot: true });
}
