import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kernelsFingerprint } from '../../../scripts/build/kernels.ts';

test('the compiled kernels are those of the sources: `npm run build` makes them anew', () => {
	expect(readFileSync('server/src/kernels/compiled.ts', 'utf8')).toContain(kernelsFingerprint());
});
