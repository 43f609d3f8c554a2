import type { KeyDraft } from '../keyDraft.ts';
import { cfnKey, cfnObstacle } from './cfnKey.ts';
import { indented } from './indented.ts';
import type { KeyText } from './keyText.ts';

/**
 * A stack for the AWS CDK in TypeScript. It uses the constructs that mirror CloudFormation, which know every key spec
 * and leave the policy as it is.
 */
export function cdkText(draft: KeyDraft, accountId: string): KeyText {
  const obstacle = cfnObstacle(draft);
  if (obstacle !== undefined) return { obstacle };
  const properties = Object.entries(cfnKey(draft, accountId)).map(([name, value]) => `      ${memberName(name)}: ${indented(valueText(name, value), 6)},`);
  return {
    text: [
      "import { CfnDeletionPolicy, Stack, type StackProps } from 'aws-cdk-lib';",
      `import { ${draft.aliasName === '' ? '' : 'CfnAlias, '}CfnKey } from 'aws-cdk-lib/aws-kms';`,
      "import type { Construct } from 'constructs';",
      '',
      'export class KeyStack extends Stack {',
      '  constructor(scope: Construct, id: string, props?: StackProps) {',
      '    super(scope, id, props);',
      "    const key = new CfnKey(this, 'Key', {",
      ...properties,
      '    });',
      '    key.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;',
      ...(draft.aliasName === '' ? [] : [`    new CfnAlias(this, 'Alias', { aliasName: ${JSON.stringify(draft.aliasName)}, targetKeyId: key.ref });`]),
      '  }',
      '}',
      '',
    ].join('\n'),
  };
}

function memberName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Tags have members of their own, which the CDK spells in lower case; a policy stays as IAM spells it. */
function valueText(name: string, value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return name === 'Tags' ? text.replaceAll(/^(\s*)"(Key|Value)":/gm, (_all, space: string, member: string) => `${space}${memberName(member)}:`) : text;
}
