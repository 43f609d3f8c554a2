// `npm run package`: builds the VSIX and says where it lies and how large it is.
import { stat } from 'node:fs/promises';
import { say } from '../host/system/say.ts';
import { buildVsix } from './buildVsix.ts';

const file = await buildVsix();
const { size } = await stat(file);
say(`${file} has ${(size / 1000).toFixed(0)} kB.`);
