import { randomBytes } from 'node:crypto';
import { mayHoldCiphertext } from '../../src/core/secrets/ciphertextToken.ts';
import { yamlCodec } from '../../src/core/secrets/codecs/yamlCodec.ts';
import { suspects } from '../../src/core/secrets/detect/suspects.ts';
import { formatValueToken, mayHoldValueToken } from '../../src/core/secrets/sops/values/valueToken.ts';
import { encryptedLines, keyArnsIn } from '../../src/features/secretFiles/editor/encryptedLines.ts';
import { median, type Figure } from './figure.ts';

const changes = 51;
/** The lines that an editor shows, with those that the gutter marks above and below. */
const linesInSight = 140;
/** The longest SOPS file that is parsed while it is typed; see features/secretFiles/editor/parsedDocument.ts. */
const longestParsed = 100_000;

/** A SOPS YAML of maps of 100 values of 32 characters each. */
function sopsYaml(maps: number): string {
  const token = () => formatValueToken({ data: randomBytes(32), iv: randomBytes(32), tag: randomBytes(16), type: 'str' });
  const map = (name: number) => `map${name}:\n${Array.from({ length: 100 }, (_, index) => `    value${index}: ${token()}\n`).join('')}`;
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-4111-8111-111111111111';
  return `${Array.from({ length: maps }, (_, name) => map(name)).join('')}sops:\n    kms:\n        - arn: ${key}\n          enc: AQICAHjh\n    mac: ${token()}\n`;
}

/** What the editor's marks cost the extension host after each change of a SOPS file, without VS Code's own part. */
export function benchTyping(): Promise<readonly Figure[]> {
  const whole = sopsYaml(100).split('\n');
  const long = timed(() => { marksOf(whole); });
  const maps = Math.floor(longestParsed / (sopsYaml(2).length - sopsYaml(1).length));
  const short = sopsYaml(maps);
  const parsed = timed(() => { suspects(yamlCodec.parse(short), 'secrets.yaml', []); });
  return Promise.resolve([
    { name: 'Lenses, diagnostics and marks after a change, SOPS YAML of 10,000 values', value: median(long), unit: 'ms' },
    { name: `The same, slowest of ${changes}`, value: Math.max(...long), unit: 'ms' },
    { name: `The longest stretch, the parsing of ${(short.length / 1000).toFixed(0)} kB for diagnostics`, value: median(parsed), unit: 'ms' },
  ]);
}

/** One after the other, as for a change: the text is put together once, looked through for lenses, diagnostics and hints, and the lines in sight for the gutter. */
function marksOf(lines: readonly string[]): void {
  const text = lines.join('\n');
  const isSops = () => mayHoldValueToken(text) && text.includes('sops');
  if (!mayHoldCiphertext(text) || !isSops() || !isSops() || !isSops()) throw new Error('The file is one of SOPS.');
  const start = Math.floor(lines.length / 2);
  const inSight = lines.slice(start, start + linesInSight);
  const found = encryptedLines(inSight).length;
  if (found < linesInSight - 3) throw new Error(`${found} of ${linesInSight} lines are encrypted.`);
  keyArnsIn(inSight.join('\n'));
}

function timed(run: () => void): readonly number[] {
  return Array.from({ length: changes }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
}
