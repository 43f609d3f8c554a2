import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import { partitionOf } from '../../core/kms/arn.ts';
import type { ClientConfig } from '../clientConfig.ts';
import { signedFetch } from '../http/signedFetch.ts';
import { mapError } from '../mapError.ts';
import { childOf, parseXmlText, textOf, type XmlValue } from './xmlValue.ts';

/** IAM is one service for each partition, in one Region (https://docs.aws.amazon.com/general/latest/gr/iam-service.html). */
const places: Readonly<Record<string, { readonly region: string; readonly endpoint: string }>> = {
  'aws': { region: 'us-east-1', endpoint: 'https://iam.amazonaws.com' },
  'aws-cn': { region: 'cn-north-1', endpoint: 'https://iam.cn-north-1.amazonaws.com.cn' },
  'aws-us-gov': { region: 'us-gov-west-1', endpoint: 'https://iam.us-gov.amazonaws.com' },
};

/** Calls an action of IAM by its Query protocol and gives its result. Rejects with a KmsExplorerError. `region` names the partition. */
export async function iamRequest(
  config: ClientConfig,
  region: string,
  isEmulator: boolean,
  parameters: Readonly<Record<'Action', string> & Record<string, string>>,
  signal: AbortSignal,
): Promise<XmlValue> {
  const place = places[partitionOf(region)];
  if (place === undefined) {
    throw new KmsExplorerError('UNSUPPORTED_OPERATION', 'Where IAM answers in this partition is not known, so the users and roles were not read.');
  }
  const endpoint = config.endpoints.iam ?? place.endpoint;
  const body = new URLSearchParams({ ...parameters, Version: '2010-05-08' }).toString();
  const post = { service: 'iam', region: place.region, url: new URL(endpoint), contentType: 'application/x-www-form-urlencoded; charset=utf-8', body };
  try {
    const answer = await signedFetch(config, post, signal);
    const xml = parseXmlText(await answer.text());
    if (!answer.ok) throw refusal(xml, parameters.Action);
    return childOf(childOf(xml, `${parameters.Action}Response`), `${parameters.Action}Result`);
  } catch (error) {
    throw mapError(error, { operation: parameters.Action, region: place.region, endpoint, isEmulator });
  }
}

/** IAM's own refusal, with the name of its code for the error map. */
function refusal(xml: XmlValue, action: string): Error {
  const fault = childOf(childOf(xml, 'ErrorResponse'), 'Error');
  const name = textOf(fault, 'Code') ?? 'UnknownError';
  const message = textOf(fault, 'Message') ?? '';
  if (name === 'AccessDenied') {
    const words = `IAM refused to tell the policies of users and roles; the permission iam:${action} is needed. IAM's words: ${message}`;
    return new KmsExplorerError('ACCESS_DENIED', words, { serviceCode: name });
  }
  return Object.assign(new Error(message), { name });
}
