import type { KeyDraft } from '../keyDraft.ts';
import { cfnKey, cfnObstacle } from './cfnKey.ts';
import { indented } from './indented.ts';
import type { KeyText } from './keyText.ts';

/** A CloudFormation template in YAML. Values are written as JSON, which YAML reads as it is. */
export function cloudFormationText(draft: KeyDraft, accountId: string): KeyText {
  const obstacle = cfnObstacle(draft);
  if (obstacle !== undefined) return { obstacle };
  const properties = Object.entries(cfnKey(draft, accountId)).map(([name, value]) => `      ${name}: ${indented(JSON.stringify(value, null, 2), 8)}`);
  return {
    text: [
      "AWSTemplateFormatVersion: '2010-09-09'",
      'Resources:',
      '  Key:',
      '    Type: AWS::KMS::Key',
      '    DeletionPolicy: Retain',
      '    UpdateReplacePolicy: Retain',
      '    Properties:',
      ...properties,
      ...(draft.aliasName === '' ? [] : aliasLines(draft.aliasName)),
      '',
    ].join('\n'),
  };
}

function aliasLines(aliasName: string): readonly string[] {
  return ['  Alias:', '    Type: AWS::KMS::Alias', '    Properties:', `      AliasName: ${JSON.stringify(aliasName)}`, '      TargetKeyId: !Ref Key'];
}
