import { KmsException } from '../kmsException.ts';

/**
 * Accounts, users, roles, assumed-role sessions and federated users
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns).
 */
const principalArn =
  /^arn:aws[a-z-]*:(?:iam::\d{12}:(?:root|(?:user|role)\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]+)|sts::\d{12}:(?:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+|federated-user\/[\w+=,.@-]+))$/;

const servicePrincipal = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;

/** Throws InvalidArnException for a text that is not the ARN of a principal. Whether there is such a principal is not looked at. */
export function checkPrincipalArn(arn: string): void {
  if (!principalArn.test(arn)) throw new KmsException('InvalidArnException', `ARN does not refer to a valid principal: ${arn}`);
}

/** Throws ValidationException for a text that is not the name of an AWS service, such as `dynamodb.amazonaws.com`. */
export function checkServicePrincipal(name: string): void {
  if (!servicePrincipal.test(name)) throw new KmsException('ValidationException', `${name} is not a service principal.`);
}

/** The account of a principal that `checkPrincipalArn` let through. */
export function accountOfPrincipal(arn: string): string {
  return arn.split(':')[4] ?? '';
}
