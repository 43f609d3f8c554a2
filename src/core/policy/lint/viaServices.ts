/**
 * First labels of the service names that kms:ViaService takes
 * (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#viaService_table).
 */
export const viaServices: ReadonlySet<string> = new Set(
  `airflow aoss app-integrations appfabric apprunner apptest athena auditmanager backup backup-gateway backup-storage bedrock
  cassandra chimevoiceconnector cleanrooms-ml cloudtrail codeartifact codeguru-reviewer comprehend connect datazone dax
  deepracer directoryservice discovery dms docdb-elastic dynamodb ec2 ecr eks elasticache elasticfilesystem
  elasticmapreduce entityresolution es events evidently finspace firehose forecast fsx geo glue groundstation healthlake
  importexport iot iotsitewise kafka kendra kinesis kinesisvideo lambda lex license-manager logs lookoutequipment
  lookoutmetrics lookoutvision m2 macie malware-protection managedblockchain mediatailor memorydb mgn monitron mq nimble
  omics outposts personalize pipes profile proton qapps qbusiness qldb quicksight ram rbin rds redshift
  redshift-serverless rekognition s3 s3express sagemaker scheduler secretsmanager securitylake ses simspaceweaver sns
  sqlworkbench sqs ssm ssm-contacts ssm-incidents states storagegateway textract thinclient timestream transcribe
  translate verified-access voiceid wisdom workmail workspaces workspaces-web xray`.split(/\s+/),
);
