import { fileURLToPath } from 'node:url';

/** The seed of the sample account. */
export const sampleSeed = fileURLToPath(new URL('../../sample/seed.yaml', import.meta.url));
