import { isInStore, type KeyDraft } from '../keyDraft.ts';
import { policyDocument } from '../policyText.ts';

/** The properties of AWS::KMS::Key (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html). */
export interface CfnKey {
  readonly Description?: string;
  readonly KeySpec: string;
  readonly KeyUsage: string;
  readonly Origin?: string;
  readonly MultiRegion?: true;
  readonly EnableKeyRotation?: true;
  readonly RotationPeriodInDays?: number;
  readonly KeyPolicy?: object;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** Why CloudFormation, and so the CDK, cannot make the key; undefined when it can. */
export function cfnObstacle(draft: KeyDraft): string | undefined {
  return isInStore(draft) ? 'CloudFormation makes no keys in custom key stores. Take the AWS CLI or Terraform.' : undefined;
}

export function cfnKey(draft: KeyDraft, accountId: string): CfnKey {
  const { description, keySpec, keyUsage, origin, multiRegion, rotationPeriodInDays: days, tags } = draft;
  const policy = policyDocument(draft, accountId);
  return {
    ...(description === '' ? {} : { Description: description }),
    KeySpec: keySpec,
    KeyUsage: keyUsage,
    ...(origin === 'AWS_KMS' ? {} : { Origin: origin }),
    ...(multiRegion ? { MultiRegion: true } : {}),
    ...(days === null ? {} : { EnableKeyRotation: true, RotationPeriodInDays: days }),
    ...(policy === undefined ? {} : { KeyPolicy: policy }),
    ...(tags.length === 0 ? {} : { Tags: tags.map(({ tagKey, tagValue }) => ({ Key: tagKey, Value: tagValue })) }),
  };
}
