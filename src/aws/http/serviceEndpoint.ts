import { partitionOf, type Partition } from '../../core/kms/arn.ts';

/** Where a service answers, and the Region that its requests are signed for. */
export interface ServicePlace {
  readonly region: string;
  readonly endpoint: string;
}

/** The domain of each partition, as the endpoint data of the SDK has it; a test compares the two. */
const domains: Readonly<Record<Partition, string>> = {
  'aws': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
  'aws-us-gov': 'amazonaws.com',
};

/** The Region in which the IAM of a partition is (https://docs.aws.amazon.com/general/latest/gr/iam-service.html). */
const iamRegions: Readonly<Record<Partition, string>> = {
  'aws': 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** The endpoints of IAM that do not carry the name of its Region. */
const iamEndpoints: Readonly<Partial<Record<Partition, string>>> = { 'aws': 'https://iam.amazonaws.com', 'aws-us-gov': 'https://iam.us-gov.amazonaws.com' };

/** IAM is one service for each partition. `region` names the partition. */
export function iamPlace(region: string): ServicePlace {
  const partition = partitionOf(region);
  const own = iamRegions[partition];
  return { region: own, endpoint: iamEndpoints[partition] ?? `https://iam.${own}.${domains[partition]}` };
}

/** EC2 is in every Region (https://docs.aws.amazon.com/general/latest/gr/ec2-service.html). */
export function ec2Place(region: string): ServicePlace {
  return { region, endpoint: `https://ec2.${region}.${domains[partitionOf(region)]}` };
}

/** IAM Access Analyzer is in every Region (https://docs.aws.amazon.com/general/latest/gr/access-analyzer.html). */
export function accessAnalyzerPlace(region: string): ServicePlace {
  return { region, endpoint: `https://access-analyzer.${region}.${domains[partitionOf(region)]}` };
}
