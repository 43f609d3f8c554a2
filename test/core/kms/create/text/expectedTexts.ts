/** The texts of the sample drafts, by form. */
export const expectedTexts = {
  cli: {
    fullDraft: String.raw`KEY_ID=$(aws kms create-key --key-spec SYMMETRIC_DEFAULT --key-usage ENCRYPT_DECRYPT --origin AWS_KMS --multi-region --description 'Alice'\''s "orders" ${'${'}key}' --tags '[{"TagKey":"team","TagValue":"a, b = c"}]' --policy '{"Version":"2012-10-17","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},{"Sid":"Allow use of the key","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*","kms:DescribeKey"],"Resource":"*"},{"Sid":"Allow attachment of persistent resources","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":["kms:CreateGrant","kms:ListGrants","kms:RevokeGrant"],"Resource":"*","Condition":{"Bool":{"kms:GrantIsForAWSResource":"true"}}}]}' --region eu-west-1 --query KeyMetadata.KeyId --output text)
aws kms enable-key-rotation --key-id "$KEY_ID" --rotation-period-in-days 180 --region eu-west-1
aws kms create-alias --alias-name alias/orders/config --target-key-id "$KEY_ID" --region eu-west-1
`,
    plainDraft: String.raw`KEY_ID=$(aws kms create-key --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY --origin AWS_KMS --region us-east-1 --query KeyMetadata.KeyId --output text)
`,
    externalDraft: String.raw`KEY_ID=$(aws kms create-key --key-spec SYMMETRIC_DEFAULT --key-usage ENCRYPT_DECRYPT --origin EXTERNAL --region us-east-1 --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/byok --target-key-id "$KEY_ID" --region us-east-1
`,
    storeDraft: String.raw`KEY_ID=$(aws kms create-key --key-spec SYMMETRIC_DEFAULT --key-usage ENCRYPT_DECRYPT --origin EXTERNAL_KEY_STORE --custom-key-store-id cks-1234567890abcdef0 --xks-key-id bb8562717f809024 --region us-east-1 --query KeyMetadata.KeyId --output text)
`,
  },
  cloudFormation: {
    fullDraft: String.raw`AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      Description: "Alice's \"orders\" ${'${'}key}"
      KeySpec: "SYMMETRIC_DEFAULT"
      KeyUsage: "ENCRYPT_DECRYPT"
      MultiRegion: true
      EnableKeyRotation: true
      RotationPeriodInDays: 180
      KeyPolicy: {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "Enable IAM User Permissions",
              "Effect": "Allow",
              "Principal": {
                "AWS": "arn:aws:iam::111122223333:root"
              },
              "Action": "kms:*",
              "Resource": "*"
            },
            {
              "Sid": "Allow use of the key",
              "Effect": "Allow",
              "Principal": {
                "AWS": "arn:aws:iam::444455556666:root"
              },
              "Action": [
                "kms:Encrypt",
                "kms:Decrypt",
                "kms:ReEncrypt*",
                "kms:GenerateDataKey*",
                "kms:DescribeKey"
              ],
              "Resource": "*"
            },
            {
              "Sid": "Allow attachment of persistent resources",
              "Effect": "Allow",
              "Principal": {
                "AWS": "arn:aws:iam::444455556666:root"
              },
              "Action": [
                "kms:CreateGrant",
                "kms:ListGrants",
                "kms:RevokeGrant"
              ],
              "Resource": "*",
              "Condition": {
                "Bool": {
                  "kms:GrantIsForAWSResource": "true"
                }
              }
            }
          ]
        }
      Tags: [
          {
            "Key": "team",
            "Value": "a, b = c"
          }
        ]
  Alias:
    Type: AWS::KMS::Alias
    Properties:
      AliasName: "alias/orders/config"
      TargetKeyId: !Ref Key
`,
    plainDraft: String.raw`AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      KeySpec: "ECC_NIST_P256"
      KeyUsage: "SIGN_VERIFY"
`,
    externalDraft: String.raw`AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      KeySpec: "SYMMETRIC_DEFAULT"
      KeyUsage: "ENCRYPT_DECRYPT"
      Origin: "EXTERNAL"
  Alias:
    Type: AWS::KMS::Alias
    Properties:
      AliasName: "alias/byok"
      TargetKeyId: !Ref Key
`,
  },
  cdk: {
    fullDraft: String.raw`import { CfnDeletionPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export class KeyStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const key = new CfnKey(this, 'Key', {
      description: "Alice's \"orders\" ${'${'}key}",
      keySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
      multiRegion: true,
      enableKeyRotation: true,
      rotationPeriodInDays: 180,
      keyPolicy: {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Sid": "Enable IAM User Permissions",
            "Effect": "Allow",
            "Principal": {
              "AWS": "arn:aws:iam::111122223333:root"
            },
            "Action": "kms:*",
            "Resource": "*"
          },
          {
            "Sid": "Allow use of the key",
            "Effect": "Allow",
            "Principal": {
              "AWS": "arn:aws:iam::444455556666:root"
            },
            "Action": [
              "kms:Encrypt",
              "kms:Decrypt",
              "kms:ReEncrypt*",
              "kms:GenerateDataKey*",
              "kms:DescribeKey"
            ],
            "Resource": "*"
          },
          {
            "Sid": "Allow attachment of persistent resources",
            "Effect": "Allow",
            "Principal": {
              "AWS": "arn:aws:iam::444455556666:root"
            },
            "Action": [
              "kms:CreateGrant",
              "kms:ListGrants",
              "kms:RevokeGrant"
            ],
            "Resource": "*",
            "Condition": {
              "Bool": {
                "kms:GrantIsForAWSResource": "true"
              }
            }
          }
        ]
      },
      tags: [
        {
          key: "team",
          value: "a, b = c"
        }
      ],
    });
    key.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    new CfnAlias(this, 'Alias', { aliasName: "alias/orders/config", targetKeyId: key.ref });
  }
}
`,
    plainDraft: String.raw`import { CfnDeletionPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export class KeyStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const key = new CfnKey(this, 'Key', {
      keySpec: "ECC_NIST_P256",
      keyUsage: "SIGN_VERIFY",
    });
    key.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
  }
}
`,
    externalDraft: String.raw`import { CfnDeletionPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export class KeyStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const key = new CfnKey(this, 'Key', {
      keySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
      origin: "EXTERNAL",
    });
    key.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    new CfnAlias(this, 'Alias', { aliasName: "alias/byok", targetKeyId: key.ref });
  }
}
`,
  },
  terraform: {
    fullDraft: String.raw`# For a provider of the Region eu-west-1.

resource "aws_kms_key" "key" {
  description              = "Alice's \"orders\" $${'${'}key}"
  multi_region             = true
  tags                     = {
    "team" = "a, b = c"
  }
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  key_usage                = "ENCRYPT_DECRYPT"
  enable_key_rotation      = true
  rotation_period_in_days  = 180
  policy                   = jsonencode({
    "Version": "2012-10-17",
    "Statement": [
      {
        "Sid": "Enable IAM User Permissions",
        "Effect": "Allow",
        "Principal": {
          "AWS": "arn:aws:iam::111122223333:root"
        },
        "Action": "kms:*",
        "Resource": "*"
      },
      {
        "Sid": "Allow use of the key",
        "Effect": "Allow",
        "Principal": {
          "AWS": "arn:aws:iam::444455556666:root"
        },
        "Action": [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:DescribeKey"
        ],
        "Resource": "*"
      },
      {
        "Sid": "Allow attachment of persistent resources",
        "Effect": "Allow",
        "Principal": {
          "AWS": "arn:aws:iam::444455556666:root"
        },
        "Action": [
          "kms:CreateGrant",
          "kms:ListGrants",
          "kms:RevokeGrant"
        ],
        "Resource": "*",
        "Condition": {
          "Bool": {
            "kms:GrantIsForAWSResource": "true"
          }
        }
      }
    ]
  })
}

resource "aws_kms_alias" "key" {
  name          = "alias/orders/config"
  target_key_id = aws_kms_key.key.key_id
}
`,
    plainDraft: String.raw`# For a provider of the Region us-east-1.

resource "aws_kms_key" "key" {
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
}
`,
    externalDraft: String.raw`# For a provider of the Region us-east-1.

resource "aws_kms_external_key" "key" {}

resource "aws_kms_alias" "key" {
  name          = "alias/byok"
  target_key_id = aws_kms_external_key.key.id
}
`,
    storeDraft: String.raw`# For a provider of the Region us-east-1.

resource "aws_kms_key" "key" {
  customer_master_key_spec = "SYMMETRIC_DEFAULT"
  key_usage                = "ENCRYPT_DECRYPT"
  custom_key_store_id      = "cks-1234567890abcdef0"
  xks_key_id               = "bb8562717f809024"
}
`,
  },
};
