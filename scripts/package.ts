/** `npm run package [-- --target linux-arm64]`: the VSIX of this platform, or of another. */
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { hostTarget, parseTarget } from './build/target.ts';
import { packageVsix } from './build/vsix.ts';
import { say, step } from './host/printer.ts';

const { values } = parseArgs({ options: { target: { type: 'string' } } });
const target = values.target === undefined ? hostTarget() : parseTarget(values.target);
say(relative('', await step(`packaged for ${target}`, () => packageVsix(target))));
