import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

/** A line that must not stand in the file, and the rule that refuses it. The file is only named, never written. */
interface Trespass {
  readonly file: string;
  readonly line: string;
  readonly rule: string;
}

const paths = 'import-x/no-restricted-paths';
const imports = '@typescript-eslint/no-restricted-imports';

const trespasses: readonly Trespass[] = [
  { file: 'src/core/kms/arn.ts', line: "import '../../aws/main.ts';", rule: paths },
  { file: 'src/core/kms/arn.ts', line: "import '../policy/formatPolicy.ts';", rule: paths },
  { file: 'src/core/kms/arn.ts', line: "import 'vscode';", rule: imports },
  { file: 'src/core/kms/arn.ts', line: "import 'node:fs';", rule: imports },
  { file: 'src/core/kms/arn.ts', line: "import '@aws-sdk/client-kms';", rule: imports },
  { file: 'src/aws/main.ts', line: "import '../features/explorer/register.ts';", rule: paths },
  { file: 'src/aws/main.ts', line: "import '../protocol/emulator.ts';", rule: paths },
  { file: 'src/aws/main.ts', line: "import 'vscode';", rule: imports },
  { file: 'src/emulator/main.ts', line: "import '../aws/main.ts';", rule: paths },
  { file: 'src/emulator/main.ts', line: "import '@aws-sdk/client-kms';", rule: imports },
  { file: 'src/emulator/main.ts', line: "import type {} from 'vscode';", rule: imports },
  { file: 'src/features/explorer/register.ts', line: "import '../connection/register.ts';", rule: paths },
  { file: 'src/features/explorer/register.ts', line: "import '../../aws/main.ts';", rule: paths },
  { file: 'src/features/explorer/register.ts', line: "import '../../emulator/main.ts';", rule: paths },
  { file: 'src/features/explorer/register.ts', line: "import '@aws-sdk/client-kms';", rule: imports },
  { file: 'src/protocol/emulator.ts', line: "import '../features/explorer/register.ts';", rule: paths },
  { file: 'media/keyPanel/keyPanel.ts', line: "import '../../src/features/explorer/register.ts';", rule: paths },
  { file: 'media/keyPanel/keyPanel.ts', line: "import 'node:fs';", rule: imports },
];

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the import arrows', () => {
  // Told that it runs once, as it assumes where CI is set, the parser would read the first text of a file from the disk.
  const languageOptions = { parserOptions: { disallowAutomaticSingleRunInference: true } };
  const eslint = new ESLint({ cwd: root, overrideConfig: { languageOptions } });
  for (const { file, line, rule } of trespasses) {
    it(`refuse ${line} in ${file}`, async () => {
      const [result] = await eslint.lintText(`${line}\n`, { filePath: `${root}${file}` });
      const rules = result?.messages.map(({ ruleId }) => ruleId) ?? [];
      assert.ok(rules.includes(rule), `found ${rules.join(', ')}`);
    }).timeout(60_000);
  }
});
