/**
 * The services behind AWS managed keys, by the last part of `alias/aws/...`
 * (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html, kms:ViaService).
 */
const names: Readonly<Record<string, string>> = {
  acm: 'AWS Certificate Manager',
  backup: 'AWS Backup',
  codeartifact: 'AWS CodeArtifact',
  codebuild: 'AWS CodeBuild',
  codecommit: 'AWS CodeCommit',
  codepipeline: 'AWS CodePipeline',
  connect: 'Amazon Connect',
  dms: 'AWS Database Migration Service',
  dynamodb: 'Amazon DynamoDB',
  ebs: 'Amazon EBS',
  elasticfilesystem: 'Amazon EFS',
  es: 'Amazon OpenSearch Service',
  fsx: 'Amazon FSx',
  glue: 'AWS Glue',
  kinesis: 'Amazon Kinesis Data Streams',
  kinesisvideo: 'Amazon Kinesis Video Streams',
  lambda: 'AWS Lambda',
  lex: 'Amazon Lex',
  lightsail: 'Amazon Lightsail',
  rds: 'Amazon RDS',
  redshift: 'Amazon Redshift',
  s3: 'Amazon S3',
  secretsmanager: 'AWS Secrets Manager',
  ses: 'Amazon SES',
  sns: 'Amazon SNS',
  sqs: 'Amazon SQS',
  ssm: 'AWS Systems Manager',
  workmail: 'Amazon WorkMail',
  workspaces: 'Amazon WorkSpaces',
  xray: 'AWS X-Ray',
};

/** The service that an `alias/aws/...` name belongs to, or undefined for another alias. */
export function serviceNameOf(aliasName: string | undefined): string | undefined {
  const service = aliasName?.match(/^alias\/aws\/(.+)$/)?.[1];
  return service === undefined ? undefined : (names[service] ?? service);
}

/** What can and cannot be done with an AWS managed key, in two sentences. */
export const managedKeyWords =
  'Only the service uses the key, on behalf of those whom it serves: Encrypt, Decrypt and the like are denied to everybody else. You can look at it (DescribeKey, GetKeyPolicy, ListGrants, GetKeyRotationStatus), and AWS rotates it every year; its policy, state, tags and deletion are not yours to change.';
