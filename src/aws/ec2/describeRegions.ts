import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { ClientConfig } from '../clientConfig.ts';
import { ec2Place } from '../http/serviceEndpoint.ts';
import { signedFetch } from '../http/signedFetch.ts';
import { childOf, listIn, parseXmlText, textOf, type XmlValue } from '../http/xmlValue.ts';
import { mapError } from '../mapError.ts';

const operation = 'DescribeRegions';

/**
 * The Regions that are enabled for the account, sorted
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html). Rejects with a KmsExplorerError.
 */
export async function describeRegions(config: ClientConfig, region: string, signal: AbortSignal): Promise<readonly string[]> {
  const endpoint = config.endpoints.ec2 ?? ec2Place(region).endpoint;
  const body = new URLSearchParams({ Action: operation, Version: '2016-11-15' }).toString();
  const post = { service: 'ec2', region, url: new URL(endpoint), contentType: 'application/x-www-form-urlencoded; charset=utf-8', body };
  try {
    const answer = await signedFetch(config, post, signal);
    const xml = parseXmlText(await answer.text());
    if (!answer.ok) throw refusal(xml);
    return listIn(childOf(childOf(xml, `${operation}Response`), 'regionInfo'), 'item')
      .flatMap((item) => textOf(item, 'regionName') ?? [])
      .sort();
  } catch (error) {
    throw mapError(error, { operation, region, endpoint, isEmulator: false });
  }
}

/** EC2 has error codes of its own (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html). */
const knownCodes: Readonly<Record<string, string>> = { AuthFailure: 'InvalidClientTokenId', RequestLimitExceeded: 'Throttling', RequestExpired: 'ExpiredToken' };

function refusal(xml: XmlValue): Error {
  const fault = childOf(childOf(childOf(xml, 'Response'), 'Errors'), 'Error');
  const name = textOf(fault, 'Code') ?? 'UnknownError';
  const message = textOf(fault, 'Message') ?? '';
  if (name === 'UnauthorizedOperation') {
    const words = `EC2 refused to tell which Regions are enabled; the permission ec2:${operation} is needed. EC2's words: ${message}`;
    return new KmsExplorerError('ACCESS_DENIED', words, { serviceCode: name });
  }
  return Object.assign(new Error(message), { name: knownCodes[name] ?? name });
}
